import { renderDuration } from 'trace-shapes/render';
import type { CheckFinding, CheckOutcome } from '../check/check.ts';
import { findingOf } from '../check/define-check.ts';
import { type Incident, inIncident, namedSuspect, noIncident, parseIncident } from '../check/incident.ts';
import type { CauseName } from '../scenario/causes/cause.ts';
import { CAUSES } from '../scenario/causes/index.ts';
import type { Tree } from '../stages/tree.ts';
import type { NightTrace, StoredNight } from '../telemetry/stored-night.ts';

/** Everybody who can be named as the cause of a drawn night: the suspects of the first one, and those who joined since. */
export const NIGHT_SUSPECTS: readonly string[] = [
  ...CAUSES.map(({ name }) => name),
  'database',
  'warehouse',
  'deploy',
  'merino-drop',
];

/** Judges what INCIDENT.md says of the last replayed night; it says so when there was none. */
export function judgeNight(bench: Tree, night: StoredNight | undefined, benchName: string): CheckOutcome {
  const outcome = (findings: readonly CheckFinding[]) => ({ findings, picture: undefined, paths: [] });
  if (!night) return outcome([noNight]);
  const file = bench.get('INCIDENT.md');
  if (!file) return outcome([inIncident(noIncident, benchName)]);
  const incident = parseIncident(file.toString('utf8'));
  const wrong = judgeIncident(incident, night);
  return wrong
    ? outcome([inIncident(wrong, benchName)])
    : { ...outcome([]), remark: compareAnswers(incident, night.cause) };
}

/**
 * Judges an answer by what arrived in the night that it is about: who waited, who kept them waiting, and only then
 * whether the cause that it names is the one. The first mistake is told; none names what is right.
 */
export function judgeIncident(incident: Incident, night: StoredNight): CheckFinding | undefined {
  const cause = namedSuspect(incident.cause, NIGHT_SUSPECTS);
  if (incident.cause === '') return gap('Cause', `Name one of: ${NIGHT_SUSPECTS.join(', ')}.`);
  if (cause === undefined)
    return finding({
      message: `INCIDENT.md names a cause that is not known here: "${shorten(incident.cause)}".`,
      hint: `Name one of: ${NIGHT_SUSPECTS.join(', ')}.`,
      actual: incident.cause,
    });
  const waited = lookUp('Waited', incident.waited, night);
  if ('code' in waited) return waited;
  if (!waited.waited) return notWaited(waited);
  const held = lookUp('Held', incident.held, night);
  if ('code' in held) return held;
  if (!held.held) return notHeld(held, waited);
  return cause === night.cause ? undefined : otherCause(cause, held);
}

/** Finds the trace that an answer names, by its id or by one of its spans', whole or its first eight characters. */
function lookUp(heading: Heading, answer: string, { traces, at }: StoredNight): NightTrace | CheckFinding {
  if (answer === '') return gap(heading, HOW_TO_FIND[heading]);
  const ids = answer.toLowerCase().match(/\b[0-9a-f]{8,32}\b/g) ?? [];
  if (ids.length === 0)
    return finding({
      message: `Below "${heading}" INCIDENT.md names no trace: "${shorten(answer)}".`,
      hint: `A line of the log, or a name, is a claim; an id can be looked up. ${HOW_TO_FIND[heading]}`,
      actual: answer,
    });
  const found = traces.find(({ traceId, spanIds }) => ids.some((id) => isIdOf(id, traceId, spanIds)));
  if (found) return found;
  return finding({
    message: `No trace ${ids[0]} arrived in the last replayed night, of ${at.slice(0, 19).replace('T', ' ')} UTC.`,
    hint: 'Every replay makes new ids. `npm run traces -- --night` lists those of the last one.',
    actual: answer,
  });
}

function isIdOf(id: string, traceId: string, spanIds: readonly string[]): boolean {
  return traceId.startsWith(id) || (id.length === 16 && spanIds.includes(id));
}

function notWaited(trace: NightTrace): CheckFinding {
  return finding({
    message: `The trace below "Waited" is no checkout that hung: it is ${described(trace)}.`,
    hint: HOW_TO_FIND.Waited,
    actual: trace.traceId,
    traceId: trace.traceId,
  });
}

function notHeld(held: NightTrace, waited: NightTrace): CheckFinding {
  return finding({
    message: `The trace below "Held" kept nobody waiting: it is ${described(held)}. ${alibiOf(held, waited)}`,
    hint: 'Read what the checkout waited for at last, in its own trace; then look for who was busy with that before it began to wait, and done when it went on.',
    actual: held.traceId,
    traceId: held.traceId,
  });
}

function alibiOf(held: NightTrace, waited: NightTrace): string {
  if (held.traceId === waited.traceId) return 'It is the one that waited.';
  if (held.waited) return 'It waited itself.';
  const between = Math.min(held.endMs, waited.endMs) - Math.max(held.startMs, waited.startMs);
  if (between <= 0) return 'It did not run while the checkout waited.';
  if (between < ENOUGH * (waited.endMs - waited.startMs))
    return `It ran for ${renderDuration(between)} of the ${renderDuration(waited.endMs - waited.startMs)} that the checkout waited, no more.`;
  return 'It ran all the while, and that is all that speaks against it: nothing that it did is what the checkout waited for.';
}

function otherCause(named: string, held: NightTrace): CheckFinding {
  return finding({
    message: `The evidence is right, and it speaks against somebody else than \`${named}\`: it is ${described(held)}.`,
    hint: 'Read that trace once more: whose doing is it?',
    actual: named,
    traceId: held.traceId,
  });
}

/** `POST /orders` of shop, 7.23 s. */
function described({ name, service, startMs, endMs }: NightTrace): string {
  return `\`${name}\` of ${service}, ${renderDuration(endMs - startMs)}`;
}

function gap(heading: Heading | 'Cause', hint: string): CheckFinding {
  return finding({ message: `INCIDENT.md has nothing below "${heading}".`, hint: `${hint} ${HEADINGS}`, actual: '' });
}

function finding(one: Pick<CheckFinding, 'message' | 'hint' | 'actual'> & { readonly traceId?: string }): CheckFinding {
  return findingOf({ code: 'unsupported-answer', expected: 'a cause that the telemetry proves', ...one });
}

const noNight = finding({
  message: 'No night has been replayed on this bench yet, so that there is nothing to prove an answer by.',
  hint: '`npm run replay`, or the key `o`: it happens again, in ten seconds, and your spans, lines and metrics are there.',
  actual: 'no replayed night',
});

function shorten(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

type Heading = 'Waited' | 'Held';

const HOW_TO_FIND: Readonly<Record<Heading, string>> = {
  Waited:
    'The id of the trace of a checkout that hung: `npm run logs -- --night --grep timeout` shows one beside each line.',
  Held: 'The id of the trace of whoever kept it waiting: `npm run traces -- --night --around ID` lists who was at work meanwhile.',
};

const HEADINGS = 'Below your first answer there have to be three more headings: `## Cause`, `## Waited`, `## Held`.';
/** The share of the wait during which somebody must have been at work to be worth a closer look. */
const ENOUGH = 0.6;

/** Says who was suspected at first, and who it was. */
export function compareAnswers({ suspect, evidence }: Incident, cause: CauseName): string {
  if (suspect === '') return `It was \`${cause}\`. At first you suspected nobody.`;
  const line = evidence === '' ? '' : `, by "${shorten(evidence)}"`;
  return `At first you suspected ${shorten(suspect)}${line}. It was \`${cause}\`, and two traces say so.`;
}
