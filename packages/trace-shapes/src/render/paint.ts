import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Puts a style on a text. */
export type Paint = (style: Style, text: string) => string;

/** A painter that paints, or one that leaves texts as they are; nothing is ever said by colour alone. */
export function createPaint(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}
