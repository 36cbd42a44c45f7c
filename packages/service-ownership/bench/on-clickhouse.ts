/**
 * Asks DuckDB and ClickHouse the same questions of the same spans, and says whether the answers are the same:
 * `node packages/service-ownership/bench/on-clickhouse.ts PYTHON [--spans FILE --cases FILE]`, where PYTHON is one that has
 * chdb (`python -m venv …`, `pip install chdb`). What hashes decide differs: numbers of spots, and which traces are drawn.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { evaluate } from '../src/evaluate/evaluate.ts';
import { readCases } from '../src/evaluate/read-cases.ts';
import { lastMoment } from '../src/objectives/last-moment.ts';
import { findExemplar } from '../src/pages/find-exemplar.ts';
import { findOnset } from '../src/pages/find-onset.ts';
import { suspectsByOwn } from '../src/pages/suspects-by-own.ts';
import { compareSets } from '../src/report/report-data.ts';
import type { Engine } from '../src/store/engine.ts';
import { loadParquet } from '../src/store/load-parquet.ts';
import { openStore } from '../src/store/open-store.ts';
import { layOutSpans } from '../src/what-changed/lay-out-spans.ts';
import { markTraces } from '../src/what-changed/mark-traces.ts';
import { readSignals } from '../src/what-changed/read-signals.ts';
import { findSeparatingValues } from '../src/what-changed/separating-values.ts';
import { readSpots } from '../src/what-changed/spot.ts';
import { startClickHouse } from './clickhouse.ts';
import { makeSpans } from './make-spans.ts';
import { HALF, NOW_MS, OBJECTIVE, QUESTIONS } from './questions.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { spans: { type: 'string' }, cases: { type: 'string' } },
});
/** Few enough traces that all are taken. */
const SPANS = 20_000;
const SETS = { before: { toUnixNano: HALF }, after: { fromUnixNano: HALF } };
const NEW_STOCK = { service: 'stock', resource: { 'service.version': '1.1.0' } };
const HALF_MS = Number(HALF / 1_000_000n);
const HOUR = { fromMs: NOW_MS - 3_600_000, toMs: NOW_MS };
const HALVES = { before: { ...HOUR, toMs: HALF_MS }, after: { ...HOUR, fromMs: HALF_MS } };
const AVAILABLE = { ...OBJECTIVE, measure: { kind: 'availability' } } as const;

const folder = await mkdtemp(join(tmpdir(), 'service-ownership-clickhouse-'));
await using clickHouse = await startClickHouse(positionals[0] ?? 'python');
try {
  await makeSpans(join(folder, 'made.parquet'), SPANS);
  await compareOn(join(folder, 'made.parquet'), {
    ...Object.fromEntries(QUESTIONS.map(({ name, ask }) => [name, ask])),
    'the report': (engine) => compareSets(engine, SETS),
    'by version': (engine) => compareSets(engine, { before: { without: NEW_STOCK }, after: { having: NEW_STOCK } }),
    'every kind of signal': markEverySignal,
    'the last moment': lastMoment,
    'when it began': (engine) => findOnset(engine, OBJECTIVE, HOUR),
    'a bad trace': (engine) => findExemplar(engine, OBJECTIVE, HOUR, 'stock'),
    'own time': (engine) => suspectsByOwn(engine)({ objective: OBJECTIVE, ...HALVES }),
    'own errors': (engine) => suspectsByOwn(engine)({ objective: AVAILABLE, ...HALVES }),
  });
  if (values.spans && values.cases) {
    const cases = await readCases(values.cases);
    await compareOn(values.spans, {
      'labelled cases': async (engine) => (await evaluate(engine, cases)).ranks.map(withoutBaselines),
    });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compareOn(path: string, questions: Readonly<Record<string, (engine: Engine) => Promise<unknown>>>) {
  await using store = await openStore();
  await loadParquet(store, path);
  await clickHouse.take(store, join(folder, 'taken.parquet'));
  for (const [name, ask] of Object.entries(questions)) {
    const [expected, answer] = [comparable(await ask(store.engine)), comparable(await ask(clickHouse.engine))];
    const same = isDeepStrictEqual(answer, expected);
    if (!same) process.exitCode = 1;
    console.log(`${same ? 'same     ' : 'different'}  ${name}`);
  }
}

/** Each kind of signal marks traces by a statement of its own; here only some of them change. */
async function markEverySignal(engine: Engine) {
  await using spans = await layOutSpans(engine, SETS, 8);
  const { signals } = await readSignals(spans, await readSpots(spans), 8);
  const firsts = [...Map.groupBy(signals, ({ kind }) => kind).values()].flatMap((group) => group.slice(0, 1));
  const marked = await markTraces(spans, firsts);
  const values = await findSeparatingValues(
    spans,
    marked,
    firsts.map(({ spot }) => spot.service),
  );
  return { signals, values };
}

function withoutBaselines({ baselines: _, ...rank }: Awaited<ReturnType<typeof evaluate>>['ranks'][number]) {
  return rank;
}

/** Sums come in any order, so that their last digits differ; ids and exemplars are drawn by hashes. */
function comparable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, item) => {
      if (key === 'id' || key === 'exemplars') return undefined;
      return typeof item === 'number' ? Number(item.toPrecision(9)) : typeof item === 'bigint' ? `${item}` : item;
    }),
  );
}
