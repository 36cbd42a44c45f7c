import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toJsonLines } from 'trace-shapes';
import { expect, test } from 'vitest';
import { run } from '../testing/command-line.ts';
import { SHOP_CATALOGUE } from '../testing/shop-catalogue.ts';
import { SHOP_SLOS } from '../testing/shop-slos.ts';
import { sketchOrder } from '../testing/sketch-shop.ts';
import { sketchSpans } from '../testing/sketch-spans.ts';
import { startPager } from '../testing/start-pager.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const FILES = ['--slo', 'slo.yaml', '--catalog', 'catalog', '--state', 'pages.json'];

test('pages once, keeps what could not be delivered, and gives the all-clear', async () => {
  await using folder = await shopFolder();
  await using pager = await startPager();
  const page = (spans: string) => run(folder.path, ['page', '--spans', spans, ...FILES, '--webhook', pager.url]);

  pager.answers.push(...Array.from({ length: 3 }, () => ({ status: 502, text: 'bad gateway' })));
  const lost = await page('bad.jsonl');
  expect(lost.exitCode).toBe(1);
  expect(lost.out.split('\n').at(-1)).toBe(
    `  ✗ not delivered: page for payments-team (payments/page), 3 attempts. ${pager.url}: it answered 502: bad gateway`,
  );
  expect(await openAndLost(folder.path)).toEqual([0, 1]);

  expect((await page('bad.jsonl')).out.split('\n').at(-1)).toBe(
    '  ✓ delivered: page for payments-team (payments/page)',
  );
  expect((await page('bad.jsonl')).exitCode).toBe(1);
  expect(await openAndLost(folder.path)).toEqual([1, 0]);

  const over = await page('good.jsonl');
  expect(over).toMatchObject({ exitCode: 0, out: expect.stringContaining('Nobody needs to be paged.') });
  expect(pager.received.map(({ status, alerts }) => [status, alerts[0]?.labels.owner])).toEqual([
    ['firing', 'payments-team'],
    ['resolved', 'payments-team'],
  ]);
  expect(await openAndLost(folder.path)).toEqual([0, 0]);
});

test('prints the page and the message without sending them when there is no webhook', async () => {
  await using folder = await shopFolder();
  const { exitCode, out } = await run(folder.path, ['page', '--spans', 'bad.jsonl', ...FILES]);
  expect(out).toMatchInlineSnapshot(`
    "  Page payments-team (#payments, PD1)
        \`orders-available\` burns, because of \`payments\`.
        90 % without error of \`POST /orders\`: budget overspent by 233.3 %, page: 6.67×
        over 15 s and 10× over 1.3 s, more than 6×.
        It began 2026-01-01T00:00:20.000Z, 9.1 s ago.
        1. \`payments\` \`POST /charges\`, 100 % of it: errors begin here: 10 of 10, before 0
        of 20.
        A trace that shows it: 00000000000000000000000000000015
        Runbook: https://runbooks.example/payments

        To storefront: \`POST /orders\` of \`shop\` breaks its promise since
        2026-01-01T00:00:20.000Z.
        You may see it in \`shop\`, which is on the way to it. The cause is in \`payments\`;
        payments-team is paged.
        There is nothing for you to do. We write again when it is over."
  `);
  expect(exitCode).toBe(1);
});

test('says in one line what it cannot do with, and leaves the state as it was', async () => {
  await using folder = await shopFolder();
  await writeFile(join(folder.path, 'pages.json'), '{"open": 1}');
  const { exitCode, err } = await run(folder.path, ['page', '--spans', 'bad.jsonl', ...FILES]);
  expect({ exitCode, err }).toEqual({
    exitCode: 2,
    err: 'pages.json: it is not a book of pages. Name another file, or delete it to begin anew.',
  });
  expect(await readFile(join(folder.path, 'pages.json'), 'utf8')).toBe('{"open": 1}');
  expect(await run(folder.path, ['page', '--webhook', 'pager'])).toMatchObject({
    exitCode: 2,
    err: '--webhook must be a URL such as http://127.0.0.1:9093/hook, not `pager`.',
  });
});

async function openAndLost(folder: string): Promise<readonly number[]> {
  const { open, undelivered } = JSON.parse(await readFile(join(folder, 'pages.json'), 'utf8'));
  return [open.length, undelivered.length];
}

async function shopFolder() {
  const folder = await temporaryFolder();
  const orders = (failing: boolean) =>
    toJsonLines({
      spans: sketchSpans(
        ...Array.from(
          { length: 30 },
          (_, i) => [i * 1000, sketchOrder('1.0.0', { failing: failing && i >= 20 })] as const,
        ),
      ),
      logs: [],
      metrics: [],
    });
  await writeFile(join(folder.path, 'bad.jsonl'), orders(true));
  await writeFile(join(folder.path, 'good.jsonl'), orders(false));
  await writeFile(join(folder.path, 'slo.yaml'), SHOP_SLOS);
  await writeFile(join(folder.path, 'catalog'), SHOP_CATALOGUE);
  return folder;
}
