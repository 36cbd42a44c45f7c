import { wrap } from 'trace-shapes/render';
import type { PresenterNotes } from '../notes/parse-notes.ts';
import type { Stage } from '../stages/list-stages.ts';
import type { ScreenStyle } from './screen-style.ts';

/** Draws a presenter's notes so that they can be read from an arm's length: what to say, when, what to notice, the rescue. */
export function renderNotes({ name, definition }: Stage, notes: PresenterNotes, style: ScreenStyle): string {
  const { width, paint } = style;
  const title = (text: string) => ['', paint('bold', `  ${text}`)];
  return [
    paint('bold', `  ${name.replace('-', ' ')} · ${definition.title} · ${definition.minutes} min`),
    ...title('Say'),
    ...notes.say.flatMap((text) => item('-', text, width)),
    ...title('The minute'),
    ...notes.minutes.flatMap(({ from, text }) => item(String(from), text, width)),
    ...title('What to notice'),
    ...notes.notice.flatMap((text) => item('-', text, width)),
    ...title('The rescue'),
    ...wrap(notes.rescue, width, '  '),
  ].join('\n');
}

function item(mark: string, text: string, width: number): readonly string[] {
  return wrap(text, width, '     ').map((line, i) => (i === 0 ? `${mark.padStart(4)} ${line.slice(5)}` : line));
}
