import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { readKeeperRecord } from '../keeper/keeper-record.ts';
import { learnerProject } from './learner-project.ts';
import { processesOf, waitUntilGone } from './processes-of.ts';
import { hasTerminals } from './workshop-process.ts';

const project = await learnerProject({ keepsDatabase: false });
await project.solve('1');
afterAll(() => project[Symbol.asyncDispose]());

const isLinux = process.platform === 'linux';
const PASSES = '3 of 3 checks pass';

function postgresPid(): number {
  const pid = readKeeperRecord(project.place.stateDir)?.shared.find(({ name }) => name === 'postgres')?.pid;
  if (pid === undefined) throw new Error('Postgres does not run.');
  return pid;
}

test.skipIf(!isLinux).each(['starting Postgres', 'starting shop', 'driving the scenario'])(
  'Ctrl-C while it says "%s" leaves nothing behind',
  async (moment) => {
    await using check = project.start(['check']);
    await check.sees(moment);
    check.kill('SIGINT');
    const { code, out } = await check.ended;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    await waitUntilGone(project.root);
  },
);

test.skipIf(!hasTerminals).each(['starting shop', 'all checks pass: n goes on'])(
  'Ctrl-C in the watch while it says "%s" gives the terminal back and leaves nothing behind',
  async (moment) => {
    await using watch = project.start(['start'], { terminal: true });
    await watch.sees(moment);
    watch.type('\u0003');
    expect((await watch.ended).code).toBe(0);
    expect(watch.raw()).toMatch(ENDS_ON_FIRST_SCREEN);
    await waitUntilGone(project.root);
  },
);

test.skipIf(!isLinux)('starts anew after all of its processes were killed', async () => {
  await using watch = project.start(['start'], { input: 'open' });
  await watch.sees('driving the scenario');
  for (const { pid } of processesOf(project.root)) kill(pid);
  await watch.ended;
  const { code, out } = await project.run(['check']);
  expect([code, out]).toEqual([0, expect.stringContaining(PASSES)]);
  await waitUntilGone(project.root);
});

test.skipIf(!isLinux)('checks again when Postgres is killed in the middle of a check', async () => {
  await using check = project.start(['check']);
  await check.sees('driving the scenario');
  kill(postgresPid());
  const { code, out, err } = await check.ended;
  expect([code, out]).toEqual([0, expect.stringContaining(PASSES)]);
  expect(err).toContain('… Postgres ended in the middle of the run: running once more');
});

test.skipIf(!isLinux)('checks again when the laptop slept in the middle of a check', async () => {
  await using check = project.start(['check']);
  await check.sees('driving the scenario');
  const asleep = processesOf(project.root);
  expect(asleep.length).toBeGreaterThan(3);
  for (const { pid } of asleep) kill(pid, 'SIGSTOP');
  // The only way to sleep is to sleep: longer than a machine under load keeps anybody waiting.
  await delay(10_500);
  for (const { pid } of asleep) kill(pid, 'SIGCONT');
  const { code, out, err } = await check.ended;
  expect([code, out]).toEqual([0, expect.stringContaining(PASSES)]);
  expect(err).toContain('… This laptop slept, or its clock was set, in the middle of the run: running once more');
  await waitUntilGone(project.root);
});

test.skipIf(!isLinux)('goes on when Postgres, and then the keeper, is killed between two saves', async () => {
  await using watch = project.start(['start'], { input: 'open' });
  await watch.sees(PASSES);
  for (const pidOf of [postgresPid, () => readKeeperRecord(project.place.stateDir)?.pid ?? 0]) {
    const mark = watch.mark();
    kill(pidOf());
    await project.edit('README.md', (text) => `${text}\none more line`);
    await watch.sees(PASSES, mark);
  }
  watch.kill('SIGTERM');
  expect((await watch.ended).code).toBe(0);
  await waitUntilGone(join(project.root));
});

/** By its number, and only what belongs to this copy of the project. */
function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It went meanwhile, as a child does whose parent was killed.
  }
}

const ENDS_ON_FIRST_SCREEN = new RegExp(
  `${String.fromCharCode(27)}\\[\\?25h${String.fromCharCode(27)}\\[\\?1049l\\s*$`,
);
