import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toJsonLines } from 'trace-shapes';
import { expect, test } from 'vitest';
import { run } from '../testing/command-line.ts';
import { sketchOrder } from '../testing/sketch-shop.ts';
import { sketchSpans } from '../testing/sketch-spans.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

test('says who may answer for what is different since a time, and exits with 1', async () => {
  await using folder = await ordersFolder();
  const { exitCode, out } = await run(folder.path, [
    'what-changed',
    '--spans',
    's.jsonl',
    '--since',
    '2026-01-01T00:01:00Z',
  ]);
  expect(out.replace(/p 0\.\d+/, 'p …')).toMatchInlineSnapshot(`
    "  Something changed. 60 traces before, 60 after: half of them took 100 ms and take 100
      ms, 99 of 100 100 ms and 100 ms; 0 % failed before, 100 % after.

      1. payments  POST /charges  (100 % of all)
         errors begin here: 60 of 60, before 0 of 60; 60 of 60 traces with \`service.version\`
         \`1.1.0\` of \`payments\` are so, and there are no others; sure (p …)"
  `);
  expect(exitCode).toBe(1);
});

test('finds the same between two versions, as JSON', async () => {
  await using folder = await ordersFolder();
  const { exitCode, out } = await run(folder.path, [
    'what-changed',
    '--spans',
    's.jsonl',
    '--version',
    'payments@1.1.0',
    '--json',
  ]);
  const { changed, suspects } = JSON.parse(out);
  expect([exitCode, changed, suspects[0].service, suspects[0].code]).toEqual([1, true, 'payments', 'failing']);
});

test('exits with 0 where nothing changed', async () => {
  await using folder = await ordersFolder();
  const { exitCode, out } = await run(folder.path, [
    'what-changed',
    '--spans',
    's.jsonl',
    '--attribute',
    'half=second',
  ]);
  expect(exitCode).toBe(0);
  expect(out).toContain('Nothing changed that chance does not explain. 30 traces before, 90 after');
});

test('says in one line what it cannot compare', async () => {
  await using folder = await ordersFolder();
  const said = async (...args: readonly string[]) => {
    const { exitCode, err } = await run(folder.path, ['what-changed', '--spans', 's.jsonl', ...args]);
    expect(exitCode).toBe(2);
    return err;
  };
  expect(
    [
      await said(),
      await said('--since', 'noon'),
      await said('--since', '2026-01-01T00:01:00Z', '--windows', 'a,b'),
      await said('--windows', 'a'),
      await said('--version', 'payments'),
      await said('--since', '2027-01-01T00:00:00Z'),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "Say which two sets to compare, by one of --since, --windows, --version, --resource, --attribute. See \`ownership --help\`.
    --since must be a time such as 2026-11-21T02:10:00Z, not \`noon\`.
    Say which two sets to compare, by one of --since, --windows, --version, --resource, --attribute. See \`ownership --help\`.
    --windows must be like \`baseline,incident\`, not \`a\`.
    --version must be like \`payments@1.1.0\`, not \`payments\`.
    There is nothing to compare: 120 traces before, 0 after."
  `);
});

/** An order a second for two minutes; in the second one a new version of payments fails. */
async function ordersFolder() {
  const folder = await temporaryFolder();
  const orders = Array.from({ length: 120 }, (_, i) => {
    const order = sketchOrder(i < 60 ? '1.0.0' : '1.1.0', { failing: i >= 60 });
    return [i * 1000, { ...order, attributes: { half: i % 4 ? 'second' : 'first' } }] as const;
  });
  await writeFile(join(folder.path, 's.jsonl'), toJsonLines({ spans: sketchSpans(...orders), logs: [], metrics: [] }));
  return folder;
}
