/**
 * What a file of the bench really does: its text with each comment left out, wherever it stands, and what a string holds
 * kept. Lines stay where they are.
 */
export function withoutComments(path: string, text: string): string {
  return isCode(path) ? text.replace(COMMENT_OR_STRING, keepStrings) : text.replace(/^\s*#.*$/gm, '');
}

function isCode(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}

function keepStrings(found: string): string {
  return /^\/[/*]/.test(found) ? found.replace(/[^\n]/g, '') : found;
}

/** Strings come first: what looks like a comment within one is none, as in an address. */
const COMMENT_OR_STRING = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
