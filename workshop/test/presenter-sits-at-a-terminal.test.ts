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

test('without a terminal it runs until it is told to end, and takes keys from what is piped in', async () => {
  await using project = await learnerProject();
  await project.solve('2');
  const app = project.start(['app'], { input: 'open' });
  app.type('d\n');
  await app.sees(/402 in .+, card declined/);
  app.kill('SIGTERM');
  expect((await app.ended).code).toBe(0);
});
