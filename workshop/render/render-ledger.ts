import { totalOf } from '../ledger/count-orders.ts';
import type { Ledger, LedgerLine, SamplingLine } from '../ledger/ledger.ts';

/** Draws the price list as a table for the terminal, with what its figures are of. */
export function renderLedger(ledger: Ledger): string {
  const lines = [...aligned([HEAD, ...ledger.stages.map(cellsOf)]), '', ...legend(ledger)];
  const { sampling } = ledger;
  const more = sampling
    ? ['', ...aligned([SAMPLING_HEAD, ...sampling.lines.map(samplingCells)]), '', ...legendOfSampling(sampling.stage)]
    : [];
  return [...lines, ...more].map((line) => line && `  ${line}`).join('\n');
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

/** Draws the price list as a table for a page. */
export function renderLedgerTable(ledger: Ledger): string {
  const { sampling } = ledger;
  const more = sampling
    ? ['', ...tableOf([SAMPLING_HEAD, ...sampling.lines.map(samplingCells)]), '', ...legendOfSampling(sampling.stage)]
    : [];
  return [...tableOf([HEAD, ...ledger.stages.map(cellsOf)]), '', ...legend(ledger), ...more].join('\n');
}

function tableOf([head = [], ...rows]: readonly (readonly string[])[]): readonly string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = row(head.map((_, column) => (column === 0 ? '---' : '--:')));
  return [row(head), rule, ...rows.map(row)];
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

const SAMPLING_HEAD = ['traces asked for', 'orders with a trace', 'spans an order', 'KB an order'];

function samplingCells({ ratio, orders, kept, spansPerOrder, bytesPerOrder }: SamplingLine): readonly string[] {
  return [
    ratio === 1 ? 'all' : `${Math.round(ratio * 100)} of 100`,
    `${kept} of ${orders}`,
    spansPerOrder.toFixed(0),
    (bytesPerOrder / 1000).toFixed(1),
  ];
}

function legendOfSampling(stage: string): readonly string[] {
  return [
    `The solution of ${stage} by \`OTEL_TRACES_SAMPLER_ARG\`. What is left of the bytes are lines of the log and metrics, which nobody samples; of an`,
    'order without a trace nothing but these can be looked up.',
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
