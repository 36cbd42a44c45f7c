/**
 * A drawing for whoever hears it read aloud: branches of trees become plain indentation, and bars, whose length is told
 * beside them, go.
 */
export function toPlainDrawing(text: string): string {
  return text
    .replace(/[├└]─ /g, '-  ')
    .replace(/│/g, ' ')
    .replace(/ *[█▉▊▋▌▍▎▏▐]+/g, '');
}
