import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { joinCatalogue } from '../../catalogue/catalogue.ts';
import { seeServices } from '../../catalogue/see-services.ts';
import { run } from '../../testing/command-line.ts';
import { SHOP_CATALOGUE } from '../../testing/shop-catalogue.ts';
import { SHOP_SLOS } from '../../testing/shop-slos.ts';
import { sketchOrder } from '../../testing/sketch-shop.ts';
import { type Sketch, sketchSpans } from '../../testing/sketch-spans.ts';
import { storeOf } from '../../testing/store-of.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { layersOf } from './layers.ts';

test('shows pages, objectives, what changed, map, catalogue and drift in one file', async () => {
  const page = await reportOf((i) => sketchOrder(i < 20 ? '1.0.0' : '1.1.0', { failing: i >= 20 }));
  const text = textOf(page);
  for (const part of [
    'Page payments-team',
    'orders-available burns, because of payments.',
    '✗ burning (page)',
    '✓ kept',
    'Something changed.',
    'Latency before, 20 times',
    'Latency after, 10 times',
    'payments POST /charges, 100 % of all: errors begin here',
    '✗ error: POST /charges',
    'shop (storefront) calls payments (30 times, 10 failed), warehouse (30 times)',
    '✓ Spans and files agree.',
  ])
    expect(text).toContain(part);
});

test('asks nothing of the network, runs no script, and closes what it opens', async () => {
  const page = await reportOf((i) => sketchOrder('1.0.0', { failing: i >= 20 }));
  expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)/i);
  expect(
    [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, to]) => to).filter((to) => !to?.startsWith('#')),
  ).toEqual(['https://runbooks.example/payments', 'https://runbooks.example/shop']);
  expect(unclosed(page)).toEqual([]);
});

test('shows what spans and files hold as text, whatever it is', async () => {
  const evil = '<script>alert("x")</script>&';
  const page = await reportOf(
    (i) => ({ ...sketchOrder('1.0.0', { failing: i >= 20 }), service: evil }),
    SHOP_CATALOGUE.replace('https://runbooks.example/shop', 'javascript:alert(1)'),
  );
  expect(page).not.toContain('<script');
  expect(page).not.toContain('href="javascript');
  expect(page).toContain('&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;&#38;');
});

test.each([
  [
    'also where there is a shorter way',
    [
      ['front', 'middle'],
      ['middle', 'back'],
      ['front', 'back'],
    ],
    'front/middle/back',
  ],
  [
    'and each once where calls go in circles',
    [
      ['front', 'back'],
      ['back', 'middle'],
      ['middle', 'back'],
    ],
    'front/back/middle',
  ],
  [
    'and those beside each other that do not call',
    [
      ['front', 'left'],
      ['front', 'right'],
    ],
    'front/left right',
  ],
] as const)('puts who is called below who calls, %s', async (_title, calls, rows) => {
  const traces = calls.map(([caller, callee]) => {
    const ask = (service: string, children: readonly Sketch[]): Sketch => ({
      name: 'ask',
      service,
      at: [0, 9],
      children,
    });
    return [0, ask(caller, [ask(callee, [])])] as const;
  });
  await using store = await storeOf(sketchSpans(...traces));
  const layers = layersOf(joinCatalogue(await seeServices(store.engine), []));
  expect(layers.map((names) => names.join(' ')).join('/')).toBe(rows);
});

test('says in one line where it cannot be written', async () => {
  await using folder = await shopFolder((i) => sketchOrder('1.0.0', { failing: i >= 20 }));
  const { exitCode, err } = await run(folder.path, ['report', '--out', 'none/report.html'], folder.spans);
  expect({ exitCode, err }).toEqual({
    exitCode: 2,
    err: 'none/report.html: failed to write it: there is no such file.',
  });
});

async function reportOf(order: (i: number) => Sketch, catalogue = SHOP_CATALOGUE): Promise<string> {
  await using folder = await shopFolder(order, catalogue);
  const args = ['report', '--slo', 'slo.yaml', '--catalog', 'catalog.yaml', '--out', 'report.html'];
  expect(await run(folder.path, args, folder.spans)).toMatchObject({ exitCode: 0, out: '  Written: report.html' });
  return readFile(join(folder.path, 'report.html'), 'utf8');
}

async function shopFolder(order: (i: number) => Sketch, catalogue = SHOP_CATALOGUE) {
  const folder = await temporaryFolder();
  await writeFile(join(folder.path, 'slo.yaml'), SHOP_SLOS);
  await writeFile(join(folder.path, 'catalog.yaml'), catalogue);
  return { ...folder, spans: sketchSpans(...Array.from({ length: 30 }, (_, i) => [i * 1000, order(i)] as const)) };
}

/** What a person reads, and what is read to those who cannot. */
function textOf(page: string): string {
  const labels = page.replace(/<[^>]*aria-label="([^"]*)"[^>]*>/g, ' $1 ');
  return labels
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ');
}

function unclosed(page: string): readonly string[] {
  const open: string[] = [];
  for (const [, end, name = '', itself] of page.matchAll(/<(\/?)([a-zA-Z][\w]*)[^>]*?(\/?)>/g)) {
    if (itself || ['meta', 'br'].includes(name)) continue;
    if (!end) open.push(name);
    else if (open.pop() !== name) return [...open, `</${name}>`];
  }
  return open;
}
