import { expect, test } from 'vitest';
import { buildCatalogue } from '../catalogue/build-catalogue.ts';
import { draftMessage, explainPage } from '../explain/page-words.ts';
import { judgeObjectives } from '../objectives/judge-objectives.ts';
import { parseEntities } from '../read/entity.ts';
import { parseObjectives } from '../read/openslo.ts';
import { parseDocuments } from '../read/read-documents.ts';
import { SHOP_CATALOGUE } from '../testing/shop-catalogue.ts';
import { SHOP_SLOS } from '../testing/shop-slos.ts';
import { sketchOrder } from '../testing/sketch-shop.ts';
import { EPOCH_MS, type Sketch, sketchSpans } from '../testing/sketch-spans.ts';
import { storeOf } from '../testing/store-of.ts';
import { decidePages } from './decide-pages.ts';
import { suspectsByOwn } from './suspects-by-own.ts';

test('pages the owner of the service where the errors begin, and not of the one that promised', async () => {
  const { pages } = await pagesOf((i) => sketchOrder(i < 20 ? '1.0.0' : '1.1.0', { failing: i >= 20 }));
  expect(pages).toMatchObject([
    {
      owner: 'payments-team',
      service: 'payments',
      severity: 'page',
      hasCause: true,
      newVersion: '1.1.0',
      runbook: 'https://runbooks.example/payments',
      pager: 'PD1',
      exemplarTraceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      suspects: [{ service: 'payments', operation: 'POST /charges', effect: 1 }],
      affected: [{ owner: 'storefront', services: ['shop'], chat: '#storefront' }],
    },
  ]);
});

test('pages the owner of the service whose own time grew', async () => {
  const { pages } = await pagesOf((i) => (i < 20 ? sketchOrder('1.0.0') : slowStock()));
  expect(pages).toMatchObject([{ owner: 'storefront', service: 'warehouse', affected: [] }]);
  expect(pages[0]?.objectives.map(({ objective }) => objective.name)).toEqual(['orders-quick']);
});

test('tells when it began', async () => {
  const { pages } = await pagesOf((i) => sketchOrder('1.0.0', { failing: i >= 20 }));
  expect(pages[0]?.after.fromMs).toBe(EPOCH_MS + 20_000);
});

test('says when there is nothing from before to compare with', async () => {
  const { pages } = await pagesOf(() => slowPayments('unset'));
  expect(pages).toMatchObject([{ service: 'payments', after: { fromMs: EPOCH_MS } }]);
  expect(pages[0] && explainPage(pages[0]).lines.find((line) => line.startsWith('1.'))).toBe(
    '1. `payments` `POST /charges`, 87 % of it: its own time on the critical path is 348 ms a request; there is nothing from before to compare with.',
  );
});

test('sends one page for two promises that burn for one cause', async () => {
  const { pages } = await pagesOf((i) =>
    i < 20 ? sketchOrder('1.0.0') : i % 3 ? slowPayments('unset') : slowPayments('error'),
  );
  expect(pages.map(({ service, objectives }) => [service, objectives.length])).toEqual([['payments', 2]]);
});

test('pages the owner of the promise when no cause stands out', async () => {
  const { pages } = await pagesOf(
    (i) => sketchOrder('1.0.0', { failing: i >= 20 }),
    async () => [],
  );
  expect(pages).toMatchObject([{ owner: 'storefront', service: 'shop', hasCause: false, suspects: [] }]);
  expect(pages[0] && explainPage(pages[0]).summary).toBe('`orders-available` burns; no cause stands out.');
});

test('pages nobody while all is well', async () => {
  const { pages, statuses } = await pagesOf(() => sketchOrder('1.0.0'));
  expect(statuses.map(({ requests }) => requests.total)).toEqual([30, 30]);
  expect(pages).toEqual([]);
});

test('says the evidence to the owner of the cause, and drafts a message for those who feel it', async () => {
  const { pages } = await pagesOf((i) => sketchOrder(i < 20 ? '1.0.0' : '1.1.0', { failing: i >= 20 }));
  const [page] = pages;
  if (!page) throw new Error('No page came.');
  const { summary, lines } = explainPage(page);
  expect([summary, ...lines].join('\n')).toMatchInlineSnapshot(`
    "\`orders-available\` burns, because of \`payments\`.
    90 % without error of \`POST /orders\`: budget overspent by 233.3 %, page: 6.67× over 15 s and 10× over 1.3 s, more than 6×.
    It began 2026-01-01T00:00:20.000Z, 9.5 s ago.
    Since about then \`payments\` runs version 1.1.0.
    1. \`payments\` \`POST /charges\`, 100 % of it: 10 errors in 10 requests began here; none before.
    A trace that shows it: 00000000000000000000000000000015
    Runbook: https://runbooks.example/payments"
  `);
  expect(page.affected.map((one) => draftMessage(page, one)).join('\n')).toMatchInlineSnapshot(`
    "To storefront: \`POST /orders\` of \`shop\` breaks its promise since 2026-01-01T00:00:20.000Z.
    You may see it in \`shop\`, which is on the way to it. The cause is in \`payments\`; payments-team is paged.
    There is nothing for you to do. We write again when it is over."
  `);
});

/** An order a second for half a minute, and the pages at its end. */
async function pagesOf(order: (i: number) => Sketch, findCause?: ReturnType<typeof suspectsByOwn>) {
  const orders = Array.from({ length: 30 }, (_, i) => [i * 1000, order(i)] as const);
  await using store = await storeOf(sketchSpans(...orders));
  const { engine } = store;
  const catalogue = await buildCatalogue(engine, parseEntities(parseDocuments(SHOP_CATALOGUE, 'catalog-info.yaml')));
  const nowMs = EPOCH_MS + 29_500;
  const statuses = await judgeObjectives(engine, parseObjectives(parseDocuments(SHOP_SLOS, 'slo.yaml')), { nowMs });
  const grounds = { engine, catalogue, findCause: findCause ?? suspectsByOwn(engine), nowMs };
  return { statuses, pages: await decidePages(statuses, grounds) };
}

/** The warehouse's database takes 300 ms longer. */
function slowStock(): Sketch {
  return {
    name: 'POST /orders',
    service: 'shop',
    at: [0, 400],
    children: [
      {
        name: 'POST',
        service: 'shop',
        kind: 'client',
        at: [5, 330],
        children: [
          {
            name: 'POST /reservations',
            service: 'warehouse',
            at: [6, 328],
            children: [{ name: 'UPDATE stock', service: 'warehouse', kind: 'client', at: [8, 320] }],
          },
        ],
      },
      {
        name: 'POST',
        service: 'shop',
        kind: 'client',
        at: [340, 50],
        children: [{ name: 'POST /charges', service: 'payments', at: [341, 48] }],
      },
    ],
  };
}

function slowPayments(status: 'unset' | 'error'): Sketch {
  return {
    name: 'POST /orders',
    service: 'shop',
    at: [0, 400],
    status,
    children: [
      {
        name: 'POST',
        service: 'shop',
        kind: 'client',
        at: [40, 350],
        status,
        children: [{ name: 'POST /charges', service: 'payments', at: [41, 348], status }],
      },
    ],
  };
}
