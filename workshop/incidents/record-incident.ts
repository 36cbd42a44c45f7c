import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startReceiver, type Telemetry, waitUntilQuiet } from 'trace-shapes';
import { createAppLog, type LogLine } from '../app/app-log.ts';
import type { RunningApp } from '../app/running-app.ts';
import { KEEP_ALL } from '../app/signals.ts';
import { nameDatabase } from '../check/name-database.ts';
import type { Bay } from '../check/run-stage.ts';
import { startWholeApp } from '../check/start-whole-app.ts';
import { openPool } from '../scenario/open-pool.ts';
import { shopUrls } from '../scenario/running-shop.ts';
import type { Tree } from '../stages/tree.ts';
import { customersOfTheDrop, fillBaskets, orderAll, ordinaryCustomers } from './customers.ts';
import { type Deploy, filesOfDeploy } from './deploys.ts';
import type { Incident } from './incident.ts';

/** A night as it was: what the shop sent and printed, and the moment at which whoever is on call looks. */
export type IncidentRun = {
  readonly telemetry: Telemetry;
  readonly log: readonly LogLine[];
  /** Milliseconds since the epoch. */
  readonly beganMs: number;
};

/** A copy of the app to record on. */
export type IncidentApp = { readonly dir: string; readonly tree: Tree; readonly signal: AbortSignal };

/** Lets an ordinary evening pass on one copy of the app, then the night of an incident. Takes half a minute. */
export async function recordIncident(
  bay: Bay,
  incident: Incident,
  { dir, tree, signal }: IncidentApp,
): Promise<IncidentRun> {
  const log = createAppLog();
  await using database = await bay.server.cloneDatabase({ sql: bay.sql });
  await using receiver = await startReceiver();
  const { url: databaseUrl } = database;
  const rest = { otlpEndpoint: receiver.endpoint, signals: ['traces'] as const, env: { ...KEEP_ALL, ...incident.env } };
  const start = await startWholeApp(bay, { ...{ dir, dirName: dir, databaseUrl, log, signal }, ...rest });
  if (!start.ok) throw new Error(start.finding.message);
  await using app = start.app;
  await using pool = openPool(databaseUrl);
  const desk = { shopUrl: shopUrls(app.urls).shop, database: pool, signal };

  const [evening, night] = [
    ordinaryCustomers(EVENING),
    (incident.isDrop ? customersOfTheDrop : ordinaryCustomers)(NIGHT),
  ];
  // What is slow from the beginning, as the first requests of all are, is nobody's doing that night.
  await orderAll(desk, await fillBaskets(desk, ordinaryCustomers(4)), EVERY_MS);
  const [early, late] = [await fillBaskets(desk, evening), await fillBaskets(desk, night)];
  await orderAll(desk, early, EVERY_MS);
  if (incident.deploy) await deployOn(app, dir, tree, incident.deploy);
  if (incident.restarts) await app.restart(incident.restarts);
  const beganMs = Date.now();
  await incident.cause?.begin(desk);
  await Promise.all([orderAll(desk, late, incident.everyMs ?? EVERY_MS), incident.cause?.end(desk)]);

  await waitUntilQuiet(receiver, { quietMs: 300, deadlineMs: 3_000, signal });
  await app.stop();
  const { telemetry } = receiver;
  const spans = nameDatabase(telemetry.spans, databaseUrl);
  return { telemetry: { ...telemetry, spans }, log: log.lines(), beganMs };
}

/** As a deploy does: other files, and one process started again. */
async function deployOn(app: RunningApp, dir: string, tree: Tree, deploy: Deploy): Promise<void> {
  for (const [path, content] of filesOfDeploy(tree, deploy)) await writeFile(join(dir, path), content);
  await app.restart(deploy.service);
}

/** Fifteen seconds of peace, and seven of the night. */
const EVENING = 48;
const NIGHT = 24;
const EVERY_MS = 300;
