import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { type ExportedPlace, sayCarrier, searchExports } from '../../workshop/check/search-exports.ts';
import { ATTEMPTS, type TriedSpan, type Tries } from './trial.ts';

/** Finds addresses and words of mails in anything that was exported. */
export function findMailContents(run: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  if (run.traces.length === 0) return [nothingToLookAt];
  const leaks = searchExports(run, (text) => CONTENTS.test(text));
  const [first] = leaks;
  return first ? [leakFinding(first, leaks.length, locate)] : [];
}

/** The same for the spans of the trial, whose mails have words of their own. */
export function leakOfTrial(tries: Tries): Parameters<typeof findingOf>[0] | undefined {
  for (const attempt of ATTEMPTS) {
    for (const span of tries[attempt].spans) {
      const leak = placesOf(span).find(([, value]) => /planted/.test(textOf(value)));
      if (leak) return { code: 'forbidden-attribute', message: leakMessage(`\`${span.name}\``, leak[0]), hint: HINT };
    }
  }
  return undefined;
}

function leakFinding(place: ExportedPlace, times: number, locate: CheckAids['locate']): CheckFinding {
  const { carrier, where, service, traceId, node } = place;
  return findingOf({
    code: 'forbidden-attribute',
    message: leakMessage(sayCarrier(place), where),
    hint: HINT,
    expected: 'nothing of a mail',
    actual: `some of it in ${where}`,
    service,
    span: carrier,
    traceId,
    location: locate({ node, shape: undefined }),
    times,
  });
}

function leakMessage(carrier: string, where: string): string {
  return `${carrier} gives away who gets a mail, or what is in it: in ${where}.`;
}

function placesOf(span: TriedSpan): readonly (readonly [where: string, value: unknown])[] {
  return [
    ['its name', span.name],
    ...Object.entries(span.attributes).map(([key, value]) => [`\`${key}\``, value] as const),
    ["its status' message", span.status.message ?? ''],
    ['an event', span.events],
  ];
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '';
}

/** An address of anybody, and what the mails of the shop and the worker say. */
const CONTENTS =
  /[\w.+-]+@[\w-]+(\.[\w-]+)+|Your order P-|Thank you! We are packing|On its way: |Your yarn has left the house/;

const HINT =
  'Everyone who may see traces can read it. A span says that a mail went out, by which transport, and how it went. Mind errors too: their messages quote the address, so take `err.code`, and no `recordException`.';
