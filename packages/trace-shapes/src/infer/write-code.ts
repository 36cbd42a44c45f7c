import { escapeControls } from '../otlp/plain-text.ts';

/** Code that may be broken into lines between its items. */
export type Code = string | { readonly open: string; readonly items: readonly Code[]; readonly close: string };

/** A call as code. */
export function called(name: string, items: readonly Code[]): Code {
  return { open: `${name}(`, items, close: ')' };
}

/** Code on one line where it fits, else an item a line, as formatters have it. */
export function block(code: Code, before = '', indent = ''): string {
  const line = `${indent}${before}${inline(code)}`;
  if (typeof code === 'string' || line.length <= WIDTH - 1) return line;
  const [only] = code.items;
  // A lone list or object stands on its call's line, as formatters have it.
  if (code.items.length === 1 && typeof only === 'object' && /^[[{]$/.test(only.open) && code.open.endsWith('('))
    return block({ ...only, open: code.open + only.open, close: only.close + code.close }, before, indent);
  const inner = code.items.map((item) => `${block(item, '', `${indent}  `)},\n`).join('');
  return `${indent}${before}${code.open}\n${inner}${indent}${code.close}`;
}

function inline(code: Code): string {
  if (typeof code === 'string') return code;
  const items = code.items.map(inline).join(', ');
  return code.open.endsWith('{') ? `${code.open} ${items} ${code.close}` : `${code.open}${items}${code.close}`;
}

const WIDTH = 100;

/** A text as code, in single quotes where that needs no escaping. */
export function quoted(text: string): string {
  const plain = escapeControls(JSON.stringify(text));
  return /['"\\]/.test(plain.slice(1, -1)) ? plain : `'${text}'`;
}
