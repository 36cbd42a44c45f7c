import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { benchPlace } from '../../bench/bench-place.ts';
import { solveStage } from '../../bench/solve-stage.ts';
import { measureChainStart } from '../../speed/chain-start.ts';
import { measureInstall } from '../../speed/install-size.ts';
import { measureSaveToVerdict } from '../../speed/save-to-verdict.ts';
import { findStage } from '../../stages/find-stage.ts';
import { listStages } from '../../stages/list-stages.ts';
import { UsageError } from '../../stages/usage-error.ts';
import { writeSolvedChain } from '../../supply-chain/chain-folder.ts';
import { createBay } from '../open-bay.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = { readonly rounds: string; readonly json?: true; readonly chain?: true; readonly install?: true };

/** `npm run bench`: the project's own speed, as ratios against a floor measured in the same run. */
export const bench: WorkshopCommand = (declare, run) => {
  declare('bench', "measure the project's own speed: from save to verdict, against a floor of the same processes")
    .argument('[stage]', 'whose solution to measure', '3')
    .option('--rounds <n>', 'how often', '7')
    .option('--chain', 'instead: starting the dozen of the supply chain, against a dozen bare processes with the SDK')
    .option('--json', 'print the figures as JSON')
    .option('--install', 'measure what an install fetches instead; it needs the network')
    .action(run(measure));
};

async function measure(surroundings: Surroundings, wanted: string, options: Options): Promise<number> {
  if (options.install) return measureDownload(surroundings);
  const rounds = Number(options.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new UsageError(`--rounds is "${options.rounds}"; it must be a whole number from 1.`);
  if (options.chain) return measureChain(surroundings, rounds, options.json);
  return measureSpeed(surroundings, wanted, { rounds, json: options.json });
}

async function measureDownload({ root, nodePath, env, signal, print, note }: Surroundings): Promise<number> {
  const npmPath = env.npm_execpath;
  if (!npmPath) throw new UsageError('Only npm can tell where npm is: `npm run bench -- --install`.');
  for (const isForLearners of [false, true]) {
    const command = `npm ci${isForLearners ? ' --omit=dev' : ''}`;
    note(`… ${command} with an empty cache`);
    const tarballs = await measureInstall({ root, nodePath, npmPath, isForLearners, signal });
    const inMb = (bytes: number) => (bytes / 1e6).toFixed(1).padStart(6);
    print(`${inMb(tarballs.reduce((sum, { bytes }) => sum + bytes, 0))} MB  ${command}, ${tarballs.length} packages`);
    for (const { name, bytes } of tarballs.slice(0, 8)) print(`  ${inMb(bytes)} MB  ${name}`);
  }
  return 0;
}

async function measureSpeed(
  surroundings: Surroundings,
  wanted: string,
  { rounds, json }: { readonly rounds: number; readonly json: true | undefined },
): Promise<number> {
  const { root, signal, print, note } = surroundings;
  const stage = findStage(await listStages(root), wanted);
  await using held = new AsyncDisposableStack();
  const bay = await held.use(createBay(surroundings)).open();
  // A bench of its own, inside the project so that it finds the packages; the learner's is not touched.
  await mkdir(join(root, '.workshop'), { recursive: true });
  const dir = await mkdtemp(join(root, '.workshop', 'speed-'));
  held.defer(() => rm(dir, { recursive: true, force: true }));
  const place = { ...benchPlace(root, join(dir, 'bench')), stateDir: join(dir, 'state') };
  await solveStage(place, stage.slug);
  const procfile = await readFile(join(place.dir, 'Procfile'), 'utf8');
  const onRound = (round: number) => note(round === 0 ? '… warming up' : `… round ${round} of ${rounds}`);
  const { watchMs, floorMs } = await measureSaveToVerdict({ place, stage, bay, rounds, procfile, onRound, signal });
  const figures = {
    stage: stage.name,
    rounds,
    saveToVerdictMs: median(watchMs),
    floorMs: median(floorMs),
    ratio: median(watchMs.map((ms, i) => ms / (floorMs[i] as number))),
  };
  print(json ? JSON.stringify(figures, null, 2) : render(figures));
  if (!json) await printGrowth(surroundings);
  return 0;
}

async function measureChain(surroundings: Surroundings, rounds: number, json: true | undefined): Promise<number> {
  const { root, signal, print, note } = surroundings;
  await using bay = createBay(surroundings);
  await using folder = await writeSolvedChain(root);
  const onRound = (round: number) => note(round === 0 ? '… warming up' : `… round ${round} of ${rounds}`);
  const plan = { dir: folder.dir, rounds, onRound, signal };
  const { chainMs, bareMs } = await measureChainStart(await bay.open(), plan);
  const figures = {
    rounds,
    chainMs: median(chainMs),
    bareMs: median(bareMs),
    ratio: median(chainMs.map((ms, i) => ms / (bareMs[i] as number))),
  };
  print(json ? JSON.stringify(figures, null, 2) : renderChain(figures));
  return 0;
}

function renderChain({
  rounds,
  chainMs,
  bareMs,
  ratio,
}: Record<'rounds' | 'chainMs' | 'bareMs' | 'ratio', number>): string {
  return [
    `starting the supply chain, medians of ${rounds} rounds:`,
    `  twelve services         ${Math.round(chainMs)} ms`,
    `  twelve bare processes   ${Math.round(bareMs)} ms   with the same SDK, hook and tracing.ts`,
    `  ratio                   ${ratio.toFixed(2)}`,
  ].join('\n');
}

/** The package measures itself: judging and receiving 1,000, 10,000 and 100,000 spans. */
async function printGrowth({ root, nodePath, print, note }: Surroundings): Promise<void> {
  note('… measuring how judging and receiving grow with the spans (half a minute)');
  print('\nthe time for 1,000, 10,000 and 100,000 spans, and for each of them:');
  const growth = spawn(nodePath, [join(root, 'packages/trace-shapes/bench/growth.ts')], { stdio: 'inherit' });
  const [code] = await once(growth, 'exit');
  if (code !== 0)
    throw new Error(`Measuring the growth ended with code ${code}: \`node packages/trace-shapes/bench/growth.ts\`.`);
}

function render({
  stage,
  rounds,
  saveToVerdictMs,
  floorMs,
  ratio,
}: {
  readonly stage: string;
  readonly rounds: number;
  readonly saveToVerdictMs: number;
  readonly floorMs: number;
  readonly ratio: number;
}): string {
  return [
    `${stage}, medians of ${rounds} rounds:`,
    `  from save to verdict   ${Math.round(saveToVerdictMs)} ms`,
    `  floor                  ${Math.round(floorMs)} ms   the same processes, SDK and requests, with a receiver that only counts`,
    `  ratio                  ${ratio.toFixed(2)}`,
  ].join('\n');
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
