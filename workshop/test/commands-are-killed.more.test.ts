import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { authorSave } from '../bench/author-save.ts';
import { type BenchPlace, benchPlace } from '../bench/bench-place.ts';
import { gotoStage, resetStage } from '../bench/goto-stage.ts';
import { nextStage } from '../bench/next-stage.ts';
import { openBench } from '../bench/open-bench.ts';
import { readBench } from '../bench/read-bench.ts';
import { listSaves } from '../bench/save-bench.ts';
import { readBlobs } from '../bench/save-store.ts';
import { solveStage } from '../bench/solve-stage.ts';
import { stepBench } from '../bench/step-bench.ts';
import { undoBench } from '../bench/undo-bench.ts';
import { explainDiskError } from '../stages/disk-error.ts';
import { smallProject } from '../stages/fixtures/small-project.ts';
import { recordBases } from '../stages/record-bases.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import { type Tree, treeId } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import { cutPower, failWritesFrom } from './power-cut.ts';

type Deed = {
  readonly command: string;
  /** The stage at whose start the bench stands, with a line of the learner's in it. */
  readonly from: string;
  readonly prepare?: (place: BenchPlace) => Promise<unknown>;
  readonly run: (place: BenchPlace) => Promise<unknown>;
  /** All of them write the bench by one function: it is enough when one is killed at each operation. */
  readonly every?: number;
};

const DEEDS: readonly Deed[] = [
  { command: 'goto', from: '1', run: (place) => gotoStage(place, '2') },
  { command: 'next', from: '1', every: 3, run: nextStage },
  { command: 'step', from: '2', every: 3, run: (place) => stepBench(place) },
  { command: 'solve', from: '1', every: 3, run: (place) => solveStage(place) },
  { command: 'reset', from: '1', every: 3, run: (place) => resetStage(place) },
  { command: 'undo', from: '1', every: 3, prepare: (place) => solveStage(place), run: undoBench },
];

test.each(DEEDS)('the learner’s work is whole wherever `$command` is killed', async (deed) => {
  await using example = await worldOf(deed);
  const before = await benchIn(example.place);
  await deed.run(example.place);
  const after = await benchIn(example.place);
  expect(after).not.toBe(before);

  const ends = new Set<string>();
  for (let at = 0; ; at += deed.every ?? 1) {
    await using world = await worldOf(deed);
    const cut = await runUntilCut(deed, world.place, at);
    if (!cut) break;
    const { bench } = await openBench(world.place);
    // One state or the other, to the byte, and the learner's line is there or can be had back.
    expect([before, after], `killed at ${at}`).toContain(treeId(bench.tree));
    expect(await placesOfMine(world.place), `killed at ${at}`).toContain('mine();');
    ends.add(treeId(bench.tree));
  }
  // Some came before the write, and some were finished by the next command.
  expect(ends).toEqual(new Set([before, after]));
});

test.each([
  { code: 'ENOSPC', what: 'the disk is full' },
  { code: 'EROFS', what: 'the disk can only be read' },
] as const)('says that $what, and leaves the learner’s work whole', async ({ code }) => {
  const deed: Deed = { command: 'solve', from: '1', run: (place) => solveStage(place) };
  await using example = await worldOf(deed);
  const before = await benchIn(example.place);
  await deed.run(example.place);
  const after = await benchIn(example.place);
  const told: string[] = [];
  for (let from = 0; ; from += 2) {
    await using world = await worldOf(deed);
    const error = await runWithout(code, from, () => deed.run(world.place));
    if (!error) break;
    expect(error, `${error.stack}`).toBeInstanceOf(UsageError);
    told.push(error.message);
    // Once there is room again, the next command finishes it, or finds it as it was.
    const { bench } = await openBench(world.place);
    expect([before, after], `from ${from}`).toContain(treeId(bench.tree));
    expect(await placesOfMine(world.place), `from ${from}`).toContain('mine();');
  }
  expect(told.length).toBeGreaterThan(5);
  expect(
    told.filter(
      (text) => !/was not touched|could be written in part only|^The disk (is full|can only be read): E/.test(text),
    ),
  ).toEqual([]);
});

test('the learner’s work is whole wherever the command is killed that finishes what a killed one began', async () => {
  const deed: Deed = { command: 'anything', from: '1', prepare: killInTheMiddle, run: openBench };
  await using example = await worldOf(deed);
  const wanted = treeId((await openBench(example.place)).bench.tree);
  let killed = 0;
  for (let at = 0; ; at++) {
    await using world = await worldOf(deed);
    expect(await benchIn(world.place)).not.toBe(wanted);
    if (!(await runUntilCut(deed, world.place, at))) break;
    killed++;
    expect(treeId((await openBench(world.place)).bench.tree), `killed at ${at}`).toBe(wanted);
    expect(await placesOfMine(world.place), `killed at ${at}`).toContain('mine();');
  }
  expect(killed).toBeGreaterThan(5);
});

test('what an author saves is whole after the next try, wherever the first was killed', async () => {
  const deed: Deed = {
    command: 'author save',
    from: '1',
    prepare: ({ root }) => recordBases(root),
    run: (place) => authorSave(place),
  };
  await using example = await worldOf(deed);
  await deed.run(example.place);
  const wanted = treeId(await solutionTree(example.place.root, 1));
  let killed = 0;
  for (let at = 0; ; at++) {
    await using world = await worldOf(deed);
    const bench = await benchIn(world.place);
    if (!(await runUntilCut(deed, world.place, at))) break;
    killed++;
    expect(await benchIn(world.place), `killed at ${at}`).toBe(bench);
    await deed.run(world.place);
    expect(treeId(await solutionTree(world.place.root, 1)), `killed at ${at}`).toBe(wanted);
  }
  expect(killed).toBeGreaterThan(3);
});

async function worldOf({ from, prepare }: Deed) {
  const project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, from);
  await appendFile(join(place.dir, 'shop/main.ts'), 'mine();\n');
  await prepare?.(place);
  return { place, [Symbol.asyncDispose]: () => project[Symbol.asyncDispose]() };
}

/** Kills `goto` when it has written one file of the bench, and not yet the others. */
async function killInTheMiddle(place: BenchPlace): Promise<void> {
  let files = 0;
  using power = cutPower(
    ({ name, args }) => name === 'rename' && String(args[1]).startsWith(place.dir) && files++ === 1,
  );
  expect(await Promise.race([gotoStage(place, '2'), power.happens])).toBe('cut');
}

async function runUntilCut({ run }: Deed, place: BenchPlace, at: number): Promise<boolean> {
  using power = cutPower(({ number }) => number === at);
  return 'cut' === (await Promise.race([run(place), power.happens]));
}

async function runWithout(
  code: 'ENOSPC' | 'EROFS',
  from: number,
  run: () => Promise<unknown>,
): Promise<Error | undefined> {
  using _fault = failWritesFrom(from, code);
  return await run().then(
    () => undefined,
    // As the command line tells of it.
    (error: Error) => explainDiskError(error) ?? error,
  );
}

async function benchIn({ dir }: BenchPlace): Promise<string> {
  return treeId((await readBench(dir))?.tree ?? new Map());
}

/** The shop's file as it is on the bench and in every save. */
async function placesOfMine(place: BenchPlace): Promise<string> {
  const saves = await Promise.all((await listSaves(place)).map(({ files }) => readBlobs(place.stateDir, files)));
  const trees: readonly Tree[] = [(await readBench(place.dir))?.tree ?? new Map(), ...saves];
  return trees.map((tree) => tree.get('shop/main.ts')?.toString('utf8') ?? '').join('\n');
}
