import { anySpan, buildTraces } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { decoded, type ExportedPlace, sayCarrier, searchExports } from '../../workshop/check/search-exports.ts';
import { type SecondRun, secondRunOf } from '../../workshop/check/second-start.ts';
import { judgeSampling } from './judge-sampling.ts';
import { plantedIn } from './planted.ts';
import { visit, visitOf, wasRecorded } from './visit.ts';

/** Finds what customers gave away in anything that left a process: spans, logs, metrics, lines, headers, jobs. */
export function judgeLeaks(run: StageRun, aids: CheckAids): readonly CheckFinding[] {
  const { locate } = aids;
  const second = secondRunOf(run, visit);
  if (run.traces.length === 0 || !second) return [nothingToLookAt];
  // Whoever left out the careless customer's traces has nothing to show here.
  if (!wasRecorded(second)) return judgeSampling(run, aids);
  const exported = { telemetry: second.telemetry, traces: buildTraces(second.telemetry.spans) };
  const places = searchExports(exported, (text) => plantedIn(text) !== undefined);
  const ofSpans = places.filter(({ signal }) => signal === 'span');
  const ofOthers = places.filter(({ signal }) => signal !== 'span');
  return [
    ...ofSpans.slice(0, 1).map((first) => exportFinding(first, ofSpans, locate)),
    ...ofOthers.slice(0, 1).map((first) => exportFinding(first, ofOthers, locate)),
    ...(ofOthers.length > 0 ? [] : leaksOfLines(second, locate)),
    ...leaksOfBaggage(second, locate),
  ];
}

function exportFinding(
  first: ExportedPlace,
  places: readonly ExportedPlace[],
  locate: CheckAids['locate'],
): CheckFinding {
  const { service, traceId, where, carrier, signal } = first;
  const others = [...new Map(places.map((place) => [place.where, place])).values()].filter(
    (place) => place.where !== where,
  );
  const more = others.length > MOST ? ` and ${others.length - MOST} more` : '';
  const so = others.length > 0 ? `; so do ${others.slice(0, MOST).map(sayPlace).join(', ')}${more}` : '';
  return findingOf({
    code: 'forbidden-attribute',
    message: `${sayCarrier(first)} gives a customer away in ${where}${so}.`,
    hint: signal === 'span' ? OF_SPANS : OF_LOGS,
    expected: 'nothing of what was planted',
    actual: `some of it in ${places.length} places`,
    service,
    span: carrier,
    traceId,
    location: locate({ node: undefined, shape: anySpan(carrier, { anchor: signal === 'span' ? IN_TRACING : IN_LOG }) }),
    times: places.length,
  });
}

function sayPlace(place: ExportedPlace): string {
  return `${place.where} of ${place.signal === 'log' ? 'a log' : `\`${place.carrier}\``}`;
}

/** What a process prints is kept somewhere, too. */
function leaksOfLines({ log }: SecondRun, locate: CheckAids['locate']): readonly CheckFinding[] {
  const lines = log.filter(({ line }) => plantedIn(line) !== undefined);
  return lines.slice(0, 1).map(({ process, line }) =>
    findingOf({
      code: 'forbidden-attribute',
      message: `\`${process}\` prints ${plantedIn(line)}: "${line.slice(0, 120)}".`,
      hint: OF_LOGS,
      expected: 'nothing of what was planted',
      actual: line,
      service: process,
      span: 'a line of the log',
      location: locate({ node: undefined, shape: anySpan(/./, { anchor: IN_LOG }) }),
      times: lines.length,
    }),
  );
}

/** The baggage of strangers goes on with every call, and into every job. */
function leaksOfBaggage(second: SecondRun, locate: CheckAids['locate']): readonly CheckFinding[] {
  const requests = second.wire.flatMap(({ method, path, headers }) => {
    const text = decoded(JSON.stringify(headers));
    return plantedIn(text) === undefined ? [] : [`the headers of \`${method} ${path}\` to payments`];
  });
  const jobs = visitOf(second).payloads.flatMap((payload) =>
    plantedIn(decoded(payload)) === undefined ? [] : ['the payload of a job'],
  );
  const places = [...new Set([...requests, ...jobs])];
  if (places.length === 0) return [];
  return [
    findingOf({
      code: 'forbidden-attribute',
      message: `What a stranger carried in its baggage went on into ${places.join(' and ')}.`,
      hint: "Baggage goes out with every call, to whoever is called, third parties too; and what comes in from outside is anybody's. Above the routes, let what follows run without it: `context.with(propagation.deleteBaggage(context.active()), next)`. Your own `purl.order.id` is put in later.",
      expected: 'no baggage but our own',
      actual: places.join(', '),
      service: 'shop',
      span: 'POST /refunds',
      location: locate({ node: undefined, shape: anySpan(/./, { anchor: 'shop/main.ts#express.json()' }) }),
      times: requests.length + jobs.length,
    }),
  ];
}

const OF_SPANS =
  'Leave out at the source what you put there. What libraries put there comes from customers: a processor with `onEnding`, or an exporter of your own round the real one, sees every span before it leaves. Mind attributes, events, the message of the status; and `%40` is an `@`.';
const OF_LOGS =
  'What is logged is kept for longer than any trace, and read by more people. Leave it out of the line, and clean what is logged where all lines pass, in lib/log.ts.';
const MOST = 6;
const IN_TRACING = 'tracing.ts#new NodeSDK(';
const IN_LOG = 'lib/log.ts#export const log';
