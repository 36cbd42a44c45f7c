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
  /** What the class calls itself: the scope of its spans. */
  readonly name: string;
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

/** The scope of the spans that the class makes. */
export function scopeOf(run: StageRun): string | RegExp {
  const tries = triesOf(run);
  return 'name' in tries ? tries.name : /nodemailer/i;
}

/** What is likely wrong when a mail makes no span at all. */
export function whyNothing(run: StageRun): string {
  const tries = triesOf(run);
  return 'named' in tries && tries.named.spans.length > 0 ? BY_NAME_ONLY : PATCHES_NOTHING;
}

/** Whether the class by itself makes a span for a mail: then what the app lacks is not its doing. */
export function doesPatch(run: StageRun): boolean {
  const tries = triesOf(run);
  return 'promise' in tries && tries.promise.spans.length > 0;
}

const PATCHES_NOTHING =
  "Nothing is patched. In `init` of NodemailerInstrumentation, `this._wrap(mailerOf(nodemailer), 'sendMail', (sendMail) => …)` puts your function in the place of the library's.";
const BY_NAME_ONLY =
  'As an ES module nodemailer has two ways to `createTransport`: by name, which is patched, and by `default`, which the shop takes. The class of the transports is behind both: patch `sendMail` there.';
