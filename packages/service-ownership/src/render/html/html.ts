/** A piece of HTML that is safe to put into another. */
export interface Html {
  readonly html: string;
}

/** HTML from a template: texts are escaped, pieces of HTML and lists of them stay as they are. */
export function html(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  return { html: texts.reduce((all, text, i) => all + toHtml(values[i - 1] ?? '') + text) };
}

/** Nothing. */
export const EMPTY: Html = { html: '' };

/** A sentence, whose `names` become code. */
export function prose(text: string): Html {
  return html`${text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;
}

/** What a library drew, which is safe as it is. */
export function drawn(svg: string): Html {
  return { html: svg };
}

function toHtml(value: string | number | Html | readonly Html[]): string {
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  return 'html' in value ? value.html : value.map(({ html: piece }) => piece).join('');
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
