import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OwnRun, OwnRunPlace } from '../../workshop/check/own-run.ts';
import type { RunFailure } from '../../workshop/check/run-stage.ts';
import type { ChangeKind } from '../../workshop/supply-chain/chain-change.ts';
import { makeChange } from '../../workshop/supply-chain/chain-change.ts';
import { isAllRight } from '../../workshop/supply-chain/judge-found.ts';
import { driveChanges, type Look, lookForChanges, looksOf } from '../../workshop/supply-chain/look-for-changes.ts';
import {
  type Chain,
  type ChainStart,
  type Drive,
  openChain,
  type Window,
} from '../../workshop/supply-chain/open-chain.ts';
import { type PlannedChange, shuffled } from '../../workshop/supply-chain/plan-changes.ts';
import { type Random, seededRandom } from '../../workshop/supply-chain/seeded-random.ts';
import type { ChainService } from '../../workshop/supply-chain/topology.ts';
import type { ChainSeen } from './chain-seen.ts';
import { whatIsMissing } from './what-is-missing.ts';

/** Runs the dozen, and changes something behind the learner's back. */
export const chainRun: OwnRun = {
  id: 'the-dozen',
  async run(bay, place) {
    const { bench, onProgress } = place;
    const workDir = await mkdtemp(join(tmpdir(), 'untangle-chain-'));
    await using held = new AsyncDisposableStack();
    held.defer(() => rm(workDir, { recursive: true, force: true }));
    onProgress?.('starting the twelve services');
    const open = () => openChain(bay, { ...place, workDir, toWarmUp: TO_WARM_UP });
    const start = await open();
    if (!start.ok) return { ok: false, finding: start.finding, log: start.log.lines() };
    const chain = held.use(start.chain);
    const plan = hiddenChanges(chain.services, seededRandom(Date.now()));
    const driven = await orWhyNot(chain, () => driveThem(chain, plan, place));
    if ('ok' in driven) return driven;
    const [quiet = NO_VISITS, ...windows] = driven;
    const seen = { services: chain.services, quiet };
    // Where something is missing, that is told; nothing could be found as long as it is.
    const isReady = whatIsMissing({ ...seen, looks: [] }, bench).length === 0;
    const looks = isReady ? await Array.fromAsync(looksOf(plan, windows)) : [];
    const found = looks.filter(({ right }) => isAllRight(right));
    const missed = looks.filter(({ right }) => !isAllRight(right)).map(({ planned }) => planned);
    if (missed.length > 0) onProgress?.('looking once more, for longer');
    const again = missed.length === 0 ? [] : await lookLonger(open, missed);
    if ('ok' in again) return again;
    return {
      ok: true,
      seen: { ...seen, looks: [...found, ...again] } satisfies ChainSeen,
      telemetry: { spans: quiet.spans, logs: [], metrics: [] },
      log: chain.log.lines(),
    };
  },
};

/** Quiet visits first, then each change; what the first ones lack shows when a batch comes, and ends it. */
async function driveThem(
  chain: Chain,
  plan: readonly PlannedChange[],
  { bench, onProgress }: OwnRunPlace,
): Promise<readonly Window[]> {
  const quietDrive = await chain.drive({ requests: REQUESTS, seed: 1 });
  onProgress?.('changing something, and looking for it');
  let isSpoilt = false;
  const [, drives] = await Promise.all([lookAtQuiet(), driveUntilSpoilt()]);
  return chain.end([quietDrive, ...drives]);

  async function lookAtQuiet(): Promise<void> {
    const [quiet = NO_VISITS] = await chain.collect([quietDrive]);
    isSpoilt = whatIsMissing({ services: chain.services, quiet, looks: [] }, bench).length > 0;
  }

  async function driveUntilSpoilt(): Promise<readonly Drive[]> {
    const done: Drive[] = [];
    for await (const drive of driveChanges(chain, plan, { requests: REQUESTS, firstSeed: 2_000 })) {
      done.push(drive);
      if (isSpoilt) break;
    }
    return done;
  }
}

/** On a laptop that does something else as well a single look may fail: what it missed is looked at once more. */
async function lookLonger(
  open: () => Promise<ChainStart>,
  missed: readonly PlannedChange[],
): Promise<readonly Look[] | RunFailure> {
  const start = await open();
  if (!start.ok) return { ok: false, finding: start.finding, log: start.log.lines() };
  await using chain = start.chain;
  return await orWhyNot(chain, async () => {
    // Services that have just been started are slow at first.
    await chain.drive({ requests: REQUESTS, seed: 1 });
    return await Array.fromAsync(lookForChanges(chain, missed, { requests: 3 * REQUESTS, seed: 3 }));
  });
}

/** What came of it, or the service that ended meanwhile. */
async function orWhyNot<Result>(chain: Chain, work: () => Promise<Result>): Promise<Result | RunFailure> {
  try {
    return await work();
  } catch (error) {
    return { ok: false, finding: await chain.explain(error), log: chain.log.lines() };
  }
}

/** Two kinds of those that the learner's work is needed for, at services of their own, and nothing at all. */
function hiddenChanges(services: readonly ChainService[], random: Random): readonly PlannedChange[] {
  const places = shuffled(services, random);
  const kinds = shuffled(KINDS, random).slice(0, HIDDEN);
  const changes = kinds.map((kind, i) => makeChange(kind, places[i] as ChainService, random, LOUD));
  return shuffled([...changes, undefined], random);
}

const NO_VISITS = { visits: [], spans: [] };
const KINDS: readonly ChangeKind[] = ['deploy', 'flag', 'mix'];
/** Each of them costs two windows, and a deploy two starts of a service. */
const HIDDEN = 2;
const REQUESTS = 32;
/** So few visits, and whatever else a laptop does, ask for changes that are not the smallest. */
const LOUD = 3;
const TO_WARM_UP = 20;
