import { renderLiveLine, renderLiveTrace } from '../render/render-live-trace.ts';
import type { ScreenStyle } from '../render/screen-style.ts';
import type { SettledTrace } from '../telemetry/settle-traces.ts';

/** Shows traces as they settle: the first ones after each key as trees, then some as lines, and then no more. */
export type TraceShow = {
  readonly show: (settled: SettledTrace) => void;
  /** Something new begins, which is shown as trees or, where a crowd will come, as lines. */
  readonly begin: (as: 'trees' | 'lines') => void;
};

/** Makes a show that prints to a terminal or a pipe. */
export function createTraceShow(print: (text: string) => void, style: ScreenStyle): TraceShow {
  let left = { trees: MOST_TREES, lines: MOST_LINES };
  return {
    begin(as) {
      left = { trees: as === 'trees' ? MOST_TREES : 0, lines: MOST_LINES };
    },
    show(settled) {
      if (left.trees-- > 0) print(renderLiveTrace(settled, style).join('\n'));
      else if (left.lines-- > 0) print(renderLiveLine(settled));
      else if (left.lines === -1) print('  … and more: `npm run traces` lists them all');
    },
  };
}

const MOST_TREES = 12;
const MOST_LINES = 12;
