// Records the nights of stage 13, those named or all, on the state that stage 12 leaves; all of them take some minutes.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSpans, openStore } from 'service-ownership';
import type { LogLine } from '../app/app-log.ts';
import { INCIDENTS } from '../incidents/incidents.ts';
import { recordIncident } from '../incidents/record-incident.ts';
import {
  incidentsDir,
  LIST_FILE,
  LOOK_AFTER_MS,
  type RecordedIncident,
  readIncidents,
  spansOf,
} from '../incidents/recorded-incidents.ts';
import { thinSpans } from '../incidents/thin-spans.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import { openApps } from './open-apps.ts';

const WARN = 40;
const root = join(import.meta.dirname, '../..');
const dir = incidentsDir(root);
await mkdir(dir, { recursive: true });
const named = process.argv.slice(2);
const recorded = new Map((await readIncidents(dir).catch(() => [])).map((one) => [one.name, one]));
await using apps = await openApps(root);
const tree = await solutionTree(root, 12);

for (const [place, incident] of INCIDENTS.entries()) {
  if (named.length > 0 && !named.includes(incident.name)) continue;
  const { signal } = new AbortController();
  const run = await recordIncident(apps.bay, incident, { dir: await apps.write(tree), tree, signal });
  const moveMs = Date.UTC(2026, 10, 20 - 7 * place, 2) - run.beganMs;
  const count = await writeSpans(
    spansOf(dir, incident),
    thinSpans(run.telemetry.spans, { moveMs, firstId: (place + 1) * 1_000_000 }),
  );
  const { name, title, service } = incident;
  const at = new Date(run.beganMs + moveMs + LOOK_AFTER_MS).toISOString();
  recorded.set(name, { name, title, service, at, warnings: countWarnings(run.log) });
  const list = INCIDENTS.flatMap((one) => recorded.get(one.name) ?? []);
  await writeFile(join(dir, LIST_FILE), `${JSON.stringify(list, undefined, 2)}\n`);
  console.log(`${name}: ${count} spans`);
}

async function writeSpans(path: string, spans: ReturnType<typeof thinSpans>): Promise<number> {
  await using store = await openStore();
  await loadSpans(store, spans);
  const all = 'SELECT * EXCLUDE ("Window") FROM otel_traces ORDER BY "Timestamp"';
  await store.connection.run(`COPY (${all}) TO '${path}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19)`);
  return spans.length;
}

function countWarnings(log: readonly LogLine[]): RecordedIncident['warnings'] {
  const warnings = log.flatMap(({ process: service, line }) => {
    const { level, msg } = parse(line);
    return level !== undefined && level >= WARN ? [{ service, text: String(msg).replace(/:\d{4,5}\b/, '') }] : [];
  });
  const alike = Map.groupBy(warnings, ({ service, text }) => `${service} ${text}`).values();
  return [...alike].flatMap(([first, ...others]) => (first ? [{ ...first, times: 1 + others.length }] : []));
}

function parse(line: string): { readonly level?: number; readonly msg?: unknown } {
  return line.startsWith('{') ? JSON.parse(line) : {};
}
