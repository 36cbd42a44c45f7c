import { barX, colorLegend, createChartScene, defineChart, renderChartSvg, text } from '@tanstack/charts/universal';
import { scaleBand, scaleLinear, scaleOrdinal } from 'd3-scale';
import { totalOf } from './count-orders.ts';
import { type Ledger, type LedgerLine, SPAN_ORIGINS } from './ledger.ts';

/** Draws the price list as an SVG: for each stage what was written, and beside it what it brought. */
export function drawLedger({ stages }: Ledger): string {
  const height = 110 + stages.length * 34;
  const panels = [
    { width: 420, svg: drawLines(stages, { width: 420, height }) },
    { width: 480, svg: drawSpans(stages, { width: 480, height }) },
  ];
  let x = 0;
  const placed = panels.map(({ width, svg }) => {
    const panel = `<svg x="${x}" y="0" width="${width}" height="${height}">${svg}</svg>`;
    x += width;
    return panel;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${x}" height="${height}" viewBox="0 0 ${x} ${height}" color="#1f2937" font-family="sans-serif">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...placed,
    '</svg>\n',
  ].join('\n');
}

type Size = { readonly width: number; readonly height: number };

function drawLines(stages: readonly LedgerLine[], size: Size): string {
  const bars = stages.flatMap(({ stage, added, removed }) => [
    { stage, change: 'added', lines: added },
    { stage, change: 'removed', lines: -removed },
  ]);
  const definition = defineChart({
    marks: [barX(bars, { x: 'lines', y: 'stage', color: 'change' })],
    x: { scale: scaleLinear, nice: true, grid: true, axis: { label: 'lines written and deleted' } },
    y: { scale: band },
    color: { scale: () => colours({ added: '#d97706', removed: '#9ca3af' }), legend: colorLegend({ label: 'lines' }) },
  });
  return renderChartSvg(createChartScene(definition, size), {
    ariaLabel: 'Lines written and deleted in each stage',
    idPrefix: 'lines',
  });
}

function drawSpans(stages: readonly LedgerLine[], size: Size): string {
  const bars = stages.flatMap(({ stage, spans }) =>
    SPAN_ORIGINS.map((origin) => ({ stage, origin, spans: spans[origin] })),
  );
  const shares = stages.map(({ stage, spans, explained }) => ({
    stage,
    end: totalOf(spans),
    share: `${Math.round(explained * 100)} % explained`,
  }));
  const most = Math.max(...shares.map(({ end }) => end), 1);
  const definition = defineChart({
    marks: [
      barX(bars, { x: 'spans', y: 'stage', color: 'origin' }),
      text(shares, { x: 'end', y: 'stage', text: 'share', anchor: 'start', dx: 6, fontSize: 11 }),
    ],
    // Room for the words behind the longest bar.
    x: {
      scale: scaleLinear().domain([0, most * 1.35]),
      grid: true,
      axis: { label: 'spans in the trace of one order' },
    },
    y: { scale: band, axis: false },
    color: {
      scale: () => colours({ own: '#d97706', library: '#0d9488', framework: '#4f46e5' }),
      legend: colorLegend({ label: 'made by' }),
    },
  });
  return renderChartSvg(createChartScene(definition, size), {
    ariaLabel: 'Spans in the trace of one order, by who made them, with the share of its time that they explain',
    idPrefix: 'spans',
  });
}

function band() {
  return scaleBand<string>().padding(0.25);
}

function colours(byName: Readonly<Record<string, string>>) {
  return scaleOrdinal<string, string>().domain(Object.keys(byName)).range(Object.values(byName));
}
