/** The same lines, none longer than a screen is wide: what does not fit goes on in the next one. Colours take no room. */
export function foldLines(lines: readonly string[], width: number): readonly string[] {
  return lines.flatMap((line) => (line.length <= width ? [line] : fold(line, width)));
}

function fold(line: string, width: number): readonly string[] {
  const folded = [''];
  let room = width;
  for (const part of line.match(PARTS) ?? []) {
    const isColour = part.startsWith(ESC);
    if (!isColour && room === 0) {
      folded.push('');
      room = width;
    }
    folded[folded.length - 1] += part;
    if (!isColour) room--;
  }
  return folded;
}

const ESC = String.fromCharCode(27);
const PARTS = new RegExp(`${ESC}\\[[0-9;]*m|.`, 'gu');
