/** A text without characters that move the cursor, change colours or the direction of reading: names and values come from elsewhere. */
export function toPlainText(text: string): string {
  return text.replace(/[^\P{Cc}\n]|\p{Cf}/gu, '·');
}

/** A text on one line. */
export function toOneLine(text: string): string {
  return toPlainText(text).replace(/\s+/g, ' ');
}

/** The same characters as code has them, so that nothing is lost: `\u001b`. */
export function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]|\p{Cf}/gu, (character) =>
    [...Array(character.length).keys()]
      .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** At most so many characters of a text, and `…` where there are more; no character is cut in two. */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
