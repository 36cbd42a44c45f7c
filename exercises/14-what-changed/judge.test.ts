import { join } from 'node:path';
import type { Span } from 'trace-shapes';
import { expect, test } from 'vitest';
import { makeChange } from '../../workshop/supply-chain/chain-change.ts';
import { judgeFound } from '../../workshop/supply-chain/judge-found.ts';
import { seededRandom } from '../../workshop/supply-chain/seeded-random.ts';
import { type ChainService, readTopology } from '../../workshop/supply-chain/topology.ts';
import { type SketchedSpan, sketchTelemetry } from '../../workshop/test/sketched-run.ts';
import type { ChainSeen } from './chain-seen.ts';
import { judgeTraces } from './judge-chain.ts';
import { judgeIncident } from './judge-incident.ts';
import { judgeLooks } from './judge-looks.ts';
import { judgeTelling } from './judge-telling.ts';

const services = await readTopology(join(import.meta.dirname, 'start'));
const aids = { locate: () => undefined, show: (path: string) => path, known: undefined };

test('telemetry that tells all of it lacks nothing', () => {
  const seen = seenOf((span) => span);
  expect(seen.quiet.spans).toHaveLength(24);
  expect([...judgeTraces(seen, aids), ...judgeTelling(seen, aids)]).toEqual([]);
});

test('reports not-findable when a version is not the one that runs', () => {
  const seen = seenOf((span) => withVersion(span, '4127.0.0'));
  expect(judgeTelling(seen, aids)).toMatchObject([
    {
      code: 'not-findable',
      message:
        'A deploy cannot be found: `service.version` of `storefront` and 11 others is "4127.0.0", whatever version answers.',
    },
  ]);
});

test('reports not-findable for each thing that nothing says', () => {
  const silent = seenOf(({ resource, ...span }) => ({
    ...span,
    attributes: { 'url.path': span.attributes['url.path'] ?? '' },
    resource: { ...resource, attributes: { 'service.name': span.service } },
  }));
  expect(judgeTelling(silent, aids).map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'not-findable: A deploy cannot be found: nothing says which version of `storefront` and 11 others answered.',
    'not-findable: A flag cannot be found: nothing says how `storefront` and 11 others evaluated its flag.',
    'not-findable: A change of the traffic cannot be found: nothing says whose visit a trace is.',
  ]);
});

test('reports where a trace ends, and where visits run into one', () => {
  const seen = seenOf((span) =>
    services.findIndex(({ name }) => name === span.service) < 8 ? span : { ...span, traceId: 'f'.repeat(32) },
  );
  expect(judgeTraces(seen, aids)).toMatchObject([
    {
      code: 'mixed-requests',
      span: 'GET /fleeces/:skein',
    },
  ]);
  const one = {
    ...seen.quiet,
    spans: seen.quiet.spans.filter(({ attributes }) => String(attributes['url.path']).includes('-1-0')),
  };
  expect(judgeTraces({ ...seen, quiet: one }, aids)).toMatchObject([
    { code: 'not-findable', service: 'shearing', message: expect.stringContaining('behind `wool-exchange`') },
  ]);
});

test('reports high-cardinality-name when a skein is in the name of a span', () => {
  const seen = seenOf((span) =>
    span.service === 'mill' ? { ...span, name: `GET ${span.attributes['url.path']}` } : span,
  );
  expect(judgeTelling(seen, aids)).toMatchObject([
    { code: 'high-cardinality-name', service: 'mill', span: 'GET /warps/merino-drop-1-0' },
  ]);
});

test('reports misplaced-attribute when the version is on the span, and the resource says another', () => {
  const seen = seenOf(({ attributes, ...span }) => ({
    ...withVersion({ ...span, attributes }, '4127.0.0'),
    attributes: { ...attributes, 'service.version': span.resource.attributes['service.version'] ?? '' },
  }));
  expect(judgeTelling(seen, aids)).toMatchObject([
    { code: 'misplaced-attribute', service: 'storefront', span: 'GET /skeins/:skein/sheep' },
  ]);
});

test('reports the first answer that is missing or wrong, and a rollout that is still on', () => {
  const { quiet } = seenOf((span) => span);
  const seen = { services, looks: [], quiet: { ...quiet, visits: quiet.visits.slice(1) } };
  const judged = (incident: string, on: number) =>
    judgeIncident(seen, benchOf(incident, on), aids).map(({ code, message }) => `${code}: ${message}`);
  const right = '## Service\nflock-book\n## Owner\nfarmers\n## What changed\nfull-pedigree=on\n';
  expect(judged(`${right}## What traces cannot tell\nWhy.\n`, 0)).toEqual([]);
  expect(judged(right.replace('farmers', 'web'), 0)).toEqual([
    'unsupported-answer: supply-chain/INCIDENT.md says "web" below "Owner"; the traces say something else.',
  ]);
  expect(judged(right, 40)).toEqual([
    'unsupported-answer: supply-chain/INCIDENT.md has nothing below "What traces cannot tell".',
    'unsupported-answer: It still burns: 1 visits asked the farm 2 times. `full-pedigree` is on for 40 % of them.',
  ]);
});

test('reports a change that was not found, and an alarm where nothing was changed', () => {
  const mill = services[4] as ChainService;
  const planned = makeChange('deploy', mill, seededRandom(1));
  const found = { service: 'mill', operation: planned.operation, attribute: 'service.version', value: planned.value };
  const look = (change: typeof planned | undefined, answer: typeof found | undefined) => ({
    planned: change,
    found: answer,
    right: judgeFound(change, answer),
    before: [],
    after: [],
  });
  expect(judgeLooks([look(planned, found), look(undefined, undefined)])).toEqual([]);
  expect(
    judgeLooks([look(planned, undefined), look(planned, { ...found, value: '0' }), look(undefined, found)]).map(
      ({ code }) => code,
    ),
  ).toEqual(['not-findable', 'not-findable', 'false-alarm']);
});

function benchOf(incident: string, on: number): ReadonlyMap<string, Buffer> {
  return new Map([
    ['supply-chain/INCIDENT.md', Buffer.from(incident)],
    ['supply-chain/rollouts.yaml', Buffer.from(`services: { flock-book: { flag: { on: ${on} } } }`)],
  ]);
}

function seenOf(change: (span: Span) => Span): ChainSeen {
  const visits = ['merino-drop-1-0', 'merino-drop-1-1'].map((skein) => ({
    skein,
    tenant: 'purl',
    status: 200,
    told: services.map(({ name }) => name),
    durationMs: 40,
  }));
  const spans = visits.flatMap(({ skein }, visit) =>
    sketchTelemetry(services.map((service, i) => sketch(service, i, skein, visit))).spans.map((span, i) =>
      change(withVersion(span, services[i]?.version ?? '')),
    ),
  );
  return { services, quiet: { visits, spans }, looks: [] };
}

function sketch({ name, serves, flag }: ChainService, i: number, skein: string, visit: number): SketchedSpan {
  return {
    trace: `${visit + 1}`,
    id: idOf(visit, i),
    ...(i > 0 && { parent: idOf(visit, i - 1) }),
    name: `GET ${serves}`,
    at: i,
    for: 40 - 2 * i,
    service: name,
    kind: 'server',
    attributes: {
      'url.path': serves.replace(':skein', skein),
      'purl.tenant': 'purl',
      'feature_flag.key': flag,
      'feature_flag.result.variant': 'off',
    },
  };
}

function idOf(visit: number, i: number): string {
  return `${visit + 1}${i.toString(16)}1`;
}

function withVersion(span: Span, version: string): Span {
  const attributes = { ...span.resource.attributes, 'service.version': version };
  return { ...span, resource: { ...span.resource, attributes } };
}
