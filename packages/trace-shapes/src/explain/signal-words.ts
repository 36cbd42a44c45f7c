import type { Fact, WrongMetric } from '../match/fact.ts';
import type { LogRecord } from '../otlp/telemetry.ts';
import { type LogShape, severityOf } from '../shape/log.ts';
import { describePredicate, describeValue, holds, NOTHING_BOUND } from '../shape/predicate.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { SignalFact } from './fact-groups.ts';
import { code, named, type Words } from './phrases.ts';

/** The words for what is wrong with logs and metrics. */
export function signalWords(fact: SignalFact): Words {
  switch (fact.code) {
    case 'uncorrelated-log':
      return uncorrelatedWords(fact);
    case 'missing-log':
      return missingLogWords(fact);
    case 'unexpected-log':
      return unexpectedLogWords(fact);
    case 'missing-metric':
      return {
        message: `No metric ${code(fact.metric.name)} came${fact.came.length > 0 ? `; there are ${fact.came.map(code).join(', ')}` : ', nor any other'}.`,
        hint: 'Metrics are sent at an interval and when the SDK is shut down: end the process by SIGTERM, or read `OTEL_METRIC_EXPORT_INTERVAL`. An instrument that recorded nothing sends nothing.',
        expected: code(fact.metric.name),
        actual: fact.came.length > 0 ? fact.came.map(code).join(', ') : 'no metrics',
      };
    case 'wrong-metric':
      return wrongMetricWords(fact.metric.name, fact.wrong);
    case 'high-cardinality-metric':
      return {
        message: `${code(fact.metric.name)} has ${fact.series} series${fact.key === undefined ? '' : `: ${code(fact.key)} is ${describeValue(fact.value)} in one`}.`,
        hint: 'Each combination of attributes is a series that is kept for good. Leave out what differs from request to request: that belongs on the span.',
        expected: `few series, at most ${fact.metric.atMostSeries}, and no ids`,
        actual: fact.key === undefined ? `${fact.series} series` : `${code(fact.key)} ${describeValue(fact.value)}`,
      };
  }
}

function uncorrelatedWords({ log, node, record, found }: Extract<Fact, { code: 'uncorrelated-log' }>): Words {
  const place = node ? named(node) : 'a span that came';
  const actual = namedBy(record, found);
  return {
    message: `The log ${describePredicate(log.body)} belongs to ${place}, but names ${actual}.`,
    hint:
      record.traceId === undefined
        ? "It was written where no span is active, or by a logger that knows nothing of spans: start the SDK before the logger is loaded, and write it in the span's callback."
        : "A log names the span that is active as it is written: write it in the span's callback, not beside it.",
    expected: `the ids of ${place}`,
    actual,
  };
}

function namedBy({ traceId, spanId }: LogRecord, found: SpanNode | undefined): string {
  if (traceId === undefined) return 'no trace';
  if (found) return named(found);
  return spanId === undefined ? 'only a trace, no span' : 'a span that never came';
}

function missingLogWords({ log, node, nearest }: Extract<Fact, { code: 'missing-log' }>): Words {
  const body = describePredicate(log.body);
  const actual = nearest ? `it ${differenceOf(log, nearest)}` : 'nothing';
  return {
    message: `${node ? `${named(node)} lacks the log ${body}` : `No log ${body} came`}${nearest ? `: one is there, but ${actual}` : ''}.`,
    hint: nearest
      ? 'Compare the two in the message.'
      : 'Is the logger bridged to OpenTelemetry (its instrumentation, or an appender), with a log exporter that sends here?',
    expected: body,
    actual,
  };
}

function unexpectedLogWords({ log, node, record }: Extract<Fact, { code: 'unexpected-log' }>): Words {
  const [body, actual] = [describePredicate(log.body), describeValue(record.body)];
  const told = log.body.type === 'literal' ? '' : `: ${actual}`;
  return {
    message: `The log ${body} was written ${node ? `in ${named(node)}` : `by ${describeValue(record.service)}`}, expected never${told}.`,
    hint: 'Remove the line that writes it, or what it must not say.',
    expected: `no log ${body}`,
    actual,
  };
}

function differenceOf(log: LogShape, record: LogRecord): string {
  const severity = severityOf(record.severityNumber);
  if (log.severity !== undefined && log.severity !== severity)
    return `is ${severity ? code(severity.toUpperCase()) : 'of no severity'}, expected ${code(log.severity.toUpperCase())}`;
  const attribute = Object.entries(log.attributes).find(
    ([key, one]) => !holds(one, record.attributes[key], NOTHING_BOUND),
  );
  if (attribute) {
    const [key, expected] = attribute;
    const actual = record.attributes[key];
    const has = actual === undefined ? `lacks ${code(key)}` : `has ${code(key)} ${describeValue(actual)}`;
    return `${has}, expected ${describePredicate(expected)}`;
  }
  return `comes from ${describeValue(record.service)}, scope ${describeValue(record.scope.name)}`;
}

function wrongMetricWords(name: string, wrong: WrongMetric): Words {
  const { what, expected, actual, hint } = describeWrong(wrong);
  const subject = wrong.aspect === 'name' ? 'A metric' : code(name);
  return { message: `${subject} ${what} ${actual}, expected ${expected}.`, hint, expected, actual };
}

function describeWrong(wrong: WrongMetric): { what: string; expected: string; actual: string; hint: string } {
  switch (wrong.aspect) {
    case 'name':
      return {
        what: 'is named',
        expected: code(wrong.expected),
        actual: code(wrong.actual),
        hint: 'Names are compared to the letter: use just this one.',
      };
    case 'unit':
      return {
        what: 'is in',
        expected: describeValue(wrong.expected),
        actual: wrong.actual === '' ? 'no unit' : describeValue(wrong.actual),
        hint: 'Give `{ unit }` when the instrument is made: `s`, `By`, or a thing counted, such as `{order}`. Durations are in seconds.',
      };
    case 'type':
      return {
        what: 'is of type',
        expected: code(wrong.expected),
        actual: code(wrong.actual),
        hint: 'A counter makes a `sum`, a histogram a `histogram`, and a gauge a `gauge`: create the other instrument.',
      };
    case 'monotonic':
      return {
        what: 'is a sum that',
        expected: wrong.expected ? 'one that only grows' : 'one that goes up and down',
        actual: wrong.actual ? 'only grows' : 'goes up and down',
        hint: '`createCounter` makes a sum that only grows, `createUpDownCounter` the other.',
      };
    case 'service':
    case 'scope':
      return {
        what: `comes from ${wrong.aspect}`,
        expected: describePredicate(wrong.expected),
        actual: describeValue(wrong.actual),
        hint:
          wrong.aspect === 'service'
            ? 'The service is `service.name` of the resource: set `OTEL_SERVICE_NAME` for each process.'
            : "The scope is the meter's name, and tells a library's metrics from one's own.",
      };
    case 'attribute':
      return {
        what: `has ${code(wrong.key)}`,
        expected: describePredicate(wrong.expected),
        actual: wrong.actual.map(describeValue).join(', '),
        hint: 'Attributes are given with each value that is recorded: `counter.add(1, { … })`.',
      };
  }
}
