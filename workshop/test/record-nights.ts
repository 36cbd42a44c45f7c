// Records last night at the solutions of stages, those named or all, for the test of what each of them explains of it;
// all of them take some minutes.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNight } from '../replay/run-night.ts';
import { listStages } from '../stages/list-stages.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import { openApps } from './open-apps.ts';
import { sketchNight } from './sketch-night.ts';

const root = join(import.meta.dirname, '../..');
const nights = join(import.meta.dirname, 'nights');
await mkdir(nights, { recursive: true });
await using apps = await openApps(root);
const named = process.argv.slice(2);
const stages = (await listStages(root)).filter(({ name }) => named.length === 0 || named.includes(name));
for (const { name, number, signals } of stages) {
  const dir = await apps.write(await solutionTree(root, number));
  const { signal } = new AbortController();
  const result = await runNight(apps.bay, { dir, dirName: 'workbench', signals, signal, onProgress: () => {} });
  if (!result.ok) throw new Error(`${name}: ${result.finding.message}`);
  const { hanging } = result.run.facts;
  const spans = sketchNight(result.run).map((span) => JSON.stringify(span));
  const { startedAtMs, ...customer } = hanging;
  const text = `{ "hanging": ${JSON.stringify(customer)}, "spans": [\n${spans.join(',\n')}\n] }\n`;
  await writeFile(join(nights, `${name}.json`), text);
  console.log(`${name}: ${spans.length} spans`);
}
