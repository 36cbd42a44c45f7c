import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bay } from '../check/run-stage.ts';
import { diffTrees } from '../stages/diff-trees.ts';
import { listStages, type Stage } from '../stages/list-stages.ts';
import { readLegacyApp, solutionTree, startTree } from '../stages/stage-trees.ts';
import { writeTree } from '../stages/write-tree.ts';
import { countOrders } from './count-orders.ts';
import type { Ledger, LedgerLine } from './ledger.ts';
import { measureSampling } from './measure-sampling.ts';
import { type MeasuredState, measureState } from './measure-state.ts';

/** What to measure, and how thoroughly. */
export type LedgerPlan = {
  readonly root: string;
  readonly stateDir: string;
  readonly rounds: number;
  readonly visits: number;
  readonly orders: number;
  /** The orders that sampling is measured by: with few of them, luck decides how many are kept. */
  readonly sampledOrders: number;
  readonly onProgress: (what: string) => void;
  readonly signal: AbortSignal;
};

/**
 * Measures the solution of every stage that has one, and the untraced app beside them in each round, so that all of it
 * is compared on one machine within one run.
 */
export async function measureLedger(bay: Bay, plan: LedgerPlan): Promise<Ledger> {
  const { root, rounds, visits, orders, onProgress, signal } = plan;
  const diffs = await Promise.all((await listStages(root)).map((stage) => diffOf(root, stage)));
  const solved = diffs.filter(({ added, removed }) => added + removed > 0);
  await mkdir(plan.stateDir, { recursive: true });
  // Inside the project, so that the copies find its packages.
  const dir = await mkdtemp(join(plan.stateDir, 'ledger-'));
  await using held = new AsyncDisposableStack();
  held.defer(() => rm(dir, { recursive: true, force: true }));
  await writeTree(join(dir, UNTRACED), (await readLegacyApp(root)).tree);
  for (const { stage } of solved) await writeTree(join(dir, stage.name), await solutionTree(root, stage.number));

  const states = [{ name: UNTRACED, signals: [] }, ...solved.map(({ stage }) => stage)];
  const measured = new Map<string, MeasuredState[]>(states.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const { name, signals } of states) {
      onProgress(`round ${round} of ${rounds}: ${name}`);
      const counted = round === 1 && name !== UNTRACED ? orders : 0;
      const state = { dir: join(dir, name), signals, visits, orders: counted, signal };
      measured.get(name)?.push(await measureState(bay, state));
    }
  }
  const untraced = bestOf(measured.get(UNTRACED) ?? []);
  const lines = solved.map((diff) => lineOf(diff, measured.get(diff.stage.name) ?? [], untraced, orders));
  const sampling = await sampleIn(bay, dir, solved, plan);
  return { rounds, orders, untraced, stages: lines, sampling };
}

/** The first stage whose solution samples. */
async function sampleIn(
  bay: Bay,
  dir: string,
  solved: readonly StageDiff[],
  { sampledOrders: orders, onProgress, signal }: LedgerPlan,
): Promise<Ledger['sampling']> {
  const stage = solved.find(({ samples }) => samples)?.stage;
  if (!stage) return undefined;
  const copy = { dir: join(dir, stage.name), signals: stage.signals, orders, signal };
  const lines = await measureSampling(bay, copy, (ratio) => onProgress(`${stage.name}, ${orders} orders at ${ratio}`));
  return { stage: stage.name, lines };
}

/** Of all rounds the best: whatever else the machine did meanwhile can only have made it slower. */
function bestOf(runs: readonly MeasuredState[]): Ledger['untraced'] {
  return {
    startMs: Math.min(...runs.map(({ startMs }) => startMs)),
    visitsPerSecond: Math.max(...runs.map(({ visitsPerSecond }) => visitsPerSecond)),
  };
}

type StageDiff = {
  readonly stage: Stage;
  readonly added: number;
  readonly removed: number;
  /** Whether the solution asks the environment for a ratio. */
  readonly samples: boolean;
};

async function diffOf(root: string, stage: Stage): Promise<StageDiff> {
  const [start, solution] = await Promise.all([startTree(root, stage.number), solutionTree(root, stage.number)]);
  const files = diffTrees(start, solution);
  const sum = (key: 'added' | 'removed') => files.reduce((total, file) => total + file[key], 0);
  const samples = [...solution.values()].some((content) => content.includes('OTEL_TRACES_SAMPLER'));
  return { stage, added: sum('added'), removed: sum('removed'), samples };
}

function lineOf(
  { stage, added, removed }: StageDiff,
  runs: readonly MeasuredState[],
  untraced: Ledger['untraced'],
  orders: number,
): LedgerLine {
  const counted = runs.find(({ spans }) => spans.length > 0);
  const { startMs, visitsPerSecond } = bestOf(runs);
  return {
    stage: stage.name,
    added,
    removed,
    ...countOrders(counted?.spans ?? []),
    bytesPerOrder: (counted?.bytes ?? 0) / orders,
    startMs,
    startRatio: startMs / untraced.startMs,
    visitsPerSecond,
    throughputRatio: visitsPerSecond / untraced.visitsPerSecond,
  };
}

const UNTRACED = 'untraced';
