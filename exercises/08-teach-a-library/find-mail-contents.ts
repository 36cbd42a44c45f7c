import type { AttributeValue, Span, SpanNode } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { ATTEMPTS, type TriedSpan, type Tries } from './trial.ts';

/** Finds addresses and words of mails in anything that was exported: names, attributes, events, links and messages. */
export function findMailContents({ traces }: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  const nodes = traces.flatMap((trace) => trace.nodes);
  if (nodes.length === 0) return [nothingToLookAt];
  const leaks = nodes.flatMap((node) => {
    const leak = placesOf(node.span).find(([, value]) => CONTENTS.test(textOf(value)));
    return leak ? [{ node, where: leak[0] }] : [];
  });
  const [first] = leaks;
  return first ? [leakFinding(first, leaks.length, locate)] : [];
}

/** The same for the spans of the trial, whose mails have words of their own. */
export function leakOfTrial(tries: Tries): Parameters<typeof findingOf>[0] | undefined {
  for (const attempt of ATTEMPTS) {
    for (const span of tries[attempt].spans) {
      const leak = placesOf(span).find(([, value]) => /planted/.test(textOf(value)));
      if (leak) return { code: 'forbidden-attribute', message: leakMessage(span.name, leak[0]), hint: HINT };
    }
  }
  return undefined;
}

type Leak = { readonly node: SpanNode; readonly where: string };

function leakFinding({ node, where }: Leak, times: number, locate: CheckAids['locate']): CheckFinding {
  const { name, service, traceId } = node.span;
  return findingOf({
    code: 'forbidden-attribute',
    message: leakMessage(name, where),
    hint: HINT,
    expected: 'nothing of a mail',
    actual: `some of it in ${where}`,
    service,
    span: name,
    traceId,
    location: locate({ node, shape: undefined }),
    times,
  });
}

function leakMessage(name: string, where: string): string {
  return `\`${name}\` gives away who gets a mail, or what is in it: in ${where}.`;
}

function placesOf(span: Span | TriedSpan): readonly (readonly [where: string, value: unknown])[] {
  return [
    ['its name', span.name],
    ...Object.entries(span.attributes).map(([key, value]) => [`\`${key}\``, value] as const),
    ["its status' message", span.status.message ?? ''],
    ['an event', span.events],
  ];
}

function textOf(value: AttributeValue | unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '';
}

/** An address of anybody, and what the mails of the shop and the worker say. */
const CONTENTS =
  /[\w.+-]+@[\w-]+(\.[\w-]+)+|Your order P-|Thank you! We are packing|On its way: |Your yarn has left the house/;

const HINT =
  'Everyone who may see traces can read it. A span says that a mail went out, by which transport, and how it went. Mind errors too: their messages quote the address, so take `err.code`, and no `recordException`.';
