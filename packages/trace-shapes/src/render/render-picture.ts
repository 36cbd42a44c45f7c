import type { Picture, PictureNode } from '../explain/finding.ts';
import { clip, toOneLine } from '../otlp/plain-text.ts';
import { cutToWidth, displayWidth, padToWidth } from './display-width.ts';
import type { Paint } from './paint.ts';
import { type Row, toRows } from './to-rows.ts';

export interface PictureStyle {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
  /** Whether durations are drawn as bars, where there is room. */
  readonly bars: boolean;
}

/** Draws the trees of a picture as lines of text. */
export function renderPicture({ trees, omittedTraces }: Picture, style: PictureStyle): readonly string[] {
  const drawn = trees.map(({ title, root }) => ({ title, rows: toRows(root) }));
  const columns = measure(
    drawn.flatMap(({ rows }) => rows),
    style,
  );
  const lines = drawn.flatMap(({ title, rows }, i) => [
    ...renderTitle(title, drawn[i - 1]),
    ...rows.map((row) => renderRow(row, columns, style)),
  ]);
  const more = `  … and ${omittedTraces} more trace${omittedTraces === 1 ? '' : 's'} of this kind`;
  return omittedTraces === 0 ? lines : [...lines, '', more];
}

/** Trees under one title stand together. */
function renderTitle(title: string | undefined, before: { readonly title: string | undefined } | undefined) {
  if (before && title !== undefined && before.title === title) return [];
  return [...(before ? [''] : []), ...(title === undefined ? [] : [`  ${title}`])];
}

interface Columns {
  readonly label: number;
  readonly kind: number;
  readonly service: number;
  readonly bar: number;
}

/** Notes are never cut; services and then names are. */
function measure(rows: readonly Row[], { width, bars }: PictureStyle): Columns {
  const longest = (texts: readonly string[]) => Math.max(0, ...texts.map(displayWidth));
  const service = Math.min(longest(rows.map(serviceOf)), Math.floor(width / 5)) + 2;
  const note = longest(rows.map(({ node }) => (node ? noteOf(node) : '')));
  const kind = width < 72 ? 0 : KIND_WIDTH;
  const fixed = MARGIN + kind + service + DURATION_WIDTH;
  const wanted = longest(rows.map(({ lead, sign, name }) => lead + sign + name)) + 2;
  const label = Math.max(Math.min(wanted, width - fixed - note), LEAST_LABEL);
  const bar = bars ? Math.min(width - fixed - label - note - 2, MOST_BAR) : 0;
  return { label, kind, service, bar: bar < LEAST_BAR ? 0 : bar };
}

function renderRow(row: Row, columns: Columns, { paint }: PictureStyle): string {
  const { node } = row;
  const label = paintLabel(row, fitLabel(row, columns.label), paint);
  if (!node) return `  ${label}`.trimEnd();
  const kind = columns.kind === 0 ? '' : paint('dim', toColumn(node.kind ?? '', columns.kind));
  const service = toColumn(serviceOf(row), columns.service);
  const duration = (node.time ? renderDuration(node.time.durationMs) : '').padStart(DURATION_WIDTH);
  const bar = node.time && columns.bar > 0 ? `  ${renderBar(node.time, columns.bar)}` : '';
  return `  ${label}${kind}${service}${duration}${bar}${paint('bold', noteOf(node))}`.trimEnd();
}

/** The name is cut to fit, and where the tree is too deep for its column, the branches on the left; never the sign. */
function fitLabel({ lead, sign, name }: Row, width: number): string {
  const room = width - sign.length - LEAST_NAME - 2;
  const fits = lead.length <= room || lead.length + sign.length + displayWidth(name) <= width - 2;
  const branches = fits ? lead : `…${lead.slice(lead.length - Math.max(room - 1, 0))}`;
  return toColumn(`${branches}${sign}${name}`, width);
}

function paintLabel({ node }: Row, label: string, paint: Paint): string {
  if (node?.mark === 'wrong' || node?.mark === 'expected') return paint('red', label);
  return node?.mark === 'new' ? paint('green', label) : label;
}

function serviceOf({ node }: Row): string {
  return toOneLine(clip(node?.service ?? '', MOST_OF_A_SERVICE));
}

function noteOf({ mark, notes, repeated }: PictureNode): string {
  const more = repeated === 0 ? [] : [mark === 'expected' ? `× ${repeated + 1}` : `and ${repeated} more`];
  const parts = [...more, ...(mark === 'expected' ? ['expected here'] : []), ...numbersOf(notes)];
  return parts.length === 0 ? '' : `  ${parts.join(' ')}`;
}

/** `(1) (2)`, or `(1–5)` where more than two stand in a row. */
function numbersOf(notes: readonly number[]): readonly string[] {
  const first = notes[0];
  const last = notes.at(-1);
  const isRow = first !== undefined && last !== undefined && notes.length > 2 && last - first === notes.length - 1;
  return isRow ? [`(${first}–${last})`] : notes.map((note) => `(${note})`);
}

/** A duration with as many digits as are worth reading: `0.4 ms`, `41 ms`, `8.03 s`. */
export function renderDuration(ms: number): string {
  if (ms >= 999.5) return `${(ms / 1000).toFixed(2)} s`;
  return ms >= 9.95 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

function renderBar({ from, to }: { readonly from: number; readonly to: number }, width: number): string {
  const start = Math.min(Math.floor(from * width), width - 1);
  const length = Math.max(Math.round((to - from) * width), 1);
  return (' '.repeat(start) + '█'.repeat(Math.min(length, width - start))).padEnd(width);
}

function toColumn(text: string, width: number): string {
  if (displayWidth(text) <= width - 2) return padToWidth(text, width);
  return padToWidth(`${cutToWidth(text, Math.max(width - 3, 1))}…`, width);
}

const MOST_OF_A_SERVICE = 100;
const MARGIN = 2;
const KIND_WIDTH = 10;
const DURATION_WIDTH = 8;
const LEAST_LABEL = 14;
const LEAST_NAME = 6;
const LEAST_BAR = 8;
const MOST_BAR = 40;
