import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Incident, parseIncident } from '../check/incident.ts';

/** What the learner thinks by now, or `undefined` where there is no INCIDENT.md. */
export async function readIncident(dir: string): Promise<Incident | undefined> {
  const text = await readFile(join(dir, 'INCIDENT.md'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseIncident(text);
}
