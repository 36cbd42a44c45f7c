import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as everything from '../src/index.ts';
import { judge, server, startReceiver, trace } from '../src/index.ts';
import { sketchSpans } from '../src/testing/sketch-traces.ts';
import { request, work } from '../src/testing/spans.ts';
import '../src/vitest/index.ts';
import { PARTS, readPart, readVitest, writeApi } from './write-api.ts';

const REFERENCE = new URL('API.md', import.meta.url);
const [BUILD, ...OTHERS] = await Promise.all(PARTS.map(readPart));
const MATCHERS = await readVitest();
const names = Object.keys(everything);

test('the reference is what the source says (UPDATE_README=1 rewrites it)', async () => {
  const written = await writeApi();
  if (process.env.UPDATE_README) await writeFile(REFERENCE, written);
  else expect(await readFile(REFERENCE, 'utf8')).toBe(written);
});

test('everything that is exported says what it is, and every builder has an example', () => {
  const all = [...(BUILD ?? []), ...OTHERS.flat(), ...MATCHERS];
  const exported = all.filter(({ isType }) => !isType).map(({ name }) => name);
  expect(new Set(exported)).toEqual(new Set([...names, ...MATCHERS.map(({ name }) => name)]));
  expect(all.filter(({ isType, text }) => !isType && text === '').map(({ name }) => name)).toEqual([]);
  const builders = [...(BUILD ?? []), ...MATCHERS].filter(({ isType }) => !isType);
  expect(builders.filter(({ example }) => example === undefined).map(({ name }) => name)).toEqual([]);
});

test.for(examplesOf(BUILD))('the example of $name makes a shape that can be judged by', async ({ example }) => {
  const made = await run(`return (${/^\w+:/.test(example) ? `{ ${example} }` : example})`);
  const shape = toExpected(made);
  expect(judge(shape, { spans: sketchSpans([request('GET /')]), logs: [], metrics: [] }).status).toMatch(/pass|fail/);
});

test.for([...examplesOf(OTHERS.flat()), ...examplesOf(MATCHERS)])('the example of $name runs', async ({ example }) => {
  await run(example);
});

/** A shape of any sort, or what a span or one of its properties must be, as something to judge by. */
function toExpected(made: unknown): Parameters<typeof judge>[0] {
  const one = made as { readonly type?: string };
  if (one.type === 'trace' || one.type === 'traces' || one.type === 'telemetry')
    return made as ReturnType<typeof trace>;
  if (one.type === 'span') return trace(made as Parameters<typeof trace>[0]);
  if (one.type === 'sequential' || one.type === 'parallel')
    return trace(server('GET /', made as ReturnType<typeof server>));
  if (one.type === 'metric') return everything.telemetry({ metrics: [made as ReturnType<typeof everything.metric>] });
  return trace(server('GET /', made as object));
}

function examplesOf(items: Awaited<ReturnType<typeof readPart>> = []) {
  return items.flatMap(({ name, example }) => (example === undefined ? [] : [{ name, example }]));
}

/** Runs an example among what it may name: a receiver with traces in it, and stand-ins for what starts programs. */
async function run(code: string): Promise<unknown> {
  const checkout = trace(server('POST /orders'));
  const spans = sketchSpans([
    request('GET /hello'),
    { ...request('POST /orders', work('price basket')), attributes: { 'order.id': 'P-1' } },
  ]);
  await using receiver = await startReceiver();
  const body = everything.toJsonLine('traces', { spans, logs: [], metrics: [] });
  await fetch(`${receiver.endpoint}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const came = everything.buildTraces(spans);
  const around = {
    ...everything,
    ...{ receiver, checkout, spans, expect, yesterday: came, env: {}, console: { log() {} } },
    expect: Object.assign((value: unknown) => (value === receiver ? laxly(receiver) : expect(value)), expect),
    t: { assert: { snapshot() {} } },
    writeFile: async () => {},
    spawn: () => {},
  };
  const isOfTrace = /\btrace\b(?!\()/.test(code);
  const all = isOfTrace ? { ...around, trace: came[0] } : around;
  const run = new AsyncFunction(...Object.keys(all), withoutOwnReceiver(code));
  return run(...Object.values(all));
}

/** An example that expects ten checkouts is right where ten came; here it is enough that it may be said. */
function laxly(receiver: unknown): unknown {
  const matchers = expect(receiver) as unknown as Readonly<Record<string, (shape: unknown) => void>>;
  const lax = (name: string) => (shape: unknown) => {
    try {
      matchers[name]?.(shape);
    } catch (error) {
      expect((error as Error).message).toMatch(/not as expected/);
    }
  };
  return { ...Object.fromEntries(MATCHERS.map(({ name }) => [name, lax(name)])), toMatchTraceSnapshot() {} };
}

/** The receiver that has something in it stands in for the one that an example starts. */
function withoutOwnReceiver(code: string): string {
  return code.replace(/^await using receiver = .*$/m, '');
}

const AsyncFunction = (async () => {}).constructor as new (
  ...args: readonly string[]
) => (...values: readonly unknown[]) => Promise<unknown>;
