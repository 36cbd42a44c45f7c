import {
  buildCatalogue,
  type Entity,
  explainDrift,
  type Finding,
  findDrift,
  loadSpans,
  openStore,
  parseEntities,
} from 'service-ownership';
import type { Tree } from '../stages/tree.ts';
import { type BenchFiles, readBenchFiles } from './bench-documents.ts';
import type { CheckAids, CheckFinding, StageRun } from './check.ts';
import { findingOf } from './define-check.ts';

/** The Backstage entities that a bench's files declare. */
export function readBenchEntities(bench: Tree, aids: Pick<CheckAids, 'show'>): BenchFiles<Entity> {
  return readBenchFiles(bench, CATALOGUE, aids);
}

const CATALOGUE = {
  name: 'catalogue',
  word: 'backstage.io/',
  misfit: 'malformed-file' as const,
  parse: parseEntities,
};

/** Where the bench's catalogue and the run's spans differ about these services; nothing of others. */
export async function judgeCatalogue(
  { bench, telemetry }: StageRun,
  aids: CheckAids,
  services: readonly string[],
): Promise<readonly CheckFinding[]> {
  const entities = readBenchEntities(bench, aids);
  if (!entities.ok) return [entities.finding];
  await using store = await openStore({ threads: 1 });
  await loadSpans(store, telemetry.spans);
  const drift = findDrift(await buildCatalogue(store.engine, entities.read)).map(explainDrift);
  return foldByCode(drift.filter(({ service }) => services.includes(service))).map(toCheckFinding);
}

/** One mistake that was made for several services is told once, of the first. */
function foldByCode(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  return [...Map.groupBy(findings, ({ code }) => code).values()];
}

function toCheckFinding([first, ...others]: readonly Finding[]): CheckFinding {
  if (!first) throw new Error('A group without a finding.');
  const { code, service, message, hint, location } = first;
  const alike = [...new Set(others.map((other) => other.service))].filter((name) => name !== service);
  const more = alike.length === 0 ? '' : ` So it is with ${alike.map((name) => `\`${name}\``).join(', ')}.`;
  return findingOf({
    code,
    message: message + more,
    hint,
    service,
    times: 1 + others.length,
    ...(location && { location: `${location.file}:${location.line}` }),
  });
}
