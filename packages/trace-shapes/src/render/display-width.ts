/** The columns that a text takes in a terminal: two for each wide character, such as those of Chinese, and for emoji. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return graphemesOf(text).reduce((sum, one) => sum + widthOf(one), 0);
}

/** As much of the start of a text as fits in so many columns; of what is seen as one character all or nothing. */
export function cutToWidth(text: string, columns: number): string {
  if (PLAIN.test(text)) return text.slice(0, Math.max(columns, 0));
  let left = columns;
  const graphemes = graphemesOf(text);
  const end = graphemes.findIndex((one) => {
    left -= widthOf(one);
    return left < 0;
  });
  return end === -1 ? text : graphemes.slice(0, end).join('');
}

/** A text with spaces after it up to so many columns. */
export function padToWidth(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(columns - displayWidth(text), 0));
}

function graphemesOf(text: string): readonly string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

function widthOf(grapheme: string): number {
  if (WIDE.test(grapheme)) return 2;
  return UNSEEN.test(grapheme) ? 0 : 1;
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Nearly every name: nothing need be looked up. Box drawing, the signs and `…` are one column each. */
const PLAIN = /^[\x20-\x7e\xa1-\xac\xae-\u02ff·…─-╿█✗–—‘-”]*$/;

/** What Unicode's East Asian Width calls wide or full, as far as scripts tell it, and what is shown as a picture. */
const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\p{sc=Yi}\u3000-\u303e\uff01-\uff5e\uffe0-\uffe6]/u;

/** A mark without its letter takes no column. */
const UNSEEN = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
