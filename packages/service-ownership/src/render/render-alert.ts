import { wrap } from 'trace-shapes/render';
import type { Alert } from '../pages/alert.ts';
import { indent } from './table.ts';

/** An alert as whoever is on call gets it: what burns, or that it is over. */
export function renderAlert({ status, labels, annotations }: Alert, { width }: { readonly width: number }): string {
  const columns = Math.max(Math.min(width, 120), 40) - 6;
  const { owner = 'nobody', severity = 'alert', pager } = labels;
  const head = `${status === 'firing' ? severity : 'all-clear'} for ${owner}${pager === undefined ? '' : ` (${pager})`}`;
  const { summary = '', description = '' } = annotations;
  const text = status === 'firing' ? `${summary}\n${description}` : `It no longer burns: ${labels.objective ?? ''}.`;
  return indent([head, ...wrap(text, columns, '  '), '']);
}
