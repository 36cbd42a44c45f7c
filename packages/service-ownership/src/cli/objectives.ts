import { resolve } from 'node:path';
import { buildCatalogue } from '../catalogue/build-catalogue.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { explainUnmeasured } from '../explain/explain-unmeasured.ts';
import { findUnmeasured } from '../objectives/find-unmeasured.ts';
import type { ObjectiveClock } from '../objectives/judge-objectives.ts';
import { lastMoment } from '../objectives/last-moment.ts';
import { reportObjectives } from '../objectives/report-objectives.ts';
import type { Objective } from '../read/objective.ts';
import { readObjectives } from '../read/openslo.ts';
import { renderFindings } from '../render/render-findings.ts';
import { renderObjectives } from '../render/render-objectives.ts';
import type { Engine } from '../store/engine.ts';
import { readEntities } from './catalog.ts';
import { openSpans } from './open-spans.ts';
import { COMMON_OPTIONS, type Options, parseArguments, toNumber } from './parse-arguments.ts';
import { type Surroundings, UsageError } from './surroundings.ts';

/** `ownership objectives`: which promises hold, for all teams. Returns 1 if one burns, is broken or cannot be measured. */
export async function objectives(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseArguments(args, OPTIONS);
  const declared = await readSlos(options.slo, surroundings);
  const entities = await readEntities(options.catalog, surroundings);
  await using store = await openSpans(options, surroundings);
  const clock = await clockOf(options, store.engine, surroundings);
  const catalogue = await buildCatalogue(store.engine, entities);
  const statuses = await reportObjectives(store.engine, declared, clock);
  const owned = statuses.map((status) => ({ status, owner: ownerOf(status.objective, catalogue) }));
  const findings = findUnmeasured(statuses, catalogue).map(explainUnmeasured);
  if (options.json) {
    const plain = owned.map(({ status, owner }) => ({ owner, ...status }));
    surroundings.print(JSON.stringify({ at: clock, objectives: plain, findings }, undefined, 2));
  } else {
    surroundings.print(renderObjectives(owned, surroundings));
    if (findings.length > 0) surroundings.print(renderFindings(findings, '', surroundings));
  }
  const isWell = statuses.every(({ state }) => state === 'kept' || state === 'no-data') && findings.length === 0;
  return isWell ? 0 : 1;
}

/** Who answers for an objective: the owner of its service, or else the team that its file names. */
export function ownerOf({ service, team }: Objective, { services }: Catalogue): string {
  return services.find(({ name }) => name === service)?.owner ?? team ?? 'nobody';
}

/** The objectives of the files that `--slo` names, or of those to fall back on; throws a `UsageError` without any. */
export async function readSlos(named: readonly string[], surroundings: Surroundings): Promise<readonly Objective[]> {
  const all = await readSlosIfAny(named, surroundings);
  if (all.length > 0) return all;
  const paths = pathsOf(named, surroundings);
  throw new UsageError(
    paths.length === 0
      ? 'No objectives. Name a file of OpenSLO v1: --slo FILE.'
      : `${paths.join(', ')}: there is no SLO in it. Expected \`apiVersion: openslo/v1\` and \`kind: SLO\`.`,
  );
}

/** The same for those who have something to say without any. */
export async function readSlosIfAny(
  named: readonly string[],
  surroundings: Surroundings,
): Promise<readonly Objective[]> {
  const paths = pathsOf(named, surroundings);
  const read = await Promise.all(paths.map((path) => readObjectives(resolve(surroundings.cwd, path), path)));
  return read.flat();
}

function pathsOf(named: readonly string[], { defaultSlo }: Surroundings): readonly string[] {
  return named.length > 0 || defaultSlo === undefined ? named : [defaultSlo];
}

/** The time that `--at` names, or the end of the last span; and how fast it goes. */
export async function clockOf(
  { at, speed }: { readonly at?: string | undefined; readonly speed: string },
  engine: Engine,
  { now }: Surroundings,
): Promise<ObjectiveClock> {
  const nowMs = at === undefined ? ((await lastMoment(engine)) ?? now()) : at === 'now' ? now() : Date.parse(at);
  if (Number.isNaN(nowMs))
    throw new UsageError(`--at must be a time such as 2026-11-21T02:10:00Z, or now, not \`${at}\`.`);
  return { nowMs, speed: toNumber(speed, '--speed', [0.001, 1_000_000]) };
}

/** The options of commands that judge objectives. */
export const OBJECTIVE_OPTIONS = {
  slo: { type: 'string', multiple: true, default: [] },
  catalog: { type: 'string' },
  at: { type: 'string' },
  speed: { type: 'string', default: '1' },
} as const satisfies Options;

const OPTIONS = { ...COMMON_OPTIONS, ...OBJECTIVE_OPTIONS } as const;
