import { createView } from '../match/view.ts';
import type { Trace } from '../trace/trace.ts';
import { createDrawing } from './draw-tree.ts';
import { explainedShare } from './explained-share.ts';
import type { Picture, PictureTree } from './finding.ts';

/**
 * A picture of a trace as it came, with nothing expected of it: its roots, then the spans whose parent never came.
 * Of large traces it shows a part.
 * @example renderPicture(pictureTrace(trace), { width: 80, paint: createPaint(false), bars: true })
 */
export function pictureTrace(trace: Trace): Picture {
  const view = createView([]);
  const draw = createDrawing(nothingExpectedOf(trace), view, undefined);
  const [first] = trace.roots;
  const roots = trace.roots
    .slice(0, MOST_TREES)
    .map((root, i): PictureTree => draw.tree(root, i === 0 ? undefined : 'a second root'));
  const orphans = trace.orphans
    .slice(0, MOST_TREES)
    .map((orphan) => draw.tree(orphan, 'without its parent, which never came'));
  return { trees: [...roots, ...orphans], omittedTraces: 0, explainedShare: first && explainedShare(first, view) };
}

function nothingExpectedOf(trace: Trace): Parameters<typeof createDrawing>[0] {
  return {
    expected: { type: 'traces', traces: [], only: false, ignore: [] },
    traces: [trace],
    matches: [],
    meanings: new Map(),
    pairings: new Map(),
    facts: [],
  };
}

const MOST_TREES = 20;
