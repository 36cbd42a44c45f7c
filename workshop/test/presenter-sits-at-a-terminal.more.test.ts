import { expect, test } from 'vitest';
import { learnerProject } from './learner-project.ts';
import { hasTerminals } from './workshop-process.ts';

test.skipIf(!hasTerminals)(
  'in a terminal keys make traces until the user quits, and other commands find them',
  async () => {
    await using project = await learnerProject();
    await project.solve('2');
    const app = project.start(['app'], { terminal: true });
    await app.sees('b browse · c buy · d declined card · t ten carts · o last night · q quit');
    await app.sees(/shop http:\/\/127\.0\.0\.1:\d+/);
    app.type('c');
    await app.sees(/POST \/orders +server +shop .+█/);
    app.type('q');
    expect((await app.ended).code).toBe(0);
    const traces = await project.run(['traces']);
    expect(traces.out).toMatch(/npm run app, .+: 1 traces of 4 spans/);
    const [, id = ''] = /trace ([0-9a-f]{8})/.exec(traces.out) ?? [];
    expect((await project.run(['trace', id])).out).toMatch(/reserve stock +client +shop/);
    expect((await project.run(['logs', '--grep', 'placed'])).out).toMatch(/INFO shop order P-\d+ placed/);
  },
);

test.skipIf(!hasTerminals)('in a terminal the one verdict of `--once` is printed where it stays', async () => {
  await using project = await learnerProject();
  const workshop = project.start(['start', '--once'], { terminal: true });
  await workshop.sees(/incident is complete|INCIDENT\.md names/);
  const { code } = await workshop.ended;
  expect(code).toBe(1);
  expect(workshop.raw()).not.toContain('\u001b[?1049h');
});

test('without a terminal it runs until it is told to end, and takes keys from what is piped in', async () => {
  await using project = await learnerProject();
  await project.solve('2');
  const app = project.start(['app'], { input: 'open' });
  app.type('d\n');
  await app.sees(/402 in .+, card declined/);
  app.kill('SIGTERM');
  expect((await app.ended).code).toBe(0);
});
