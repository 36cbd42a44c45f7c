/**
 * Splits a command into words as a shell would, quotes included, but runs no shell, so that it means the same on every system.
 * A backslash is an ordinary character, as in Windows paths. Undefined when a quotation mark is never closed.
 */
export function splitWords(command: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (const character of command) {
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (quote !== undefined) return undefined;
  return word === undefined ? words : [...words, word];
}

/** Replaces `$NAME` and `${NAME}` by the variable's value, and by nothing when there is none. */
export function expandVariables(word: string, env: Readonly<Record<string, string>>): string {
  return word.replaceAll(/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g, (_, braced, bare) => env[braced ?? bare] ?? '');
}
