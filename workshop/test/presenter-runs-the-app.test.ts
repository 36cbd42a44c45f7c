import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPaint } from 'trace-shapes/render';
import { afterAll, expect, test } from 'vitest';
import type { LiveEvent } from '../live/live-event.ts';
import { type LivePlan, runLive } from '../live/run-live.ts';
import { solutionTree, startTree } from '../stages/stage-trees.ts';
import { readStoredRun } from '../telemetry/store.ts';
import { createEventQueue } from '../watch/event-queue.ts';
import { watchFiles } from '../watch/watch-files.ts';
import { openApps } from './open-apps.ts';

const root = join(import.meta.dirname, '../..');
const apps = await openApps(root);
afterAll(() => apps[Symbol.asyncDispose]());

test.concurrent('keys make requests whose curl line works when it is pasted, and whose traces are drawn, kept and handed on', async () => {
  await using live = await startLive(await apps.write(await solutionTree(root, 2)));
  live.press('c');
  const curl = await live.waitFor(/^\$ (curl .+)$/m);
  const tree = await live.waitFor(
    /POST \/orders +server +shop[\s\S]+price basket[\s\S]+charge card[\s\S]+reserve stock/,
  );
  expect(tree).toBeDefined();
  const pasted = await promisify(execFile)('sh', ['-c', curl]);
  expect(JSON.parse(pasted.stdout)).toMatchObject({ state: 'placed', id: expect.stringMatching(/^P-/) });
  live.press('d');
  await live.waitFor(/402 in .+, card declined/);
  live.press('b');
  await live.waitFor(/200 in .+, 24 yarns\n {2}No span came of that yet\./);
  live.press('m');
  await live.waitFor(/There are no sheep to meet yet: they come with stage 14\./);
  live.press('q');
  expect(await live.end).toBe(true);
  const stored = await readStoredRun(live.stateDir);
  expect(stored?.telemetry.spans.filter(({ name }) => name === 'POST /orders')).toHaveLength(3);
  expect(stored?.log.map(({ line }) => line).join()).toContain('confirmation sent');
  expect(live.forwarded.filter((name) => name === 'POST /orders')).toHaveLength(3);
});

test.concurrent('a save starts the app again, a broken one is explained, and a crash is told with its last words', async () => {
  const dir = await apps.write(await startTree(root, 1));
  await using live = await startLive(dir);
  const file = join(dir, 'shop/main.ts');
  const sound = await readFile(file, 'utf8');
  const url = await live.waitFor(/shop (http\S+)/);
  await writeFile(file, `${sound}\nconst = 1\n`);
  await live.waitFor(/saved: starting again\n.*app-did-not-start: `shop` did not start[\s\S]+Save a file/);
  await writeFile(file, sound.replace('listYarns)', THROWS));
  await live.waitFor(/saved: starting again\n {2}shop http/);
  live.press('b');
  await live.waitFor(/app-crashed: `shop` ended with code 1[\s\S]+out of wool/);
  live.press('c');
  await live.waitFor(/The shop does not run\./);
  await writeFile(file, sound);
  await live.waitFor(/The shop does not run\.[\s\S]+saved: starting again\n {2}shop http/);
  live.press('c');
  await live.waitFor(/201 in .+, order P-/);
  expect(new Set(live.screen().match(/shop http\S+/g))).toEqual(new Set([`shop ${url}`]));
  live.endKeys();
  expect(await live.end).toBe(true);
  expect(live.screen()).toContain('No span came at all. `npm run check` says why.');
});

/** In a timer nobody catches it. */
const THROWS = "() => setTimeout(() => { throw new Error('out of wool') }))";

async function startLive(dir: string) {
  const events = createEventQueue<LiveEvent>();
  const stateDir = join(dir, '../state');
  const leaving = new AbortController();
  const forwarded: string[] = [];
  let printed = '';
  let listener = () => {};
  const plan: LivePlan = {
    dir,
    dirName: 'workbench',
    signals: ['traces'],
    stateDir,
    events,
    print(text) {
      printed += `${text}\n`;
      listener();
    },
    style: { width: 100, paint: createPaint(false) },
    forward: ({ spans }) => void forwarded.push(...spans.map(({ name }) => name)),
    renderNight: async () => '',
    signal: leaving.signal,
  };
  const watcher = await watchFiles(dir, () => events.push({ type: 'saved' }));
  const end = runLive(apps.bay, plan);
  return {
    stateDir,
    end,
    screen: () => printed,
    forwarded,
    press: (key: string) => events.push({ type: 'key', key }),
    endKeys: () => events.push({ type: 'no-more-keys' }),
    waitFor: (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`Waited 20 s for ${pattern}. Printed:\n${printed}`)), 20_000);
        listener = () => {
          const found = pattern.exec(printed);
          if (!found) return;
          clearTimeout(timer);
          resolve(found[1] ?? found[0]);
        };
        listener();
      }),
    async [Symbol.asyncDispose]() {
      leaving.abort(new Error('The test is over.'));
      await end.catch(() => {});
      await watcher[Symbol.asyncDispose]();
    },
  };
}
