import {
  decidePages,
  type Entity,
  joinCatalogue,
  judgeObjectives,
  likeliestCause,
  loadFile,
  type Objective,
  openStore,
  type Page,
  type SeenService,
  seeServices,
} from 'service-ownership';
import { type RecordedIncident, readIncidents, SPEED, spansOf } from './recorded-incidents.ts';

/** By what is paged: the promises, the catalogue, and what today's telemetry says of who owns what. */
export type OnCall = {
  readonly objectives: readonly Objective[];
  readonly entities: readonly Entity[];
  readonly seen: readonly SeenService[];
};

/** A night with whom it would have woken. */
export type PagedNight = {
  readonly incident: RecordedIncident;
  /** By the rule of the shop's README, "If payments time out, it is the gateway": the service whose owner is called. */
  readonly before: string;
  /** By objectives and traces. */
  readonly pages: readonly Page[];
  /** Who should have been woken; `undefined` where nobody owns the cause. */
  readonly owner: string | undefined;
};

/** Pages the recorded nights, as whoever is on call today would. */
export async function pageNights(dir: string, onCall: OnCall): Promise<readonly PagedNight[]> {
  const nights: PagedNight[] = [];
  for (const incident of await readIncidents(dir)) nights.push(await pageNight(dir, incident, onCall));
  return nights;
}

async function pageNight(dir: string, incident: RecordedIncident, onCall: OnCall): Promise<PagedNight> {
  await using store = await openStore({ threads: 1 });
  await loadFile(store, spansOf(dir, incident));
  const { engine } = store;
  const catalogue = joinCatalogue(withOwnersOf(onCall.seen, await seeServices(engine)), onCall.entities);
  const nowMs = Date.parse(incident.at);
  const statuses = await judgeObjectives(engine, onCall.objectives, { nowMs, speed: SPEED });
  const pages = await decidePages(statuses, { engine, catalogue, findCause: likeliestCause(engine), nowMs });
  const owner = catalogue.services.find(({ name }) => name === incident.service)?.owner;
  return { incident, before: firstSuspect(incident), pages, owner };
}

/** Services change hands: what counts is who owns them today. */
function withOwnersOf(today: readonly SeenService[], then: readonly SeenService[]): readonly SeenService[] {
  return then.map((service) => {
    const owners = today.find(({ name }) => name === service.name)?.owners ?? [];
    return { ...service, owners };
  });
}

/** Whom the log names; whoever reads it at night knows no more. */
function firstSuspect({ warnings }: RecordedIncident): string {
  return warnings.some(({ text }) => text.includes('payment gateway timeout')) ? 'payments' : 'shop';
}
