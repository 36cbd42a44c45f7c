import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explainDrift } from '../explain/explain-drift.ts';
import { parseEntities } from '../read/entity.ts';
import { readCatalogue } from '../read/read-catalogue.ts';
import { parseDocuments } from '../read/read-documents.ts';
import { componentYaml, SHOP_CATALOGUE } from '../testing/shop-catalogue.ts';
import { sketchOrders } from '../testing/sketch-shop.ts';
import { EPOCH_MS, sketchSpans } from '../testing/sketch-spans.ts';
import { storeOf } from '../testing/store-of.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { buildCatalogue } from './build-catalogue.ts';
import { findDrift } from './find-drift.ts';
import { missingEntries } from './missing-entries.ts';
import { writeEntries } from './write-entries.ts';

test('knows every service with its operations, versions, callers, callees and databases', async () => {
  const { services } = await catalogueOf('');
  expect(services.map(({ name }) => name)).toEqual(['payments', 'shop', 'warehouse']);
  const [payments, shop, warehouse] = services.map(({ seen }) => seen);
  expect(shop).toMatchObject({
    spans: 12,
    operations: [{ name: 'POST /orders', kind: 'Server', calls: 3, errors: 1, p50Ms: 100, isEntry: true }],
    versions: [],
    callees: [
      { service: 'payments', calls: 3, errors: 1 },
      { service: 'warehouse', calls: 3, errors: 0 },
    ],
    callers: [],
    databases: [],
  });
  expect(payments).toMatchObject({
    owners: ['payments-team'],
    criticality: 'critical',
    versions: [
      { version: '1.0.0', spans: 2, firstSeenMs: EPOCH_MS + 41, lastSeenMs: EPOCH_MS + 1041 },
      { version: '1.1.0', spans: 1, firstSeenMs: EPOCH_MS + 2041, lastSeenMs: EPOCH_MS + 2041 },
    ],
    callers: [{ service: 'shop', calls: 3, errors: 1 }],
    operations: [{ name: 'POST /charges', isEntry: false }],
  });
  expect(warehouse).toMatchObject({ databases: [{ system: 'postgresql', name: 'Stock', calls: 3 }] });
});

test('knows callers and callees of spans that have no kind', async () => {
  await using store = await storeOf(
    sketchSpans([
      0,
      {
        name: 'Recv.',
        service: 'front',
        kind: 'unspecified',
        at: [0, 9],
        children: [{ name: 'Get', service: 'back', kind: 'unspecified', at: [1, 2] }],
      },
    ]),
  );
  const { services } = await buildCatalogue(store.engine, []);
  expect(services.map(({ seen }) => [seen?.callees, seen?.operations.map(({ name }) => name)])).toEqual([
    [[], ['Get']],
    [[{ service: 'back', calls: 1, errors: 0 }], ['Recv.']],
  ]);
});

test('joins what was seen with owner, tier, runbook, chat and pager of the files', async () => {
  const { services, owners } = await catalogueOf(SHOP_CATALOGUE);
  expect(
    services.map(({ name, owner, tier, runbook, chat, pager }) => [name, owner, tier, runbook, chat, pager]),
  ).toEqual([
    ['payments', 'payments-team', 'critical', 'https://runbooks.example/payments', '#payments', 'PD1'],
    ['shop', 'storefront', '1', 'https://runbooks.example/shop', '#storefront', undefined],
    ['warehouse', 'storefront', undefined, undefined, '#storefront', undefined],
  ]);
  expect(owners.map(({ name, services: owned }) => [name, owned])).toEqual([
    ['payments-team', ['payments']],
    ['storefront', ['shop', 'warehouse']],
  ]);
});

test('finds no drift where files and spans agree', async () => {
  expect(findDrift(await catalogueOf(SHOP_CATALOGUE))).toEqual([]);
});

test.each([
  [
    'no-owner, once, when nothing is said of a service at all',
    SHOP_CATALOGUE.replace(/name: warehouse/, 'name: ware'),
    ['no-owner warehouse', 'never-seen ware'],
  ],
  [
    'no-owner when the file leaves it empty',
    SHOP_CATALOGUE.replace('owner: storefront', "owner: ''"),
    ['no-owner shop'],
  ],
  [
    'two-owners when file and resource differ',
    SHOP_CATALOGUE.replace('owner: payments-team', 'owner: storefront'),
    ['two-owners payments'],
  ],
  [
    'two-owners when two files differ',
    `${SHOP_CATALOGUE}\n---\n${componentYaml('shop', 'payments-team')}`,
    ['two-owners shop'],
  ],
  [
    'two-owners and no more when one of them is unknown',
    SHOP_CATALOGUE.replace('owner: payments-team', 'owner: cashiers'),
    ['two-owners payments'],
  ],
  [
    'unknown-owner when no group has its name',
    SHOP_CATALOGUE.replace('owner: storefront', 'owner: group:storefrnt'),
    ['unknown-owner shop'],
  ],
  [
    'undeclared-service when only its resource names an owner',
    SHOP_CATALOGUE.replace('name: payments\n', 'name: pay\n'),
    ['undeclared-service payments', 'never-seen pay'],
  ],
  [
    'undeclared-dependency on a service',
    SHOP_CATALOGUE.replace('component:default/payments, ', ''),
    ['undeclared-dependency shop'],
  ],
  [
    'undeclared-dependency on a database',
    SHOP_CATALOGUE.replace('dependsOn: [resource:stock]', ''),
    ['undeclared-dependency warehouse'],
  ],
  [
    'never-seen when a declared service sends nothing',
    `${SHOP_CATALOGUE}\n---\n${componentYaml('fax', 'storefront')}`,
    ['never-seen fax'],
  ],
  [
    'nothing of a dependency on what was never seen, but that it was not',
    `${SHOP_CATALOGUE.replace('component:warehouse]', 'component:warehouse, fax]')}\n---\n${componentYaml('fax', 'storefront')}`,
    ['never-seen fax'],
  ],
  [
    'contradicted-dependency when the call is never made',
    SHOP_CATALOGUE.replace('[resource:stock]', '[resource:stock, payments]'),
    ['contradicted-dependency warehouse'],
  ],
])('finds %s', async (_title, yaml, expected) => {
  const found = findDrift(await catalogueOf(yaml)).map(({ code, service }) => `${code} ${service}`);
  expect(found.toSorted()).toEqual(expected.toSorted());
});

test('says each drift in a sentence, with what to do and where', async () => {
  const wrong = `${SHOP_CATALOGUE}\n---\n${componentYaml('fax', 'nobody')}`
    .replace('owner: payments-team', 'owner: cashiers')
    .replace('[resource:stock]', '[shop]');
  const findings = findDrift(await catalogueOf(wrong)).map(explainDrift);
  expect(
    findings
      .map(({ code, message, hint, location }) => `${code} ${location?.file}:${location?.line}\n${message}\n${hint}`)
      .join('\n\n'),
  ).toMatchInlineSnapshot(`
    "unknown-owner catalog-info.yaml:48
    \`fax\` is owned by \`nobody\` in \`catalog-info.yaml\`, which is no group and no user of the catalogue.
    There are \`payments-team\` and \`storefront\`. Name one of them, or declare \`nobody\` as a Group.

    never-seen catalog-info.yaml:45
    \`fax\` is declared, and not one span of it came.
    If it is gone, delete its entity. If it runs, check that its \`service.name\` is \`fax\`.

    two-owners catalog-info.yaml:20
    \`payments\` has 2 owners: \`cashiers\` in \`catalog-info.yaml\` and \`payments-team\` in \`service.owner.name\`.
    A page can go to only one of them. \`cashiers\` is no group and no user of the catalogue. Agree, and say the same in each place.

    undeclared-dependency catalog-info.yaml:22
    \`warehouse\` called the database \`Stock\` 3 times, and its \`dependsOn\` does not list it.
    Add \`resource:default/stock\` to \`spec.dependsOn\`, or remove the call.

    contradicted-dependency catalog-info.yaml:29
    \`warehouse\` declares that it depends on \`component:default/shop\`, and never called it: \`shop\` calls \`warehouse\`.
    Move it: \`shop\` depends on \`component:default/warehouse\`."
  `);
});

test('drafts an entry for each service that no file declares, and leaves files that are there', async () => {
  await using folder = await temporaryFolder();
  const catalogue = await catalogueOf('');
  await writeFile(join(folder.path, 'shop.catalog-info.yaml'), 'mine');
  expect(await writeEntries(folder.path, missingEntries(catalogue))).toEqual([
    'payments.catalog-info.yaml',
    'warehouse.catalog-info.yaml',
  ]);
  expect(await readdir(folder.path)).toHaveLength(3);
  expect(await readFile(join(folder.path, 'shop.catalog-info.yaml'), 'utf8')).toBe('mine');
  expect(await readFile(join(folder.path, 'warehouse.catalog-info.yaml'), 'utf8')).toMatchInlineSnapshot(`
    "# Written from the spans of this service. What is empty only people know: the owner, what it is for, its runbook and chat.
    apiVersion: backstage.io/v1alpha1
    kind: Component
    metadata:
      name: warehouse
      description: ""
      annotations:
        a8r.io/runbook: ""
        a8r.io/chat: ""
    spec:
      type: service
      lifecycle: production
      owner: ""
      dependsOn:
        - resource:default/stock
    "
  `);
  const [entity] = await readCatalogue(join(folder.path, 'payments.catalog-info.yaml'));
  expect(entity).toMatchObject({ name: 'payments', owner: { name: 'payments-team' } });
});

test('says file, line and field of an entity that is malformed', () => {
  const said = (yaml: string): string => {
    try {
      parseEntities(parseDocuments(yaml, 'catalog-info.yaml'));
    } catch (error) {
      return String(error);
    }
    return 'nothing was wrong';
  };
  expect(
    [
      said('a: [1'),
      said('apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {}'),
      said(
        'x: 1\n---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\nspec: { owner: [b] }',
      ),
      said('apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\nspec: { dependsOn: ["a b"] }'),
      said('a: &a [1]\nb: &b [*a, *a]'),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "MalformedInput: catalog-info.yaml: line 1: Flow sequence in block collection must be sufficiently indented and end with a ].
    MalformedInput: catalog-info.yaml: line 3, metadata.name: it is missing.
    MalformedInput: catalog-info.yaml: line 6, spec.owner: it is ["b"]; expected a text.
    MalformedInput: catalog-info.yaml: line 4, spec.dependsOn: "a b" is no reference; expected [kind:][namespace/]name.
    nothing was wrong"
  `);
});

async function catalogueOf(yaml: string) {
  await using store = await storeOf(sketchOrders());
  return await buildCatalogue(store.engine, parseEntities(parseDocuments(yaml, 'catalog-info.yaml')));
}
