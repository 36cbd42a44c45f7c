import { join } from 'node:path';
import { parseDocuments, parseEntities, parseObjectives } from 'service-ownership';
import { expect, test } from 'vitest';
import { solutionTree } from '../stages/stage-trees.ts';
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

test('without an owner of the cause it wakes those who made the promise', async () => {
  const entities = parseEntities(documents).filter(({ name }) => name !== 'worker');
  const nights = await pageNights(incidentsDir(root), { objectives, entities, seen: [] });
  const owners = nights.filter(({ incident }) => incident.service === 'worker').map(({ pages }) => pages[0]?.owner);
  expect(new Set(owners)).toEqual(new Set(['storefront']));
});
