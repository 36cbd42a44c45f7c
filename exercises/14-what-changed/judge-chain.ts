import { buildTraces, server, type Trace } from 'trace-shapes';
import type { CheckAids, CheckFinding } from '../../workshop/check/check.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import type { ChainSeen } from './chain-seen.ts';
import { findLacks } from './find-lacks.ts';

/** The dozen answer as before: tracing must not change what they do. */
export function judgeAnswers({ services, quiet }: ChainSeen): readonly CheckFinding[] {
  const broken = quiet.visits.find(
    ({ status, told }) => status !== 200 || services.some(({ name }) => !told.includes(name)),
  );
  if (!broken) return [];
  const missing = services.filter(({ name }) => !broken.told.includes(name)).map(({ name }) => `\`${name}\``);
  const what =
    broken.status === 200
      ? `The sheep of a skein came without what ${missing.join(', ')} knows of it`
      : `\`GET ${services[0]?.serves}\` was answered with ${broken.status} instead of 200`;
  return [
    findingOf({
      code: 'behaviour-changed',
      message: `${what}.`,
      hint: 'Tracing must not change what the services do. `npm run logs -- --grep ERROR` shows what they say, `npm run diff` what you changed.',
      expected: 'the answers of all twelve',
      actual: what,
    }),
  ];
}

/** Each visit is one trace over all twelve services. */
export function judgeTraces(seen: ChainSeen, aids: CheckAids): readonly CheckFinding[] {
  const mixed = findMixed(seen, aids);
  if (mixed.length > 0) return mixed;
  return findLacks(seen).flatMap((lack) => {
    if (lack.of !== 'chain') return [];
    const { from, missing } = lack;
    const alone = seen.quiet.spans.some(({ service }) => service === missing);
    const fact = alone
      ? `the spans of \`${missing}\` and of all that it asks are in traces of their own`
      : `\`${missing}\` has no spans`;
    return findingOf({
      code: 'not-findable',
      message: `What changes behind \`${from}\` cannot be found: ${fact}.`,
      hint: alone
        ? `\`${from}\` asks \`${missing}\` later, and in nobody's context: an interval does it. Keep \`context.active()\` with each question and ask it by \`context.with(saved, …)\`, as in stage 03.`
        : `Does its line in the Procfile still load hook.ts, identity.ts and tracing.ts?`,
      expected: 'one trace from the storefront to the portraits',
      actual: fact,
      service: missing,
      location: alone ? locateAt(ROUNDS, aids) : undefined,
    });
  });
}

/** Several visits in one trace: the round in the context of one of its questions. */
function findMixed({ quiet }: ChainSeen, aids: CheckAids): readonly CheckFinding[] {
  const mixed = buildTraces(quiet.spans).find((trace) => skeinsOf(trace).size > 1);
  if (!mixed) return [];
  const [own] = skeinsOf(mixed);
  const strange = mixed.nodes.find(({ span }) => skeinOf(span) !== undefined && skeinOf(span) !== own);
  return [
    findingOf({
      code: 'mixed-requests',
      message: `\`${strange?.span.name}\` of one visit is in the trace of another: ${skeinsOf(mixed).size} skeins in one trace.`,
      hint: 'A round asks the questions of several visits. Each must be asked in the context of its own: keep it with the question.',
      expected: 'each visit in a trace of its own',
      actual: `${skeinsOf(mixed).size} visits in one trace`,
      service: strange?.span.service,
      span: strange?.span.name,
      traceId: mixed.traceId,
      location: locateAt(ROUNDS, aids),
    }),
  ];
}

function skeinsOf({ nodes }: Trace): ReadonlySet<string> {
  return new Set(nodes.flatMap(({ span }) => skeinOf(span) ?? []));
}

function skeinOf({ kind, attributes }: Trace['nodes'][number]['span']): string | undefined {
  if (kind !== 'server') return undefined;
  return /-\d+-\d+(?=\/|$)/.exec(String(attributes['url.path']))?.[0];
}

/** The line of the bench where the text stands. */
export function locateAt(anchor: string, { locate }: CheckAids): string | undefined {
  return locate({ node: undefined, shape: server(/^$/, { anchor }) });
}

const ROUNDS = 'supply-chain/rounds.ts#ask(...question)';
