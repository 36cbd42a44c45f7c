import { wrap } from 'trace-shapes';
import { KEYS } from '../watch/keys.ts';
import type { WatchState } from '../watch/watch-state.ts';
import { renderStageVerdict } from './render-stage-verdict.ts';
import type { ScreenStyle } from './screen-style.ts';

/** Draws the whole screen of the watch as lines that fit it; what does not fit is said. */
export function renderWatch(state: WatchState, style: ScreenStyle, nowMs: number): readonly string[] {
  const head = renderHead(state, style);
  const foot = renderFoot(state, style, nowMs);
  const body = state.page === undefined ? renderBody(state, style) : state.page.split('\n');
  const room = Math.max(state.rows - head.length - foot.length, 3);
  const shown =
    body.length > room
      ? [...body.slice(0, room - 1), `  … ${body.length - room + 1} more lines: \`npm run check\` shows all`]
      : body;
  return [...head, ...shown, ...foot];
}

function renderHead({ stage, checked }: WatchState, { width, paint }: ScreenStyle): readonly string[] {
  const { title, minutes, goal } = stage.definition;
  if (checked) return [''];
  return [
    '',
    paint('bold', `  ${stage.name.replace('-', ' ')} · ${title} · ${minutes} min`),
    ...wrap(goal, width, '  '),
    `  exercises/${stage.name}/README.md`,
    '',
  ];
}

function renderBody(state: WatchState, style: ScreenStyle): readonly string[] {
  const { checked, stage, hints } = state;
  const verdict = checked
    ? renderStageVerdict(checked.verdict, style, { title: stage.definition.title, ...checked }).split('\n')
    : [];
  const shown = stage.definition.hints
    .slice(0, hints)
    .flatMap((hint, i) => ['', ...wrap(`Hint ${i + 1}: ${hint}`, style.width, '  ')]);
  return [...verdict, ...shown];
}

function renderFoot(
  { busy, message, trouble, hints, stage }: WatchState,
  { width, paint }: ScreenStyle,
  nowMs: number,
): readonly string[] {
  const told = [trouble, message].flatMap((text) => (text ? wrap(text, width, '  ') : []));
  const left = stage.definition.hints.length - hints;
  const keys = KEYS.map(
    ({ key, label, action }) => `${paint('bold', key)} ${label}${action === 'hint' ? ` (${left})` : ''}`,
  );
  return [
    '',
    ...told,
    `  ${busy ? renderBusy(busy, nowMs) : 'waiting for a save in workbench/'}`,
    ...inRows(keys, width),
  ];
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
