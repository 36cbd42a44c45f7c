import { wrap } from 'trace-shapes/render';
import { KEYS } from '../watch/keys.ts';
import type { WatchState } from '../watch/watch-state.ts';
import { foldLines } from './fold-lines.ts';
import { renderStageVerdict } from './render-stage-verdict.ts';
import { renderTask } from './render-task.ts';
import type { ScreenStyle } from './screen-style.ts';

/** Draws the whole screen of the watch as lines that fit it; of what does not fit, one screenful after the other. */
export function renderWatch(state: WatchState, style: ScreenStyle, nowMs: number): readonly string[] {
  const head = foldLines(renderHead(state, style), style.width);
  const foot = foldLines(renderFoot(state, style, nowMs), style.width);
  const room = Math.max(state.rows - head.length - foot.length, 3);
  return [...head, ...turnTo(foldLines(renderBody(state, style, room), style.width), room, state.turns), ...foot];
}

function turnTo(body: readonly string[], room: number, turns: number): readonly string[] {
  if (body.length <= room) return body;
  const size = room - 1;
  const pages = Math.ceil(body.length / size);
  const page = turns % pages;
  const rest = page === pages - 1 ? 'space begins again' : `space shows ${body.length - (page + 1) * size} more lines`;
  return [...body.slice(page * size, (page + 1) * size), `  … ${rest}`];
}

function renderHead({ stage, checked }: WatchState, style: ScreenStyle): readonly string[] {
  return checked ? [''] : ['', ...renderTask(stage, style), ''];
}

function renderBody(state: WatchState, style: ScreenStyle, room: number): readonly string[] {
  if (state.page !== undefined) return state.page.split('\n');
  const hints = renderHints(state, style);
  const verdict = renderVerdict(state, style, false);
  const task = state.checked?.verdict.status === 'fail' ? ['', ...renderTask(state.stage, style)] : [];
  if (hints.length + verdict.length + task.length <= room) return [...hints, ...verdict, ...task];
  if (hints.length + verdict.length <= room) return [...hints, ...verdict];
  return [...hints, ...renderVerdict(state, style, true)];
}

function renderHints({ stage, hints }: WatchState, { width }: ScreenStyle): readonly string[] {
  return stage.definition.hints
    .slice(0, hints)
    .flatMap((hint, i) => [...wrap(`Hint ${i + 1}: ${hint}`, width, '  '), '']);
}

function renderVerdict({ checked, stage }: WatchState, style: ScreenStyle, findingsFirst: boolean): readonly string[] {
  if (!checked) return [];
  return renderStageVerdict(checked.verdict, style, { title: stage.definition.title, ...checked, findingsFirst }).split(
    '\n',
  );
}

function renderFoot(
  { busy, message, trouble, hints, stage, checked }: WatchState,
  { width, paint }: ScreenStyle,
  nowMs: number,
): readonly string[] {
  const told = [trouble, message].flatMap((text) => (text ? wrap(text, width, '  ') : []));
  const left = stage.definition.hints.length - hints;
  const keys = KEYS.map(
    ({ key, label, action }) => `${paint('bold', key)} ${label}${action === 'hint' ? ` (${left})` : ''}`,
  );
  return ['', ...told, `  ${busy ? renderBusy(busy, nowMs) : atRest(checked)}`.slice(0, width), ...inRows(keys, width)];
}

function atRest(checked: WatchState['checked']): string {
  return checked?.verdict.status === 'pass' ? 'all checks pass: n goes on' : 'waiting for a save in workbench/';
}

function renderBusy({ what, sinceMs }: NonNullable<WatchState['busy']>, nowMs: number): string {
  const seconds = (nowMs - sinceMs) / 1000;
  return seconds < 1 ? `… ${what}` : `… ${what} (${Math.floor(seconds)} s)`;
}

function inRows(keys: readonly string[], width: number): readonly string[] {
  const rows: string[] = [];
  let row = ' ';
  for (const key of keys) {
    if (plainLength(row) + plainLength(key) + 2 > width) {
      rows.push(row);
      row = ' ';
    }
    row += ` ${key} `;
  }
  return [...rows, row];
}

function plainLength(text: string): number {
  return text.replace(ESCAPES, '').length;
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
