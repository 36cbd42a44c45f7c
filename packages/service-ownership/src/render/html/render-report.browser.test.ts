import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { run } from '../../testing/command-line.ts';
import { SHOP_CATALOGUE } from '../../testing/shop-catalogue.ts';
import { SHOP_SLOS } from '../../testing/shop-slos.ts';
import { sketchOrder } from '../../testing/sketch-shop.ts';
import { sketchSpans } from '../../testing/sketch-spans.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

test('a browser shows the report without a network, keyboard users reach all of it, and nothing is cut at phone width', async () => {
  await using folder = await temporaryFolder();
  const orders = Array.from({ length: 30 }, (_, i) => [i * 1000, sketchOrder('1.0.0', { failing: i >= 20 })] as const);
  await writeFile(join(folder.path, 'slo.yaml'), SHOP_SLOS);
  await writeFile(join(folder.path, 'catalog.yaml'), SHOP_CATALOGUE);
  const args = ['report', '--slo', 'slo.yaml', '--catalog', 'catalog.yaml', '--out', 'report.html'];
  await run(folder.path, args, sketchSpans(...orders));

  const { wide, narrow } = { wide: await look(folder.path, 1200), narrow: await look(folder.path, 400) };
  for (const seen of [wide, narrow]) {
    expect(seen.sections).toEqual(['Pages', 'Objectives', 'What changed', 'Map', 'Catalogue', 'Drift']);
    expect(seen.charts).toBeGreaterThanOrEqual(4);
    expect(seen.unnamed).toEqual([]);
    expect(seen.unreachable).toBe(0);
    expect(seen.overflowPx).toBe(0);
  }
});

/** Opens the report in a frame of such a width, and asks the frame what a person meets there. */
async function look(folder: string, width: number) {
  const frame = `<iframe id="page" src="report.html" style="width:${width}px;height:800px"></iframe><pre id="seen"></pre><script>${PROBE}</script>`;
  const probe = join(folder, `probe-${width}.html`);
  await writeFile(probe, frame);
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--allow-file-access-from-files',
    '--virtual-time-budget=5000',
  ];
  const offline = '--host-resolver-rules=MAP * ~NOTFOUND';
  const browser = spawn(BROWSER, [...flags, offline, '--dump-dom', pathToFileURL(probe).href], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [dom] = await Promise.all([text(browser.stdout), once(browser, 'exit')]);
  return JSON.parse(/<pre id="seen">(.*?)<\/pre>/s.exec(dom)?.[1] ?? 'null');
}

const PROBE = `document.getElementById('page').onload = ({ target }) => {
  const page = target.contentDocument;
  const all = (selector) => [...page.querySelectorAll(selector)];
  document.getElementById('seen').textContent = JSON.stringify({
    sections: all('main h2').map((title) => title.textContent),
    charts: all('figure svg').filter((svg) => svg.getBoundingClientRect().width > 100).length,
    unnamed: all('svg:not([aria-label]):not([aria-labelledby]):not(svg svg)').map((svg) => svg.outerHTML.slice(0, 80)),
    unreachable: all('.wide').filter((box) => box.scrollWidth > box.clientWidth && box.tabIndex < 0).length,
    overflowPx: Math.max(0, page.documentElement.scrollWidth - page.documentElement.clientWidth),
  });
};`;

const BROWSER = process.env.BROWSER_PATH ?? 'chromium';
