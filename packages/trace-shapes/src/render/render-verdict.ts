import type { Finding, Verdict } from '../explain/finding.ts';
import { toOneLine, toPlainText } from '../otlp/plain-text.ts';
import { createPaint, type Paint } from './paint.ts';
import { renderPicture } from './render-picture.ts';
import { wrap } from './wrap.ts';

export interface RenderOptions {
  /** Columns to use; 80 if not given. */
  readonly width?: number;
  /** Whether to use colours; off if not given. What colours say is said by signs as well. */
  readonly colour?: boolean;
}

/** Renders a verdict for a terminal: one picture of expected and emitted, then the findings in mending order. */
export function renderVerdict<Code extends string>(verdict: Verdict<Code>, options: RenderOptions = {}): string {
  const { width = 80, colour = false } = options;
  const paint = createPaint(colour);
  const picture = renderPicture(verdict.picture, { width, paint, bars: verdict.status === 'pass' });
  const findings = verdict.findings.flatMap((finding, i) => [
    ...(i > 0 || picture.length > 0 ? [''] : []),
    ...renderFinding(withoutEcho(finding, verdict.findings[i - 1]), i + 1, width, paint),
  ]);
  return [...picture, ...findings].join('\n');
}

/** A hint that the finding before has given is not given again. */
function withoutEcho<Code extends string>(finding: Finding<Code>, before: Finding<Code> | undefined): Finding<Code> {
  return finding.hint === before?.hint ? { ...finding, hint: '' } : finding;
}

/** Renders one finding: what, why and what to try, and where. */
export function renderFinding<Code extends string>(
  finding: Finding<Code>,
  number: number,
  width: number,
  paint: Paint,
): readonly string[] {
  const indent = ' '.repeat(`  (${number}) `.length);
  const [first = '', ...rest] = wrap(toPlainText(`${finding.code}: ${finding.message}`), width, indent);
  const head = `  (${number}) ${first.trimStart()}`;
  return [
    head.replace(finding.code, () => paint(['bold', 'red'], finding.code)),
    ...rest,
    ...(finding.hint === '' ? [] : wrap(toPlainText(finding.hint), width, indent)),
    ...(finding.location ? [indent + paint('cyan', toOneLine(finding.location))] : []),
  ];
}
