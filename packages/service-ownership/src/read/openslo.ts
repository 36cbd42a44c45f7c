import { type Fields, fieldsOf } from './fields.ts';
import type { Measure, Objective } from './objective.ts';
import { parseDuration } from './parse-duration.ts';
import { readDocuments, type YamlDocument } from './read-documents.ts';

/** Reads the objectives of an OpenSLO v1 file, or of all YAML files below a folder. Throws `MalformedInput`. */
export async function readObjectives(path: string, shown = path): Promise<readonly Objective[]> {
  return parseObjectives(await readDocuments(path, shown));
}

/**
 * The objectives of OpenSLO v1 documents (kinds SLO and SLI); other documents are left out. The source of an indicator
 * is `type: otel_traces` with the `operation` to look at: a `ratioMetric` counts its good or bad requests (`status: error`,
 * `withinMs: 300`), a `thresholdMetric` compares how many milliseconds each took with the objective's `op: lte, value`.
 */
export function parseObjectives(documents: readonly YamlDocument[]): readonly Objective[] {
  const ours = documents.filter(isOpenSlo).map((document) => ({ document, fields: fieldsOf(document) }));
  const indicators = new Map(
    ours
      .filter(({ fields }) => fields.required('kind') === 'SLI')
      .map(({ fields }) => [fields.below('metadata').required('name'), fields.below('spec')] as const),
  );
  return ours
    .filter(({ fields }) => fields.required('kind') === 'SLO')
    .flatMap(({ document, fields }) => parseSlo(document, fields, indicators));
}

function isOpenSlo({ value }: YamlDocument): boolean {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && value.apiVersion === 'openslo/v1';
}

function parseSlo(
  { file, line }: YamlDocument,
  fields: Fields,
  indicators: ReadonlyMap<string, Fields>,
): readonly Objective[] {
  const metadata = fields.below('metadata');
  const spec = fields.below('spec');
  const name = metadata.required('name');
  const indicator = indicatorOf(spec, indicators);
  const windowMs = windowOf(spec);
  onlyOccurrences(spec);
  const objectives = spec.list('objectives');
  if (objectives.length === 0) throw spec.wrong('objectives', 'it is missing.');
  return objectives.map((objective, i) => {
    const { service, operation, measure } = parseIndicator(indicator, objective);
    return {
      name: objectives.length === 1 ? name : `${name}/${objective.text('displayName') ?? i + 1}`,
      displayName: metadata.text('displayName'),
      service: service ?? spec.required('service'),
      operation,
      measure,
      target: targetOf(objective),
      windowMs,
      team: metadata.record('labels').team,
      origin: { kind: 'declared', file, line },
    };
  });
}

function indicatorOf(spec: Fields, indicators: ReadonlyMap<string, Fields>): Fields {
  const ref = spec.text('indicatorRef');
  if (ref === undefined) return spec.below('indicator').below('spec');
  const found = indicators.get(ref);
  if (found) return found;
  throw spec.wrong(
    'indicatorRef',
    `there is no SLI \`${ref}\`; there are ${[...indicators.keys()].join(', ') || 'none'}.`,
  );
}

function windowOf(spec: Fields): number {
  const [window] = spec.list('timeWindow');
  if (!window) throw spec.wrong('timeWindow', 'it is missing.');
  if (window.boolean('isRolling') !== true || window.has('calendar'))
    throw window.wrong('isRolling', 'only rolling windows are supported: `isRolling: true`.');
  const text = window.required('duration');
  const ms = parseDuration(text);
  if (ms === undefined) throw window.wrong('duration', `"${text}" is no duration such as 28d, 4w or 30m.`);
  return ms;
}

function onlyOccurrences(spec: Fields): void {
  const method = spec.text('budgetingMethod') ?? 'Occurrences';
  if (method !== 'Occurrences') throw spec.wrong('budgetingMethod', `"${method}" is not supported, only Occurrences.`);
}

function targetOf(objective: Fields): number {
  const percent = objective.number('targetPercent');
  const target = percent === undefined ? objective.number('target') : percent / 100;
  if (target !== undefined && target > 0 && target < 1) return target;
  throw objective.wrong('target', `it is ${target ?? 'missing'}; expected a share between 0 and 1, such as 0.99.`);
}

interface Indicator {
  readonly service: string | undefined;
  readonly operation: string;
  readonly measure: Measure;
}

function parseIndicator(indicator: Fields, objective: Fields): Indicator {
  if (indicator.has('thresholdMetric')) {
    const source = sourceOf(indicator.below('thresholdMetric'));
    return { ...operationOf(source), measure: { kind: 'latency', thresholdMs: thresholdOf(objective) } };
  }
  if (!indicator.has('ratioMetric'))
    throw indicator.wrong('ratioMetric', 'it is missing, and there is no thresholdMetric.');
  return parseRatio(indicator.below('ratioMetric'));
}

function thresholdOf(objective: Fields): number {
  const op = objective.required('op');
  if (op !== 'lte' && op !== 'lt')
    throw objective.wrong('op', `it is "${op}"; expected lte: a request is to last no longer.`);
  const value = objective.number('value');
  if (value !== undefined && value > 0) return value;
  throw objective.wrong('value', 'it must be how many milliseconds a request may last.');
}

function parseRatio(ratio: Fields): Indicator {
  const isGood = ratio.has('good');
  if (isGood === ratio.has('bad')) throw ratio.wrong('good', 'expected either good or bad, beside total.');
  const total = operationOf(sourceOf(ratio.below('total')));
  const source = sourceOf(ratio.below(isGood ? 'good' : 'bad'));
  const part = operationOf(source);
  if (part.operation !== total.operation)
    throw source.wrong('operation', `it is "${part.operation}"; expected that of total, "${total.operation}".`);
  const thresholdMs = source.number('withinMs');
  if (thresholdMs !== undefined && isGood) return { ...total, measure: { kind: 'latency', thresholdMs } };
  const status = source.required('status');
  const expected = isGood ? 'ok' : 'error';
  if (status !== expected) throw source.wrong('status', `it is "${status}"; expected ${expected}.`);
  return { ...total, measure: { kind: 'availability' } };
}

function sourceOf(metric: Fields): Fields {
  const source = metric.below('metricSource');
  const type = source.required('type');
  if (type !== SOURCE_TYPE) throw source.wrong('type', `it is "${type}"; expected ${SOURCE_TYPE}.`);
  return source.below('spec');
}

function operationOf(source: Fields) {
  return { service: source.text('service'), operation: source.required('operation') };
}

const SOURCE_TYPE = 'otel_traces';
