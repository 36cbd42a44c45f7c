import { wrap } from 'trace-shapes/render';
import { draftMessage, explainPage } from '../explain/page-words.ts';
import type { Page } from '../pages/page.ts';
import { indent } from './table.ts';

/** Pages one below the other, each with its evidence and the messages that it would send. */
export function renderPages(pages: readonly Page[], { width }: { readonly width: number }): string {
  if (pages.length === 0) return indent(['Nobody needs to be paged.', '']);
  const columns = Math.max(Math.min(width, 120), 40) - 6;
  return pages.map((page) => renderPage(page, columns)).join('\n\n');
}

function renderPage(page: Page, columns: number): string {
  const { summary, lines } = explainPage(page);
  const reach = [page.chat, page.pager].filter((one) => one !== undefined).join(', ');
  const below = (text: string) => wrap(text, columns, '  ');
  return indent([
    `${page.severity === 'page' ? 'Page' : 'Ticket for'} ${page.owner}${reach === '' ? '' : ` (${reach})`}`,
    ...below(summary),
    ...lines.flatMap(below),
    ...page.affected.flatMap((one) => ['', ...below(draftMessage(page, one))]),
  ]);
}
