import type { Command } from 'commander';
import { createPaint } from 'trace-shapes/render';
import { toPlainDrawing } from '../render/plain-drawing.ts';
import type { ScreenStyle } from '../render/screen-style.ts';
import type { Surroundings } from './surroundings.ts';

/** How a command is to be shown. */
export type ScreenOptions = { readonly big?: true; readonly plain?: true };

/** The screen that a command draws for. */
export type ScreenPlan = {
  readonly style: ScreenStyle;
  readonly rows: number;
  /** Prints a text as it is to be shown. */
  readonly print: (text: string) => void;
};

/** Lets a command be drawn for a projector, or for a screen reader. */
export function withScreenOptions(command: Command): Command {
  return command
    .option('--big', 'for a projector: 60 columns and 20 rows')
    .option('--plain', 'for a screen reader: lines one after the other, no drawings, nothing drawn over');
}

/** The screen that the user has, or asked for. */
export function screenOf({ columns, rows, colour, print }: Surroundings, { big, plain }: ScreenOptions): ScreenPlan {
  return {
    style: { width: big ? BIG.columns : Math.min(columns, WIDEST), paint: createPaint(colour) },
    rows: big ? BIG.rows : rows,
    print: plain ? (text) => print(toPlainDrawing(text)) : print,
  };
}

const BIG = { columns: 60, rows: 20 };
/** Longer lines are hard to follow. */
const WIDEST = 100;
