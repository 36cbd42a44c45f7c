import { renderFinding, renderPicture, wrap } from 'trace-shapes/render';
import type { StageVerdict } from '../check/stage-verdict.ts';
import type { ScreenStyle } from './screen-style.ts';

/** What is worth telling beside the verdict of a stage. */
export type VerdictExtras = {
  readonly title: string;
  /** The share of the request's time that was explained the last time. */
  readonly explainedBefore?: number | undefined;
  /** Lines that the learner has added to the stage's start. */
  readonly linesTyped?: number | undefined;
  /** For a screen that does not hold it all: what to mend before the picture of it. */
  readonly findingsFirst?: boolean;
};

/** Draws a stage's verdict: how many checks pass, one picture, the findings in mending order, or what to notice. */
export function renderStageVerdict(verdict: StageVerdict, style: ScreenStyle, extras: VerdictExtras): string {
  return [
    renderHead(verdict, style, extras),
    ...renderChecks(verdict, style),
    ...(extras.findingsFirst
      ? [...renderFindings(verdict, style), ...renderPictureOf(verdict, style)]
      : [...renderPictureOf(verdict, style), ...renderFindings(verdict, style)]),
    ...renderPassed(verdict, style, extras),
  ].join('\n');
}

function renderHead(
  { stage, status, checks }: StageVerdict,
  { width, paint }: ScreenStyle,
  { title }: VerdictExtras,
): string {
  const passed = checks.filter((check) => check.status === 'pass').length;
  const count = `${passed} of ${checks.length} check${checks.length === 1 ? '' : 's'} pass${passed === 1 ? 'es' : ''}`;
  const name = `  ${stage.replace('-', ' ')} · ${title}`;
  const room = width - count.length - 2;
  const shown = name.length > room ? `${name.slice(0, room - 1)}…` : name.padEnd(room);
  return `${paint('bold', shown)}  ${paint(status === 'pass' ? 'green' : 'red', count)}`;
}

function renderChecks({ checks }: StageVerdict, { width, paint }: ScreenStyle): readonly string[] {
  return checks.map((check) => {
    const line = `  ${signOf(check)} ${check.title}`.slice(0, width);
    return paint(check.status === 'pass' ? 'green' : 'red', line);
  });
}

/** Without any spans nothing was judged, which is not to say that it is wrong. */
function signOf({ status, findings }: StageVerdict['checks'][number]): string {
  if (status === 'pass') return '✓';
  return findings.every(({ code }) => code === 'no-spans') ? '–' : '✗';
}

function renderPictureOf({ picture, status }: StageVerdict, { width, paint }: ScreenStyle): readonly string[] {
  if (!picture || picture.trees.length === 0) return [];
  return ['', ...renderPicture(picture, { width, paint, bars: status === 'pass' })];
}

/** Whoever has more to mend than this mends these first. */
const MOST_FINDINGS = 5;

function renderFindings({ findings }: StageVerdict, { width, paint }: ScreenStyle): readonly string[] {
  const left = findings.length - MOST_FINDINGS;
  return [
    ...findings.slice(0, MOST_FINDINGS).flatMap((finding, i) => ['', ...renderFinding(finding, i + 1, width, paint)]),
    ...(left > 0 ? ['', `  … and ${left} more. Mend these first; \`npm run -s check -- --json\` lists all.`] : []),
  ];
}

function renderPassed(
  { status, checks, notice, picture }: StageVerdict,
  { width }: ScreenStyle,
  extras: VerdictExtras,
): readonly string[] {
  if (status !== 'pass') return [];
  const told = [explained(picture?.explainedShare, extras.explainedBefore), typed(extras.linesTyped)].filter(
    (text) => text !== '',
  );
  return [
    ...(told.length > 0 ? ['', `  ${told.join(', ')}`] : []),
    ...checks.flatMap(({ remark }) => (remark ? ['', ...wrap(remark, width, '  ')] : [])),
    ...(notice ? ['', ...wrap(notice, width, '  ')] : []),
  ];
}

function explained(share: number | undefined, before: number | undefined): string {
  if (share === undefined) return '';
  const now = percent(share);
  // A share that falls says more about the clock than about the learner's last lines.
  return before === undefined || before >= share ? `explained ${now}` : `explained ${percent(before)} → ${now}`;
}

function typed(lines: number | undefined): string {
  return lines === undefined ? '' : `${lines} line${lines === 1 ? '' : 's'} typed`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
