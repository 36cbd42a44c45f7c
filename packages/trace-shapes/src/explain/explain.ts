import type { RepeatedFact } from '../match/fact.ts';
import { shapeOf } from '../match/fold-facts.ts';
import { type MatchResult, match } from '../match/match.ts';
import type { Received } from '../match/received.ts';
import { nameOf } from '../shape/describe-shape.ts';
import type { Expected, SpanShape, TelemetryShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { Finding, Verdict } from './finding.ts';
import { drawPicture } from './picture.ts';
import { wordsFor } from './words.ts';

/** What the caller knows beside the traces. */
export interface ExplainOptions {
  /** Finds `file:line` of what to change for a span, or for a shape that has none. */
  readonly locate?: (place: {
    readonly node: SpanNode | undefined;
    readonly shape: SpanShape | undefined;
  }) => string | undefined;
  /** The paths of spans that were there before, so that the picture can mark what is new. */
  readonly known?: ReadonlySet<string>;
}

/**
 * Compares what came with what is expected, and explains the difference.
 * @param received traces, or telemetry; what shapes say of logs and metrics needs telemetry
 * @example const verdict = judge(trace(server('GET /')), receiver.telemetry);
 */
export function judge(expected: Expected | TelemetryShape, received: Received, options: ExplainOptions = {}): Verdict {
  return explain(match(expected, received), options);
}

/** Puts a comparison into words and a picture. */
export function explain(result: MatchResult, options: ExplainOptions = {}): Verdict {
  return {
    status: result.facts.length === 0 ? 'pass' : 'fail',
    findings: result.facts.map((fact) => toFinding(fact, options)),
    picture: drawPicture(result, options.known),
  };
}

function toFinding(repeated: RepeatedFact, { locate }: ExplainOptions): Finding {
  const { fact, times, nodes } = repeated;
  const [node] = nodes;
  const shape = fact.code === 'orphan-span' ? (fact.unfinished ?? fact.shape) : shapeOf(fact);
  const parent = 'parent' in fact ? fact.parent : undefined;
  return {
    code: fact.code,
    ...wordsFor(repeated),
    service: node?.span.service ?? parent?.span.service,
    span: fact.code === 'orphan-span' && shape ? nameOf(shape) : (node?.span.name ?? (shape && nameOf(shape))),
    traceId: node?.span.traceId ?? parent?.span.traceId,
    location: locate?.({ node, shape }),
    times,
  };
}
