import { wrap } from 'trace-shapes/render';
import type { Stage } from '../stages/list-stages.ts';
import type { ScreenStyle } from './screen-style.ts';

/** What a stage asks for: its goal, its page, and the files to edit with what happens there. */
export function renderTask({ name, definition }: Stage, { width, paint }: ScreenStyle): readonly string[] {
  const { title, minutes, goal, edit } = definition;
  return [
    paint('bold', `  ${name.replace('-', ' ')} · ${title} · ${minutes} min`),
    ...wrap(goal, width, '  '),
    '',
    `  Task   exercises/${name}/README.md`,
    ...edit.flatMap((line, i) => renderEdit(`workbench/${line}`, i === 0, width)),
  ];
}

function renderEdit(text: string, isFirst: boolean, width: number): readonly string[] {
  return wrap(text, width, '         ').map((line, i) => (isFirst && i === 0 ? `  Edit ${line.slice(7)}` : line));
}
