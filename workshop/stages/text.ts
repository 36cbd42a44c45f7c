/** The text of a file with Unix line ends, or undefined when it is no text. */
export function textOf(content: Buffer): string | undefined {
  if (content.includes(0)) return undefined;
  const text = content.toString('utf8');
  return Buffer.from(text).equals(content) ? withUnixLineEnds(text) : undefined;
}

/** The same lines, each ended by a line feed alone. */
export function withUnixLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function hasWindowsLineEnds(content: Buffer): boolean {
  const text = content.toString('latin1');
  return text.split('\r\n').length * 2 > text.split('\n').length && text.includes('\r\n');
}

/** Text as a file whose line ends are those of the file it replaces. */
export function likeLineEndsOf(model: Buffer | undefined, text: string): Buffer {
  return Buffer.from(model && hasWindowsLineEnds(model) ? text.replaceAll('\n', '\r\n') : text);
}

/** Whether two files say the same, whatever ends their lines. */
export function isSameText(a: Buffer | undefined, b: Buffer | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.equals(b) || withUnixLineEnds(a.toString('latin1')) === withUnixLineEnds(b.toString('latin1'));
}
