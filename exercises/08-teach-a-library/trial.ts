import { fileURLToPath } from 'node:url';
import type { StageRun } from '../../workshop/check/check.ts';

/** The program that tries the instrumentation out by itself. */
export const program = fileURLToPath(new URL('try-instrumentation.ts', import.meta.url));

/** One mail that was sent, or not, and the spans that it made. */
export type Attempt = {
  /** `sent`, `nothing` when no answer came, or the code of the error. */
  readonly outcome: string;
  /** How many spans were started, ended or not. */
  readonly started: number;
  readonly callerId: string;
  readonly spans: readonly TriedSpan[];
};

/** A span as the trial saw it end; kind and status are the API's own numbers. */
export type TriedSpan = {
  readonly name: string;
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly unknown[];
  readonly parentId?: string;
};

/** What the program prints. */
export type Tries = Readonly<Record<AttemptName, Attempt>> & {
  readonly port: number;
  readonly hookGotTheMail?: boolean;
};

export type AttemptName = (typeof ATTEMPTS)[number];

/** Every mail that the program sends, in its order. */
export const ATTEMPTS = [
  'promise',
  'named',
  'callback',
  'refused',
  'refusedByCallback',
  'smtp',
  'hook',
  'brokenHook',
  'disabled',
  'disabledNew',
  'enabled',
  'required',
] as const;

/** What the trial found out; its last words, when it did not come to its end. */
export function triesOf({ trials }: StageRun): Tries | { readonly lastLines: readonly string[] } {
  const result = trials.get(program);
  if (!result?.ok) return { lastLines: result?.lastLines ?? [] };
  // Our own program printed it, in our own words.
  return result.found as Tries;
}

/** Whether the class by itself makes a span for a mail: then what the app lacks is not its doing. */
export function doesPatch(run: StageRun): boolean {
  const tries = triesOf(run);
  return 'promise' in tries && tries.promise.spans.length > 0;
}
