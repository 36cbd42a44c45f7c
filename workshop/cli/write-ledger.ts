import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawLedger } from '../ledger/draw-ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { rewriteSection } from '../ledger/rewrite-section.ts';
import { renderLedgerTable } from '../render/render-ledger.ts';

/** Writes the chart and WORKSHOP.md's table. @returns the files written */
export async function writeLedger(root: string, ledger: Ledger): Promise<readonly string[]> {
  await mkdir(join(root, 'docs'), { recursive: true });
  await writeFile(join(root, CHART), drawLedger(ledger));
  const page = await readFile(join(root, PAGE), 'utf8');
  const section = `![For each stage the lines written, and the spans that they bring](${CHART})\n\n${renderLedgerTable(ledger)}`;
  await writeFile(join(root, PAGE), rewriteSection(page, 'ledger', section));
  return [CHART, PAGE];
}

const CHART = 'docs/ledger.svg';
const PAGE = 'WORKSHOP.md';
