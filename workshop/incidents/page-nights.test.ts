import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocuments, parseEntities, parseObjectives } from 'service-ownership';
import { runCommand } from 'service-ownership/cli';
import { expect, test } from 'vitest';
import { solutionTree } from '../stages/stage-trees.ts';
import { writeTree } from '../stages/write-tree.ts';
import { pageNights } from './page-nights.ts';
import { incidentsDir } from './recorded-incidents.ts';

const root = join(import.meta.dirname, '../..');
const tree = await solutionTree(root, 13);
const documents = [...tree]
  .filter(([path]) => path.endsWith('.yaml'))
  .flatMap(([path, content]) => parseDocuments(content.toString('utf8'), path));
const objectives = parseObjectives(documents);

test('of nine nights the log has payments woken in seven, once rightly, and the traces in that one', async () => {
  const nights = await pageNights(incidentsDir(root), { objectives, entities: parseEntities(documents), seen: [] });
  const table = nights.map(
    ({ incident, before, pages }) =>
      `${incident.name}: ${before} → ${pages.map(({ owner, service }) => `${owner} for ${service}`).join(' and ')}`,
  );
  expect(table.join('\n')).toMatchInlineSnapshot(`
    "1-last-night: payments → back-office for worker
    2-delivery: payments → back-office for worker
    3-customer-export: payments → back-office for worker
    4-card-gateway: payments → payments for payments
    5-leak: payments → storefront for shop
    6-label-printer: payments → cellar for warehouse
    7-report-by-hand: payments → back-office for worker
    8-recount: shop → cellar for warehouse
    9-price-list: shop → storefront for shop"
  `);
  expect(nights.map(({ pages }) => pages[0]?.service)).toEqual(nights.map(({ incident }) => incident.service));
});

test('the exercise quotes the page of last night as the command prints it', async () => {
  const page = await readFile(join(root, 'exercises/13-keep-a-promise/README.md'), 'utf8');
  const [, command = '', quoted = ''] = /-- (page [^\n]+)\n```\n.*?```\n(.*?)\n```/s.exec(page) ?? [];
  const printed = await printPage(command.split(' '));
  const parts = quoted.split(/\n *…\n/);
  expect(parts).toHaveLength(3);
  for (const part of parts) expect(printed).toContain(part);
});

test('without an owner of the cause it wakes those who made the promise', async () => {
  const entities = parseEntities(documents).filter(({ name }) => name !== 'worker');
  const nights = await pageNights(incidentsDir(root), { objectives, entities, seen: [] });
  const owners = nights.filter(({ incident }) => incident.service === 'worker').map(({ pages }) => pages[0]?.owner);
  expect(new Set(owners)).toEqual(new Set(['storefront']));
});

/** What a command of the package prints for the bench of the solution, where it is called as the learner calls it. */
async function printPage(args: readonly string[]): Promise<string> {
  const bench = await mkdtemp(join(tmpdir(), 'untangle-nights-'));
  const lines: string[] = [];
  const print = (text: string) => lines.push(text);
  const signal = new AbortController().signal;
  const ends = { cwd: root, width: 80, colour: false, print, note: print, now: Date.now, signal };
  try {
    await writeTree(bench, tree);
    await runCommand(args, { ...ends, spillDir: join(bench, 'spill'), defaultCatalog: bench, defaultSlo: bench });
  } finally {
    await rm(bench, { recursive: true });
  }
  return lines.join('\n');
}
