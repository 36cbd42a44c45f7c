import { rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buildCatalogue } from '../catalogue/build-catalogue.ts';
import { findDrift } from '../catalogue/find-drift.ts';
import { reportObjectives } from '../objectives/report-objectives.ts';
import { decidePages } from '../pages/decide-pages.ts';
import { likeliestCause } from '../pages/likeliest-cause.ts';
import { reasonOf } from '../read/malformed-input.ts';
import { renderReport } from '../render/html/render-report.ts';
import { compareSets, type ReportData } from '../report/report-data.ts';
import type { Engine } from '../store/engine.ts';
import { readEntities } from './catalog.ts';
import { clockOf, OBJECTIVE_OPTIONS, ownerOf, readSlos, readSlosIfAny } from './objectives.ts';
import { openSpans } from './open-spans.ts';
import { COMMON_OPTIONS, parseArguments } from './parse-arguments.ts';
import { SET_OPTIONS, type SpanSets, spanSets } from './span-sets.ts';
import { type Surroundings, UsageError } from './surroundings.ts';

/** `ownership report`: all of it as one HTML file that needs no network. Returns 0. */
export async function report(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseArguments(args, OPTIONS);
  const isCompared = Object.keys(SET_OPTIONS).some((name) => options[name as keyof typeof SET_OPTIONS] !== undefined);
  const sets = isCompared ? spanSets(options) : undefined;
  const declared = await (options.slo.length === 0 ? readSlosIfAny : readSlos)(options.slo, surroundings);
  const entities = await readEntities(options.catalog, surroundings);
  await using store = await openSpans(options, surroundings);
  const { engine } = store;
  const clock = await clockOf(options, engine, surroundings);
  const catalogue = await buildCatalogue(engine, entities);
  const statuses = await reportObjectives(engine, declared, clock);
  const findCause = likeliestCause(engine);
  const pages = await decidePages(statuses, { engine, catalogue, findCause, nowMs: clock.nowMs });
  const data: ReportData = {
    nowMs: clock.nowMs,
    catalogue,
    drift: findDrift(catalogue),
    objectives: statuses.map((status) => ({ status, owner: ownerOf(status.objective, catalogue) })),
    pages,
    comparison: await compare(engine, sets ?? setsOfPage(pages[0])),
  };
  if (options.json) surroundings.print(JSON.stringify(data, undefined, 2));
  else await writeReport(options.out, renderReport(data), surroundings);
  return 0;
}

/** What is compared when nothing else is said: before and since the first page's beginning. */
function setsOfPage(page: ReportData['pages'][number] | undefined): SpanSets | undefined {
  if (!page) return undefined;
  const toNano = (ms: number) => BigInt(Math.round(ms * 1000)) * 1000n;
  const [before, after] = [page.before, page.after].map(({ fromMs, toMs }) => ({
    fromUnixNano: toNano(fromMs),
    toUnixNano: toNano(toMs),
  }));
  return before && after ? { before, after } : undefined;
}

async function compare(engine: Engine, sets: SpanSets | undefined): Promise<ReportData['comparison']> {
  return sets && compareSets(engine, sets);
}

async function writeReport(out: string, text: string, { cwd, print }: Surroundings): Promise<void> {
  const path = resolve(cwd, out);
  try {
    await writeFile(`${path}.draft`, text);
    await rename(`${path}.draft`, path);
  } catch (error) {
    throw new UsageError(`${out}: failed to write it: ${reasonOf(error)}`);
  }
  print(`  Written: ${out}`);
}

const OPTIONS = {
  ...COMMON_OPTIONS,
  ...OBJECTIVE_OPTIONS,
  ...SET_OPTIONS,
  out: { type: 'string', default: 'ownership.html' },
} as const;
