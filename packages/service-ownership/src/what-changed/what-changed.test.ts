import { expect, test } from 'vitest';
import { CHAIN, simulateSystem } from '../testing/simulate-system.ts';
import type { Fault } from '../testing/simulated-fault.ts';
import { EPOCH_MS } from '../testing/sketch-spans.ts';
import { storeOf } from '../testing/store-of.ts';
import type { SpanSet } from './span-set.ts';
import { type Changes, whatChanged } from './what-changed.ts';

test('finds a fault of each kind, however deep, and the value that it goes with', async () => {
  const faults: readonly Fault[] = [
    { kind: 'slow-version', service: 'portraits' },
    { kind: 'slow-flag', service: 'flock-book' },
    { kind: 'slow-tenant', service: 'mill' },
    { kind: 'large-requests', service: 'spinnery' },
    { kind: 'slow-network', service: 'wool-exchange' },
    { kind: 'busy', service: 'shearing' },
    { kind: 'errors', service: 'farm' },
    { kind: 'early-return', service: 'dye-house' },
    { kind: 'repeated-calls', service: 'scouring' },
    { kind: 'bad-answer', service: 'rates' },
    { kind: 'given-up', service: 'portraits' },
  ];
  expect(
    (await compare(faults)).map((changes, i) => [faults[i]?.kind, ...firstOf(changes)].join(' ')),
  ).toMatchInlineSnapshot(`
    [
      "slow-version portraits GET /portraits slower portraits service.version=1.1.0",
      "slow-flag flock-book GET /flock-book slower flock-book feature_flag.flock-book=on",
      "slow-tenant mill GET /mill slower mill app.tenant=tenant-3",
      "large-requests spinnery GET /spinnery slower spinnery app.size=large",
      "slow-network wool-exchange GET /wool-exchange slow-to-reach ",
      "busy shearing GET /shearing slower ",
      "errors farm GET /farm failing ",
      "early-return dye-house GET /dye-house stops-early ",
      "repeated-calls scouring GET /scouring calls-more ",
      "bad-answer rates GET /rates stops-callers ",
      "given-up portraits GET /portraits slower ",
    ]
  `);
});

test('finds a slower version at every depth', async () => {
  const faults = CHAIN.map((service) => ({ kind: 'slow-version', service }) as const);
  const found = (await compare(faults, FEW)).map(({ suspects: [first] }) => [
    first?.service,
    first?.value?.service,
    first?.value?.value,
  ]);
  expect(found).toEqual(CHAIN.map((service) => [service, service, '1.1.0']));
});

test('raises at most one false alarm in twenty quiet comparisons', async () => {
  const times = Array.from({ length: 40 }, (_, i) => ({ seed: i + 1, traces: 60, startMs: i * LENGTH_MS }));
  await using store = await storeOf(simulateSystem(...times));
  const quiet: Changes[] = [];
  for (let i = 0; i < 40; i += 2) quiet.push(await whatChanged(store.engine, { before: part(i), after: part(i + 1) }));
  expect(quiet.map(({ whole }) => whole.after.traces)).toEqual(quiet.map(() => 60));
  expect(quiet.filter(({ changed }) => changed).length).toBeLessThanOrEqual(1);
});

test('gives the same answer whatever services and operations are called', async () => {
  const fault = { kind: 'errors', service: 'mill' } as const;
  const spans = simulateSystem({ ...QUIET, traces: FEW }, { seed: 2, traces: FEW, startMs: LENGTH_MS, fault });
  const renamed = spans.map((span) => ({ ...span, service: reversed(span.service), name: reversed(span.name) }));
  await using store = await storeOf(spans);
  await using other = await storeOf(renamed);
  const sets = { before: part(0), after: part(1) };
  const [plain, odd] = [await whatChanged(store.engine, sets), await whatChanged(other.engine, sets)];
  expect([plain, odd].map(({ suspects: [first] }) => first?.service)).toEqual(['mill', reversed('mill')]);
  expect(odd.suspects.map(({ weight }) => weight)).toEqual(plain.suspects.map(({ weight }) => weight));
});

test('shows traces as they were and as they are', async () => {
  const fault = { kind: 'slow-flag', service: 'mill' } as const;
  const spans = simulateSystem({ ...QUIET, traces: FEW }, { seed: 2, traces: FEW, startMs: LENGTH_MS, fault });
  await using store = await storeOf(spans);
  const [suspect] = (await whatChanged(store.engine, { before: part(0), after: part(1) })).suspects;
  const flagOf = (traceId: string) =>
    spans.find((span) => span.traceId === traceId && span.service === 'mill' && span.kind === 'server')?.attributes[
      'feature_flag.mill'
    ];
  expect(suspect?.exemplars.before.map(flagOf)).toEqual(['off', 'off', 'off']);
  expect(suspect?.exemplars.after.map(flagOf)).toEqual(['on', 'on', 'on']);
});

test('says that there is nothing to compare with where a set is empty', async () => {
  await using store = await storeOf(simulateSystem(QUIET));
  const { changed, suspects, whole } = await whatChanged(store.engine, { before: part(0), after: part(1) });
  expect([changed, suspects, whole.before.traces, whole.after.traces]).toEqual([false, [], TRACES, 0]);
});

const TRACES = 160;
const FEW = 80;
const LENGTH_MS = 20_000;
const QUIET = { seed: 1, traces: TRACES };

/** Compares a quiet time with as many times as there are faults, each with its fault. */
async function compare(faults: readonly Fault[], traces = TRACES): Promise<readonly Changes[]> {
  const times = faults.map((fault, i) => ({ seed: i + 2, traces, startMs: (i + 1) * LENGTH_MS, fault }));
  await using store = await storeOf(simulateSystem({ ...QUIET, traces }, ...times));
  const all: Changes[] = [];
  for (const i of faults.keys()) {
    all.push(await whatChanged(store.engine, { before: part(0), after: part(i + 1) }));
  }
  return all;
}

function part(i: number): SpanSet {
  return { fromUnixNano: at(i), toUnixNano: at(i + 1) };
}

function at(part: number): bigint {
  return BigInt(EPOCH_MS + part * LENGTH_MS) * 1_000_000n;
}

function firstOf({ suspects: [first], changed }: Changes): readonly unknown[] {
  if (!first || !changed) return ['nothing'];
  const { service, operation, code, value } = first;
  return [service, operation, code, value ? `${value.service} ${value.key}=${value.value}` : ''];
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
