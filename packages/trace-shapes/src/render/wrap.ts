import { cutToWidth, displayWidth } from './display-width.ts';

/**
 * Breaks a text so that no line is longer than `width`, each line indented. It breaks at spaces, and within `code` only
 * where that is longer than a line.
 */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  const room = Math.max(width - indent.length, 10);
  return text.split('\n').flatMap((paragraph) => fill(toWords(paragraph, room), room).map((line) => indent + line));
}

function fill(words: readonly string[], room: number): readonly string[] {
  const lines = [''];
  for (const word of words) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (displayWidth(line) + 1 + displayWidth(word) <= room) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Words, with a piece of code as one; what is longer than a line is cut. */
function toWords(paragraph: string, room: number): readonly string[] {
  return (paragraph.match(/(?:`[^`]*`|[^\s`]|`)+/g) ?? []).flatMap((word) =>
    displayWidth(word) <= room ? [word] : word.split(' ').flatMap((part) => cut(part, room)),
  );
}

function cut(word: string, room: number): readonly string[] {
  const pieces: string[] = [];
  for (let rest = word; rest !== ''; rest = rest.slice(pieces.at(-1)?.length))
    pieces.push(cutToWidth(rest, room) || rest);
  return pieces;
}
