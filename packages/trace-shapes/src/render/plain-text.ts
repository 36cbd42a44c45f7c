/** A text without characters that move the cursor or change colours: names and values come from elsewhere. */
export function toPlainText(text: string): string {
  return text.replace(/[^\P{Cc}\n]|\p{Cf}/gu, '·');
}

/** A text on one line. */
export function toOneLine(text: string): string {
  return toPlainText(text).replace(/\s+/g, ' ');
}
