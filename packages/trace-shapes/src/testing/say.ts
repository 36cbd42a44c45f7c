import { judge } from '../explain/explain.ts';
import type { Received } from '../match/received.ts';
import type { Expected, TelemetryShape } from '../shape/shape.ts';

/** What a reader sees of the findings: message, hint, and expected against actual. */
export function say(expected: Expected | TelemetryShape, received: Received): string {
  return judge(expected, received)
    .findings.map(
      ({ code, message, hint, expected: want, actual }) => `${code}: ${message}\n${hint}\n${want} | ${actual}`,
    )
    .join('\n\n');
}
