import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toJsonLines } from 'trace-shapes';
import { expect, test } from 'vitest';
import { run } from '../testing/command-line.ts';
import { SHOP_CATALOGUE } from '../testing/shop-catalogue.ts';
import { SHOP_SLOS } from '../testing/shop-slos.ts';
import { sketchOrder } from '../testing/sketch-shop.ts';
import { sketchSpans } from '../testing/sketch-spans.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const FILES = ['--spans', 'spans.jsonl', '--slo', 'slo.yaml', '--catalog', 'catalog'];

test('reports all teams by the same measure, and exits with 1 when a promise burns', async () => {
  await using folder = await shopFolder();
  const { exitCode, out } = await run(folder.path, ['objectives', ...FILES]);
  expect(out).toMatchInlineSnapshot(`
    "  orders-available, storefront
        90 % ok: is 66.7 %, budget overspent by 233.3 %, burning (page)
        48 % on payments POST /charges, payments-team
          95.2 % ok: is 66.7 %, budget overspent by 594.4 %, burning (page)
        28 % on warehouse POST /reservations, storefront
          97.2 % ok: is 100 %, budget 100 % left, kept
      orders-quick, storefront
        75 % in 200 ms: is 100 %, budget 100 % left, kept
        48 % on payments POST /charges, payments-team
          75 % in 96 ms: is 100 %, budget 100 % left, kept
        28 % on warehouse POST /reservations, storefront
          75 % in 56 ms: is 100 %, budget 100 % left, kept

      orders-available: page: 6.67× over 15 s and 10× over 1.3 s, more than 6×
      orders-available › payments POST /charges: page: 20.8× over 2.5 s and 20.8× over 208 ms,
      more than 14.4×
    "
  `);
  expect(exitCode).toBe(1);
});

test('exits with 0 at a time when all were kept', async () => {
  await using folder = await shopFolder();
  const { exitCode, out } = await run(folder.path, ['objectives', ...FILES, '--at', '2026-01-01T00:00:15Z', '--json']);
  const { objectives } = JSON.parse(out);
  expect(objectives.map(({ state, owner }: { state: string; owner: string }) => `${owner} ${state}`)).toEqual([
    'storefront kept',
    'payments-team kept',
    'storefront kept',
    'storefront kept',
    'payments-team kept',
    'storefront kept',
  ]);
  expect(exitCode).toBe(0);
});

test('says when an objective is about what no span shows', async () => {
  await using folder = await shopFolder();
  await writeFile(join(folder.path, 'slo.yaml'), SHOP_SLOS.replaceAll('POST /orders', 'POST /order'));
  const { exitCode, out } = await run(folder.path, ['objectives', ...FILES]);
  expect(out.slice(out.indexOf('✗'))).toMatchInlineSnapshot(`
    "✗ wrong-objective: \`orders-available\` promises something of \`POST /order\`, and \`shop\`
        never did that.
        There are \`POST /orders\`.
        slo.yaml:1

      ✗ wrong-objective: \`orders-quick\` promises something of \`POST /order\`, and \`shop\`
        never did that.
        There are \`POST /orders\`.
        slo.yaml:23"
  `);
  expect(exitCode).toBe(1);
});

test('says in one line what it cannot do with', async () => {
  await using folder = await shopFolder();
  const said = async (...args: readonly string[]) => {
    const { exitCode, out, err } = await run(folder.path, ['objectives', '--spans', 'spans.jsonl', ...args]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    return err;
  };
  expect(
    [
      await said(),
      await said('--slo', 'none.yaml'),
      await said('--slo', 'catalog'),
      await said('--slo', 'slo.yaml', '--at', 'noon'),
      await said('--slo', 'slo.yaml', '--speed', '0'),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "No objectives. Name a file of OpenSLO v1: --slo FILE.
    none.yaml: failed to read it: there is no such file.
    catalog: there is no SLO in it. Expected \`apiVersion: openslo/v1\` and \`kind: SLO\`.
    --at must be a time such as 2026-11-21T02:10:00Z, or now, not \`noon\`.
    --speed must be a number from 0.001 to 1000000, not \`0\`."
  `);
});

/** An order a second for half a minute; the last ten fail. */
async function shopFolder() {
  const folder = await temporaryFolder();
  const orders = Array.from({ length: 30 }, (_, i) => [i * 1000, sketchOrder('1.0.0', { failing: i >= 20 })] as const);
  const spans = toJsonLines({ spans: sketchSpans(...orders), logs: [], metrics: [] });
  await writeFile(join(folder.path, 'spans.jsonl'), spans);
  await writeFile(join(folder.path, 'slo.yaml'), SHOP_SLOS);
  await writeFile(join(folder.path, 'catalog'), SHOP_CATALOGUE);
  return folder;
}
