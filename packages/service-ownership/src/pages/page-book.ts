import { readFile, rename, writeFile } from 'node:fs/promises';
import { MalformedInput, reasonOf } from '../read/malformed-input.ts';
import type { Alert } from './alert.ts';

/** What was sent and what is still to be sent, kept from one run to the next. */
export interface PageBook {
  /** What fires, each with when it was last delivered. */
  readonly open: readonly OpenPage[];
  /** What could not be delivered, with why; it is tried again at the next run. */
  readonly undelivered: readonly Undelivered[];
}

export interface OpenPage {
  readonly alert: Alert;
  readonly deliveredMs: number;
}

export interface Undelivered {
  readonly alert: Alert;
  readonly reason: string;
  readonly sinceMs: number;
}

export const EMPTY_BOOK: PageBook = { open: [], undelivered: [] };

/** Reads the book; an empty one if there is no such file. Throws `MalformedInput`. */
export async function readPageBook(path: string, shown = path): Promise<PageBook> {
  try {
    return parse(await readFile(path, 'utf8'), shown);
  } catch (error) {
    if (error instanceof MalformedInput) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return EMPTY_BOOK;
    throw new MalformedInput(shown, '', `failed to read it: ${reasonOf(error)}`);
  }
}

/** Writes the book, whole or not at all. */
export async function writePageBook(path: string, book: PageBook): Promise<void> {
  await writeFile(`${path}.draft`, `${JSON.stringify(book, undefined, 2)}\n`);
  await rename(`${path}.draft`, path);
}

function parse(text: string, file: string): PageBook {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MalformedInput(file, '', `it is not JSON: ${reasonOf(error)}.`);
  }
  if (isBook(value)) return value;
  throw new MalformedInput(file, '', 'it is not a book of pages. Name another file, or delete it to begin anew.');
}

function isBook(value: unknown): value is PageBook {
  const lists = typeof value === 'object' && value !== null && 'open' in value && 'undelivered' in value;
  return lists && [value.open, value.undelivered].every((list) => Array.isArray(list) && list.every(hasAlert));
}

function hasAlert(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || !('alert' in item)) return false;
  const { alert } = item;
  return typeof alert === 'object' && alert !== null && 'fingerprint' in alert && typeof alert.fingerprint === 'string';
}
