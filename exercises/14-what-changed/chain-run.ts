import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OwnRun } from '../../workshop/check/own-run.ts';
import type { ChangeKind } from '../../workshop/supply-chain/chain-change.ts';
import { makeChange } from '../../workshop/supply-chain/chain-change.ts';
import { isAllRight } from '../../workshop/supply-chain/judge-found.ts';
import { driveChanges, type Look, lookForChanges, looksOf } from '../../workshop/supply-chain/look-for-changes.ts';
import { type ChainStart, openChain } from '../../workshop/supply-chain/open-chain.ts';
import { type PlannedChange, shuffled } from '../../workshop/supply-chain/plan-changes.ts';
import { type Random, seededRandom } from '../../workshop/supply-chain/seeded-random.ts';
import type { ChainService } from '../../workshop/supply-chain/topology.ts';
import type { ChainSeen } from './chain-seen.ts';
import { whatIsMissing } from './what-is-missing.ts';

/** Runs the dozen, and changes something behind the learner's back. */
export const chainRun: OwnRun = {
  id: 'the-dozen',
  async run(bay, { dir, dirName, bench, signal, onProgress }) {
    onProgress?.('starting the twelve services');
    const workDir = await mkdtemp(join(tmpdir(), 'untangle-chain-'));
    await using held = new AsyncDisposableStack();
    held.defer(() => rm(workDir, { recursive: true, force: true }));
    const open = () => openChain(bay, { dir, dirName, workDir, toWarmUp: TO_WARM_UP, signal });
    const start = await open();
    if (!start.ok) return { ok: false, finding: start.finding, log: start.log.lines() };
    const chain = held.use(start.chain);
    onProgress?.('changing something, and looking for it');
    const quietDrive = await chain.drive({ requests: REQUESTS, seed: 1 });
    const plan = hiddenChanges(chain.services, seededRandom(Date.now()));
    // What these visits lack is known only when a batch has come, after up to five seconds: by then half of it is done.
    let isReady = true;
    const [[quiet = NO_VISITS], drives] = await Promise.all([
      chain.collect([quietDrive]).then(([window = NO_VISITS]) => {
        isReady = whatIsMissing({ services: chain.services, quiet: window, looks: [] }, bench).length === 0;
        return [window];
      }),
      allOf(driveChanges(chain, plan, { requests: REQUESTS, seed: 2_000 }), () => isReady),
    ]);
    const windows = await chain.end(drives);
    // Where something is missing, that is told; nothing could be found as long as it is.
    const looks = isReady ? await lookTwice(await allOf(looksOf(plan, windows)), open) : [];
    return {
      ok: true,
      seen: { services: chain.services, quiet, looks } satisfies ChainSeen,
      telemetry: { spans: quiet.spans, logs: [], metrics: [] },
      log: chain.log.lines(),
    };
  },
};

/** On a laptop that does something else as well a single look may fail: what it missed is looked at once more, for longer. */
async function lookTwice(looks: readonly Look[], open: () => Promise<ChainStart>): Promise<readonly Look[]> {
  const missed = looks.filter(({ right }) => !isAllRight(right)).map(({ planned }) => planned);
  if (missed.length === 0) return looks;
  const start = await open();
  if (!start.ok) return looks;
  await using chain = start.chain;
  const again = await allOf(lookForChanges(chain, missed, { requests: 3 * REQUESTS, seed: 3 }));
  return [...looks.filter(({ right }) => isAllRight(right)), ...again];
}

/** All that comes, as long as it is wanted. */
async function allOf<T>(values: AsyncIterable<T>, isWanted = () => true): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const value of values) {
    all.push(value);
    if (!isWanted()) break;
  }
  return all;
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
