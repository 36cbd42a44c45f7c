import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Burn, ObjectiveStatus } from '../objectives/objective-status.ts';
import type { Engine } from '../store/engine.ts';
import { affectedBy } from './affected.ts';
import type { FindCause, Suspect, TimeSpan } from './cause.ts';
import { findExemplar } from './find-exemplar.ts';
import { findOnset } from './find-onset.ts';
import type { Page } from './page.ts';

/** What a page is decided from. */
export interface PageGrounds {
  readonly engine: Engine;
  readonly catalogue: Catalogue;
  readonly findCause: FindCause;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/**
 * The pages that are due: one for each cause, to its owner, whatever burns because of it. Derived objectives page nobody:
 * they say where a promise at the edge is lost, and that promise pages.
 */
export async function decidePages(
  statuses: readonly ObjectiveStatus[],
  grounds: PageGrounds,
): Promise<readonly Page[]> {
  const burning = statuses
    .filter(({ objective, firing }) => objective.origin.kind === 'declared' && firing)
    .sort((a, b) => severityOf(a.firing) - severityOf(b.firing));
  const causes: Caused[] = [];
  for (const status of burning) causes.push(await findCaused(status, grounds));
  const settled = causes.map((caused) => ({ ...caused, suspects: clearestOf(caused, causes).suspects }));
  const byService = Map.groupBy(settled, ({ suspects, status }) => suspects[0]?.service ?? status.objective.service);
  return Promise.all([...byService].map(([service, group]) => toPage(service, group, grounds)));
}

/**
 * What burns together at one operation has one cause: who waits too long gives up in the end, and fails. It is taken from
 * the objective whose cause is surest, and among those from the one that burned first.
 */
function clearestOf(caused: Caused, causes: readonly Caused[]): Caused {
  const { service, operation } = caused.status.objective;
  const together = causes.filter(
    ({ status: { objective } }) => objective.service === service && objective.operation === operation,
  );
  return together.toSorted((a, b) => surenessOf(b) - surenessOf(a) || a.after.fromMs - b.after.fromMs).at(0) ?? caused;
}

function surenessOf({ suspects: [first] }: Caused): number {
  if (first?.reasons.some(({ kind }) => kind === 'held')) return 2;
  return first?.chance === undefined ? 0 : 1;
}

interface Caused {
  readonly status: ObjectiveStatus;
  readonly before: TimeSpan;
  readonly after: TimeSpan;
  readonly suspects: readonly Suspect[];
}

/** Looks back twice as far as the long window: what began within it has as much time before it. */
async function findCaused(status: ObjectiveStatus, { engine, findCause, nowMs }: PageGrounds): Promise<Caused> {
  const { objective, firing } = status;
  const longMs = firing?.longMs ?? 0;
  const onsetMs = await findOnset(engine, objective, { fromMs: nowMs - 2 * longMs, toMs: nowMs });
  const before = { fromMs: onsetMs - 2 * longMs, toMs: onsetMs };
  const after = { fromMs: onsetMs, toMs: nowMs + 1 };
  return { status, before, after, suspects: (await findCause({ objective, before, after })).slice(0, MOST) };
}

async function toPage(service: string, group: readonly Caused[], { engine, catalogue }: PageGrounds): Promise<Page> {
  const [first] = group;
  if (!first) throw new Error('A page without an objective.');
  const { before, after, suspects, status } = first;
  const entry = catalogue.services.find(({ name }) => name === service);
  const severity = status.firing?.severity ?? 'ticket';
  return {
    fingerprint: `${service}/${severity}`,
    severity,
    owner: entry?.owner ?? status.objective.team ?? 'nobody',
    service,
    hasCause: suspects.length > 0,
    objectives: group.map((one) => one.status),
    suspects,
    before,
    after,
    exemplarTraceId:
      (await findExemplar(engine, status.objective, after, service)) ??
      (await findExemplar(engine, status.objective, after, status.objective.service)),
    newVersion: entry?.seen?.versions.slice(1).findLast(({ firstSeenMs }) => isNear(firstSeenMs, before, after))
      ?.version,
    runbook: entry?.runbook,
    chat: entry?.chat,
    pager: entry?.pager,
    affected: affectedBy(service, status.objective.service, catalogue),
  };
}

/** Whether a moment is about when something began: no earlier than a quarter of the time before it. */
function isNear(ms: number, before: TimeSpan, after: TimeSpan): boolean {
  return ms >= before.toMs - (before.toMs - before.fromMs) / 4 && ms < after.toMs;
}

function severityOf(burn: Burn | undefined): number {
  return burn?.severity === 'page' ? 0 : 1;
}

const MOST = 5;
