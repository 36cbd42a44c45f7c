import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A night that was recorded: its spans are in a Parquet file beside the list. */
export type RecordedIncident = {
  readonly name: string;
  readonly title: string;
  /** The service that is the cause. */
  readonly service: string;
  /** The moment at which whoever is on call looks: customers are still coming. */
  readonly at: string;
  /** What the shop's log warned of, without times, and how often. */
  readonly warnings: readonly { readonly service: string; readonly text: string; readonly times: number }[];
};

/** Where the nights are, in the folder of their stage. */
export function incidentsDir(root: string): string {
  return join(root, 'exercises', '13-keep-a-promise', 'nights');
}

/** The file of a night's spans. */
export function spansOf(dir: string, { name }: Pick<RecordedIncident, 'name'>): string {
  return join(dir, `${name}.parquet`);
}

/** The list of the recorded nights. */
export async function readIncidents(dir: string): Promise<readonly RecordedIncident[]> {
  return JSON.parse(await readFile(join(dir, LIST_FILE), 'utf8'));
}

export const LIST_FILE = 'nights.json';
/** How much faster time goes in them: an hour is eight seconds, so that an evening and its night are a minute. */
export const SPEED = 450;
/** When whoever is on call looks, after a night began: half an hour by that clock. */
export const LOOK_AFTER_MS = 4_000;
