import type { Picture, PictureNode } from '../explain/finding.ts';
import type { Paint } from './paint.ts';

export interface PictureStyle {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
  /** Whether durations are drawn as bars, where there is room. */
  readonly bars: boolean;
}

/** Draws the trees of a picture as lines of text. */
export function renderPicture(picture: Picture, style: PictureStyle): readonly string[] {
  const trees = picture.trees.map(({ title, root }) => ({ title, rows: toRows(root, '', '') }));
  const columns = measure(
    trees.flatMap(({ rows }) => rows),
    style,
  );
  const lines = trees.flatMap(({ title, rows }, i) => [
    ...(i > 0 || title ? [''] : []),
    ...(title ? [`  ${title}`] : []),
    ...rows.map((row) => renderRow(row, columns, style)),
  ]);
  const { omittedTraces } = picture;
  return omittedTraces === 0
    ? lines
    : [...lines, '', `  … and ${omittedTraces} more trace${omittedTraces === 1 ? '' : 's'} of this kind`];
}

interface Row {
  readonly label: string;
  readonly node: PictureNode;
}

interface Columns {
  readonly label: number;
  readonly kind: number;
  readonly service: number;
  readonly bar: number;
}

function toRows(node: PictureNode, lead: string, below: string): readonly Row[] {
  const own: Row = { label: `${lead}${signOf(node)}${node.name}`, node };
  const last = node.children.length - 1;
  return [
    own,
    ...node.children.flatMap((child, i) =>
      toRows(child, `${below}${i === last ? '└─ ' : '├─ '}`, `${below}${i === last ? '   ' : '│  '}`),
    ),
  ];
}

function signOf({ mark }: PictureNode): string {
  if (mark === 'wrong' || mark === 'expected') return '✗ ';
  return mark === 'new' ? '+ ' : '';
}

function measure(rows: readonly Row[], { width, bars }: PictureStyle): Columns {
  const longest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));
  const service = longest(rows.map(({ node }) => node.service ?? ''));
  const kind = width < 72 ? 0 : KIND_WIDTH;
  const fixed = MARGIN + kind + service + 2 + DURATION_WIDTH;
  const label = Math.min(longest(rows.map((row) => row.label)) + 2, width - fixed - NOTE_WIDTH);
  const bar = bars ? Math.min(width - fixed - label - 2, MOST_BAR) : 0;
  return { label: Math.max(label, 12), kind, service: service + 2, bar: bar < LEAST_BAR ? 0 : bar };
}

function renderRow({ label, node }: Row, columns: Columns, { paint, bars }: PictureStyle): string {
  const name = fit(label, columns.label);
  const kind = columns.kind === 0 ? '' : fit(node.kind ?? '', columns.kind);
  const service = fit(node.service ?? '', columns.service);
  const duration = (node.time ? renderDuration(node.time.durationMs) : '').padStart(DURATION_WIDTH);
  const bar = bars && node.time && columns.bar > 0 ? `  ${renderBar(node.time, columns.bar)}` : '';
  const line = `  ${paintName(name, node, paint)}${paint('dim', kind)}${service}${duration}${bar}${paint('bold', noteOf(node))}`;
  return line.trimEnd();
}

function paintName(name: string, { mark }: PictureNode, paint: Paint): string {
  if (mark === 'wrong' || mark === 'expected') return paint('red', name);
  return mark === 'new' ? paint('green', name) : name;
}

function noteOf({ mark, notes, repeated }: PictureNode): string {
  const numbers = notes.map((note) => `(${note})`).join(' ');
  const more = repeated === 0 ? '' : mark === 'expected' ? `× ${repeated + 1} ` : `and ${repeated} more `;
  const text = `${more}${mark === 'expected' ? 'expected here ' : ''}${numbers}`.trimEnd();
  return text === '' ? '' : `  ${text}`;
}

/** A duration with as many digits as are worth reading: `0.4 ms`, `41 ms`, `8.03 s`. */
export function renderDuration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

function renderBar({ from, to }: { readonly from: number; readonly to: number }, width: number): string {
  const start = Math.min(Math.floor(from * width), width - 1);
  const length = Math.max(Math.round((to - from) * width), 1);
  return (' '.repeat(start) + '█'.repeat(Math.min(length, width - start))).padEnd(width);
}

function fit(text: string, width: number): string {
  return text.length < width ? text.padEnd(width) : `${text.slice(0, Math.max(width - 2, 1))}… `;
}

const MARGIN = 2;
const KIND_WIDTH = 10;
const DURATION_WIDTH = 8;
const NOTE_WIDTH = 19;
const LEAST_BAR = 8;
const MOST_BAR = 40;
