import { expect, Snapshots } from 'vitest';
import { judge } from '../explain/explain.ts';
import type { Verdict } from '../explain/finding.ts';
import { renderVerdict } from '../render/render-verdict.ts';
import { traces } from '../shape/build.ts';
import type { Expected, TelemetryShape, TraceShape, TracesShape } from '../shape/shape.ts';
import { type CanonicalOptions, canonicalTraces } from '../snapshot/canonical-trace.ts';
import { describeChange } from '../snapshot/describe-change.ts';
import { type Received, toReceived, toTraces } from './to-traces.ts';

export type { Received };

declare module 'vitest' {
  // The parameters must be Vitest's own, to the letter, for the interfaces to merge.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * Some trace is as the shape says; other traces do not matter. Fails when no spans came at all, with `not` too.
     * @example expect(receiver).toMatchTrace(trace(server('GET /hello')))
     */
    toMatchTrace(expected: TraceShape): R;
    /**
     * The traces are as the shapes say, all of them where `traces(…, { only: true })` says so.
     * @example expect(receiver).toMatchTraces(traces([exactly(10, checkout)], { only: true }))
     */
    toMatchTraces(expected: TracesShape | readonly TraceShape[]): R;
    /**
     * Traces, logs and metrics are as the shape says, as far as it speaks of them.
     * @example expect(receiver).toMatchTelemetry(telemetry({ traces: checkout, metrics: [metric('orders.placed')] }))
     */
    toMatchTelemetry(expected: TelemetryShape): R;
    /**
     * The traces are as they were when the snapshot was written: without ids, times and ports, in any order of siblings.
     * Vitest's `--update` writes it anew. Fails when no spans came at all.
     * @example expect(receiver).toMatchTraceSnapshot({ mask: ['order.id'] })
     */
    toMatchTraceSnapshot(options?: CanonicalOptions & { readonly hint?: string }): R;
  }
}

expect.extend({
  toMatchTrace(received: unknown, expected: TraceShape) {
    return toResult(judgeReceived('toMatchTrace', received, expected), this.isNot);
  },
  toMatchTraces(received: unknown, expected: TracesShape | readonly TraceShape[]) {
    const shape = 'type' in expected ? expected : traces(expected);
    return toResult(judgeReceived('toMatchTraces', received, shape), this.isNot);
  },
  toMatchTelemetry(received: unknown, expected: TelemetryShape) {
    return toResult(judgeReceived('toMatchTelemetry', received, expected), this.isNot, 'The telemetry is');
  },
  toMatchTraceSnapshot(received: unknown, options: CanonicalOptions & { readonly hint?: string } = {}) {
    const came = toTraces(received, 'toMatchTraceSnapshot');
    // An empty snapshot would be written once and then hold for ever.
    if (came.length === 0) return toResult(judge(traces([]), came), this.isNot);
    return withSummary(Snapshots.toMatchSnapshot.call(this, canonicalTraces(came, options), options.hint));
  },
});

/** Vitest shows where the texts differ, line by line; a change that every span shows is easier to see once. */
function withSummary(result: SnapshotResult): SnapshotResult {
  const { expected, actual } = result;
  if (result.pass || typeof expected !== 'string' || typeof actual !== 'string') return result;
  const change = describeChange(asText(expected), asText(actual));
  return { ...result, message: () => `${result.message()}${change === '' ? '' : `\n\n${change}`}` };
}

/** Vitest writes a text within quotes. */
function asText(snapshot: string): string {
  return snapshot.trim().replace(/^"|"$/g, '');
}

type SnapshotResult = ReturnType<typeof Snapshots.toMatchSnapshot>;

function judgeReceived(matcher: string, received: unknown, expected: Expected | TelemetryShape): Verdict {
  return judge(expected, toReceived(received, matcher));
}

/** No spans are a failure either way: what is not there proves nothing. */
function toResult(verdict: Verdict, isNot: boolean, subject = 'The traces are') {
  const nothingCame = verdict.findings.some(({ code }) => code === 'no-spans');
  const pass = nothingCame ? isNot : verdict.status === 'pass';
  return {
    pass,
    message: () =>
      `${subject} ${pass && !nothingCame ? 'as the shape says, but should not be.' : 'not as expected.'}\n\n${renderVerdict(verdict)}\n`,
  };
}
