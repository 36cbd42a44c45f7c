import { renderDuration, renderPicture, wrap } from 'trace-shapes/render';
import { type Incident, namedSuspect } from '../check/incident.ts';
import type { Judgement } from '../replay/judgement.ts';
import type { Night } from '../replay/night.ts';
import { maskText } from '../telemetry/mask-secrets.ts';
import { shortId } from '../telemetry/summarise-trace.ts';
import { toLineText } from '../telemetry/terminal-text.ts';
import { pictureTrace } from './picture-trace.ts';
import type { ScreenStyle } from './screen-style.ts';

/** Draws a replayed night: the hanging checkout, what the log says, and the board of suspects. */
export function renderReplay(
  night: Night,
  board: readonly Judgement[],
  incident: Incident | undefined,
  style: ScreenStyle,
): readonly string[] {
  return [
    ...renderHanging(night, style),
    '',
    ...renderBlame(night, style),
    ...renderMeters(night, style),
    '',
    style.paint('bold', '  The six suspects, by what these spans say'),
    ...board.flatMap((judgement) => renderJudgement(judgement, incident, style)),
    '',
    ...wrap(night.isDrawn ? yoursToFind(night) : incidentLine(incident, board), style.width, '  '),
  ];
}

function renderHanging({ hanging, hangMs }: Night, style: ScreenStyle): readonly string[] {
  const waited = `  The hanging checkout: the customer waited ${renderDuration(hangMs)}`;
  if (!hanging) return [style.paint('bold', waited), '  No span came for it: this bench explains 0 % of that.'];
  const { explainedShare = 0, trees } = pictureTrace(hanging.trace, { most: 60, alike: 3 });
  const share = `explained ${Math.round(explainedShare * 100)} %`;
  return [
    style.paint('bold', `${waited}, ${share}`),
    '',
    ...renderPicture({ trees, omittedTraces: 0, explainedShare }, { ...style, bars: true }),
    '',
    `  Its spans: npm run trace -- ${shortId(hanging.trace.traceId)} --attributes`,
  ];
}

function renderBlame({ blame }: Night, { paint }: ScreenStyle): readonly string[] {
  if (blame.length === 0) return ['  The log has no warning and no error.'];
  const widest = String(blame[0]?.times ?? 0).length;
  return [
    paint('bold', '  The log'),
    ...blame
      .slice(0, MOST_BLAME)
      .map(({ firstLine, times }) => `  ${String(times).padStart(widest)} × ${toLineText(maskText(firstLine))}`),
  ];
}

function renderMeters({ meters }: Night, { width, paint }: ScreenStyle): readonly string[] {
  if (meters.length === 0) return [];
  const lines = meters.flatMap(({ name, says }) => wrap(`${name}: ${says}`, width, '  '));
  return ['', paint('bold', '  The metrics'), ...lines];
}

function renderJudgement(
  { suspect, verdict, reason }: Judgement,
  incident: Incident | undefined,
  { width, paint }: ScreenStyle,
): readonly string[] {
  const mark = isSuspected(suspect, incident) ? '→' : ' ';
  const head = `${mark} ${suspect.padEnd(14)}  ${verdict.padEnd(7)}  `;
  const [first = '', ...rest] = wrap(toLineText(maskText(reason)), width, ' '.repeat(head.length));
  return [head.replace(verdict, () => paint(COLOURS[verdict], verdict)) + first.trimStart(), ...rest];
}

/** The way from one who waited to who held; the rest is the learner's. */
function yoursToFind({ hanging }: Night): string {
  const around = hanging
    ? ` \`npm run traces -- --night --around ${shortId(hanging.trace.traceId)}\` lists who was at work while it waited.`
    : '';
  return `Is it what it was last night?${around} The answer goes into INCIDENT.md, and \`npm run check\` judges it.`;
}

function incidentLine(incident: Incident | undefined, board: readonly Judgement[]): string {
  const suspected = board.find(({ suspect }) => isSuspected(suspect, incident));
  if (!suspected) return 'INCIDENT.md names no suspect yet.';
  if (suspected.verdict === 'cleared') return `→ INCIDENT.md suspects ${suspected.suspect}, whom these spans clear.`;
  if (suspected.verdict === 'charged') return `→ INCIDENT.md suspects ${suspected.suspect}, as these spans do.`;
  return `→ INCIDENT.md suspects ${suspected.suspect}; these spans say nothing for or against.`;
}

function isSuspected(suspect: string, incident: Incident | undefined): boolean {
  return incident !== undefined && namedSuspect(incident.suspect, [suspect]) !== undefined;
}

const COLOURS = { cleared: 'green', charged: 'red', open: 'yellow' } as const;
const MOST_BLAME = 4;
