import { wrap } from 'trace-shapes/render';
import type { Finding } from '../explain/finding.ts';
import { indent } from './table.ts';

/** Findings one below the other, each with what, what to do and where; `none` if there are none. */
export function renderFindings(
  findings: readonly Finding[],
  none: string,
  { width }: { readonly width: number },
): string {
  if (findings.length === 0) return indent([none]);
  const columns = Math.max(Math.min(width, 120), 60) - 6;
  return findings
    .map(({ code, message, hint, location }) => {
      const where = location ? [`${location.file}:${location.line}`] : [];
      const [first = '', ...rest] = [...wrap(`${code}: ${message}`, columns), ...wrap(hint, columns), ...where];
      return indent([`✗ ${first}`, ...rest.map((line) => `  ${line}`)]);
    })
    .join('\n\n');
}
