import { resolve } from 'node:path';
import { buildCatalogue } from '../catalogue/build-catalogue.ts';
import { findDrift } from '../catalogue/find-drift.ts';
import { missingEntries } from '../catalogue/missing-entries.ts';
import { writeEntries } from '../catalogue/write-entries.ts';
import { explainDrift } from '../explain/explain-drift.ts';
import type { Entity } from '../read/entity.ts';
import { readCatalogue } from '../read/read-catalogue.ts';
import { renderCatalogue } from '../render/render-catalogue.ts';
import { renderFindings } from '../render/render-findings.ts';
import { openSpans } from './open-spans.ts';
import { COMMON_OPTIONS, parseArguments } from './parse-arguments.ts';
import type { Surroundings } from './surroundings.ts';

/** `ownership catalog`: who owns what, and where files and spans differ. Returns 0 without drift, else 1. */
export async function catalog(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseArguments(args, OPTIONS);
  const entities = await readEntities(options.catalog, surroundings);
  await using store = await openSpans(options, surroundings);
  const catalogue = await buildCatalogue(store.engine, entities);
  const findings = findDrift(catalogue).map(explainDrift);
  const written = options.write === undefined ? [] : await writeInto(options.write, catalogue, surroundings);
  if (options.json) surroundings.print(JSON.stringify({ ...catalogue, findings, written }, undefined, 2));
  else {
    surroundings.print(renderCatalogue(catalogue, surroundings));
    surroundings.print(renderFindings(findings, 'Spans and files agree.', surroundings));
    if (options.write !== undefined)
      surroundings.print(`\n  Written into ${options.write}: ${written.join(', ') || 'nothing, all are there'}.`);
  }
  return findings.length === 0 ? 0 : 1;
}

/** The entities that `--catalog` names, or those to fall back on; none without either. */
export async function readEntities(
  named: string | undefined,
  { cwd, defaultCatalog }: Surroundings,
): Promise<readonly Entity[]> {
  const path = named ?? defaultCatalog;
  return path === undefined ? [] : readCatalogue(resolve(cwd, path), path);
}

function writeInto(folder: string, catalogue: Parameters<typeof missingEntries>[0], { cwd }: Surroundings) {
  return writeEntries(resolve(cwd, folder), missingEntries(catalogue));
}

const OPTIONS = { ...COMMON_OPTIONS, catalog: { type: 'string' }, write: { type: 'string' } } as const;
