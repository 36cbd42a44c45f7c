import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toJsonLines } from 'trace-shapes';
import { expect, test } from 'vitest';
import { run } from '../testing/command-line.ts';
import { SHOP_CATALOGUE } from '../testing/shop-catalogue.ts';
import { sketchOrders } from '../testing/sketch-shop.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

test('prints the catalogue and exits with 0 where files and spans agree', async () => {
  await using folder = await shopFolder();
  const { exitCode, out } = await run(folder.path, ['catalog', '--spans', 'spans.jsonl', '--catalog', 'catalog']);
  expect(out).toMatchInlineSnapshot(`
    "  service    owner          tier      version        calls
      payments   payments-team  critical  1.0.0 → 1.1.0
      shop       storefront     1                        payments, warehouse
      warehouse  storefront                              Stock

      operation           service    calls  errors     p50     p99
      POST /charges       payments       3  33.3 %   48 ms   48 ms
      POST /orders        shop           3  33.3 %  100 ms  100 ms
      POST /reservations  warehouse      3     0 %   28 ms   28 ms

      Spans and files agree."
  `);
  expect(exitCode).toBe(0);
});

test('exits with 1 and says the drift; drafts what is missing', async () => {
  await using folder = await shopFolder();
  const { exitCode, out } = await run(folder.path, ['catalog', '--spans', 'spans.jsonl', '--write', 'drafts']);
  expect(exitCode).toBe(1);
  expect(out.slice(out.indexOf('✗'))).toMatchInlineSnapshot(`
    "✗ undeclared-service: \`payments\` sends spans, with \`payments-team\` as its owner, and
        no catalogue file declares it.
        Draft its file with \`catalog --write DIR\`.

      ✗ no-owner: Nobody owns \`shop\`: no catalogue file declares it, and its spans carry no
        \`service.owner.name\`.
        Draft its file with \`catalog --write DIR\`, and write the name of the team into
        \`spec.owner\`.

      ✗ no-owner: Nobody owns \`warehouse\`: no catalogue file declares it, and its spans
        carry no \`service.owner.name\`.
        Draft its file with \`catalog --write DIR\`, and write the name of the team into
        \`spec.owner\`.

      Written into drafts: payments.catalog-info.yaml, shop.catalog-info.yaml, warehouse.catalog-info.yaml."
  `);
});

test('prints the same as JSON, of spans that were handed in', async () => {
  await using folder = await shopFolder();
  const { exitCode, out } = await run(folder.path, ['catalog', '--json'], sketchOrders());
  const { services, findings } = JSON.parse(out);
  expect(services.map(({ name }: { name: string }) => name)).toEqual(['payments', 'shop', 'warehouse']);
  expect(findings.map(({ code }: { code: string }) => code)).toEqual(['undeclared-service', 'no-owner', 'no-owner']);
  expect(exitCode).toBe(1);
});

test('says in one line what it cannot do with', async () => {
  await using folder = await shopFolder();
  const said = async (...args: readonly string[]) => {
    const { exitCode, out, err } = await run(folder.path, args);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    return err;
  };
  expect(
    [
      await said('catalog'),
      await said('catalog', '--spam'),
      await said('catalog', '--memory', 'much', '--spans', 'spans.jsonl'),
      await said('catalog', '--spans', 'none.jsonl'),
      await said('catalog', '--spans', 'broken.jsonl'),
      await said('catalog', '--spans', 'spans.jsonl', '--catalog', 'none'),
      await said('catalog', '--spans', 'spans.jsonl', '--catalog', 'broken.yaml'),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "No spans to look at. Name a file of them: --spans FILE.
    Unknown option '--spam'. See \`ownership --help\`.
    --memory must be a number from 32 to 1000000, not \`much\`.
    none.jsonl: failed to read it: there is no such file.
    broken.jsonl: line 1: resourceSpans: 1 is not a list
    none: failed to read it: there is no such file.
    broken.yaml: line 1, metadata.name: it is missing."
  `);
});

async function shopFolder() {
  const folder = await temporaryFolder();
  const file = (name: string, text: string) => writeFile(join(folder.path, name), text);
  await file('spans.jsonl', toJsonLines({ spans: sketchOrders(), logs: [], metrics: [] }));
  await file('broken.jsonl', '{"resourceSpans": 1}\n');
  await file('broken.yaml', 'apiVersion: backstage.io/v1alpha1\nkind: Component\n');
  await file('catalog', SHOP_CATALOGUE);
  return folder;
}
