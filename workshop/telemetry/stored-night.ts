import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { draftDir } from '../bench/save-store.ts';
import { writeAtomically } from '../bench/write-atomically.ts';
import type { CauseName } from '../scenario/causes/cause.ts';
import { CAUSES } from '../scenario/causes/index.ts';
import { maskSecrets } from './mask-secrets.ts';

/** One trace of a replayed night; times are milliseconds since the epoch. */
export type NightTrace = {
  readonly traceId: string;
  readonly name: string;
  readonly service: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly spanIds: readonly string[];
  /** Whether it is a checkout that had to wait. */
  readonly waited: boolean;
  /** Whether it is what the checkouts waited for. */
  readonly held: boolean;
};

/** What is kept of the last replayed night, to judge an answer by. */
export type StoredNight = {
  readonly cause: CauseName;
  /** The copy of the app that it was replayed on. */
  readonly dir: string;
  readonly at: string;
  readonly traces: readonly NightTrace[];
};

/** Where the last night is kept: its telemetry like any run's, and beside it what an answer is judged by. */
export function nightDir(stateDir: string): string {
  return join(stateDir, 'night');
}

/** Keeps what an answer is judged by. */
export async function storeNight(stateDir: string, night: StoredNight): Promise<void> {
  await writeAtomically(join(nightDir(stateDir), NIGHT_FILE), JSON.stringify(maskSecrets(night)), draftDir(stateDir));
}

/** The last night that was replayed on this copy of the app; `undefined` when there was none. */
export async function readNight(stateDir: string, dir: string): Promise<StoredNight | undefined> {
  const night = (await readJson(join(nightDir(stateDir), NIGHT_FILE))) as StoredNight | undefined;
  return night?.dir === dir ? night : undefined;
}

/** The number that the bench's nights are drawn by: the same number, the same night. Made up the first time. */
export async function takeSeed(stateDir: string, wanted?: number): Promise<number> {
  const file = join(nightDir(stateDir), SEED_FILE);
  const kept = wanted ?? (await readJson(file));
  const seed = typeof kept === 'number' && Number.isInteger(kept) && kept > 0 ? kept : randomInt(1, 1_000);
  await writeAtomically(file, JSON.stringify(seed), draftDir(stateDir));
  return seed;
}

/** What is behind the night of a number. */
export function causeOf(seed: number): CauseName {
  return CAUSES[(seed - 1) % CAUSES.length]?.name ?? 'nightly-report';
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const NIGHT_FILE = 'night.json';
const SEED_FILE = 'seed.json';
