/**
 * A text as it may go to a terminal: colours of ours stay, and whatever else could move the cursor, hide something or
 * turn the reading direction shows as a dot. Names, values and log lines come from elsewhere; this is the last gate.
 */
export function toTerminalText(text: string): string {
  return text.replace(UNSAFE, '·');
}

/** A name as it may stand in a line of ours: it cannot begin another one. */
export function toLineText(text: string): string {
  return toTerminalText(text).replace(/\s+/g, ' ');
}

const ESC = String.fromCharCode(27);
/** What `createPaint` writes: bold, dim and the colours of text, and their ends. */
const OUR_COLOUR = `\\[(?:1|2|22|3[0-79]|9[0-7])m`;
/** Control characters but line ends and tabs, and the marks that turn text round. */
const UNSAFE = new RegExp(
  `${ESC}(?!${OUR_COLOUR})|\\r(?!\\n)|(?![\\n\\r\\t${ESC}])\\p{Cc}|[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]`,
  'gu',
);
