import { totalOf } from '../ledger/count-orders.ts';
import type { Ledger, LedgerLine } from '../ledger/ledger.ts';

/** Draws the price list as a table for the terminal, with what its figures are of. */
export function renderLedger(ledger: Ledger): string {
  const rows = [HEAD, ...ledger.stages.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  return [...lines.map((cells) => `  ${cells.join('  ')}`), '', ...legend(ledger).map((line) => `  ${line}`)].join(
    '\n',
  );
}

/** Draws the price list as a table for a page. */
export function renderLedgerTable(ledger: Ledger): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = row(HEAD.map((_, column) => (column === 0 ? '---' : '--:')));
  return [row(HEAD), rule, ...ledger.stages.map((line) => row(cellsOf(line))), '', ...legend(ledger)].join('\n');
}

const HEAD = ['stage', 'lines', 'own', 'library', 'framework', 'explained', 'KB an order', 'start-up', 'throughput'];

function cellsOf(line: LedgerLine): readonly string[] {
  const { stage, added, removed, spans, explained, bytesPerOrder, startRatio, throughputRatio } = line;
  return [
    stage,
    `+${added} −${removed}`,
    count(spans.own),
    count(spans.library),
    count(spans.framework),
    totalOf(spans) === 0 ? '' : `${Math.round(explained * 100)} %`,
    (bytesPerOrder / 1000).toFixed(1),
    `× ${startRatio.toFixed(2)}`,
    `× ${throughputRatio.toFixed(2)}`,
  ];
}

function count(spans: number): string {
  return spans === 0 ? '' : String(spans);
}

function legend({ rounds, orders, untraced }: Ledger): readonly string[] {
  return [
    `Lines written and deleted in the stage; spans in the trace of an order of three yarns by who made them (the median of ${orders} orders);`,
    'the share of the time to its answer during which one of them says what is done; what is exported. Start-up and throughput: of the four processes',
    `beside the untraced shop (${Math.round(untraced.startMs)} ms, ${untraced.visitsPerSecond.toFixed(0)} customers a second) in the same run: the best of ${rounds} round${rounds === 1 ? '' : 's'}.`,
  ];
}
