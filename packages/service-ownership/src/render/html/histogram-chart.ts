import { barY, createChartScene, defineChart, renderChartSvg } from '@tanstack/charts/universal';
import { scaleBand, scaleLinear } from 'd3-scale';
import { duration, plural } from '../../explain/phrases.ts';
import type { Bin, Histogram } from '../../report/histograms.ts';
import { drawn, type Html, html } from './html.ts';

/** Both histograms of latency, one below the other on one scale, and their numbers as a table. */
export function histogramCharts({ of, bins }: Histogram, id: string): Html {
  const title = of === 'traces' ? 'Whole traces' : `${of.service} ${of.operation}`;
  return html`<figure><figcaption>${title}: how many took how long</figcaption>
<div class="wide" tabindex="0" role="group" aria-label="Histograms of ${title}">${chart(bins, 'before', `${id}-before`)}${chart(bins, 'after', `${id}-after`)}</div>
<details><summary>The same as numbers</summary><table><thead><tr><th>from</th><th>to</th><th>before</th><th>after</th></tr></thead>
<tbody>${bins.map(
    (bin) =>
      html`<tr><td>${duration(bin.fromMs)}</td><td>${duration(bin.toMs)}</td><td>${bin.before}</td><td>${bin.after}</td></tr>`,
  )}</tbody></table></details></figure>`;
}

/** Shares and not counts: the two sets are rarely of one size. */
function chart(bins: readonly Bin[], side: 'before' | 'after', idPrefix: string): Html {
  const total = bins.reduce((sum, bin) => sum + bin[side], 0);
  const bars = bins.map((bin) => ({ from: duration(bin.fromMs), share: total === 0 ? 0 : (bin[side] / total) * 100 }));
  const most = Math.max(
    ...bins.flatMap(({ before, after }) => [before, after].map((n) => n / Math.max(total, 1))),
    0.01,
  );
  const definition = defineChart({
    marks: [barY(bars, { x: 'from', y: 'share', fill: () => (side === 'before' ? '#6b7280' : '#1d4ed8') })],
    x: {
      scale: () =>
        scaleBand<string>()
          .domain(bars.map(({ from }) => from))
          .padding(0.1),
      axis: { label: `${side}, ${plural(total, 'time')}` },
    },
    y: { scale: scaleLinear().domain([0, Math.min(100, most * 100)]), grid: true, axis: { label: '%' } },
  });
  const scene = createChartScene(definition, { width: 720, height: 180 });
  return drawn(renderChartSvg(scene, { ariaLabel: `Latency ${side}, ${plural(total, 'time')}`, idPrefix }));
}
