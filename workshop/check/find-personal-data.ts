import { anySpan } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from './check.ts';
import { findingOf } from './define-check.ts';
import { type ExportedPlace, sayCarrier, searchExports } from './search-exports.ts';

/** Finds customers' addresses in whatever was exported, however deep. */
export function findPersonalData(run: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  const leaks = searchExports(run, (text) => /[^\s@]+@example\.com/.test(text));
  const [first] = leaks;
  return first ? [leakFinding(first, leaks.length, locate)] : [];
}

function leakFinding(place: ExportedPlace, times: number, locate: CheckAids['locate']): CheckFinding {
  const { where, service, traceId, node, carrier } = place;
  const isByLibrary = node?.span.scope.name.startsWith('@opentelemetry/') === true;
  return findingOf({
    code: 'forbidden-attribute',
    message: `${sayCarrier(place)} carries a customer's e-mail address in ${where}${times > 1 ? ` (${times} times)` : ''}.`,
    hint: isByLibrary
      ? 'The library records the values of queries only when it is told to. Leave `enhancedDatabaseReporting` out: the text of a query with its `$1` says enough.'
      : 'Everyone who may see traces can read it. Leave it out, or take a number that means something only here.',
    expected: 'no personal data',
    actual: `an e-mail address in ${where}`,
    service,
    span: carrier,
    traceId,
    location: locate({ node, shape: isByLibrary ? BY_LIBRARY : undefined }),
    times,
  });
}

const BY_LIBRARY = anySpan(/./, { anchor: 'tracing.ts#Instrumentation(' });
