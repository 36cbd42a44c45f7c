import type { BenchCheck, CheckFinding } from './check.ts';
import { findingOf } from './define-check.ts';

/** The six who could have done it. */
export const SUSPECTS = ['payments', 'database', 'warehouse', 'deploy', 'merino-drop', 'nightly-report'] as const;

/** The learner's answers, as far as they are written: the first one, by the log, and the last one, by traces. */
export type Incident = {
  readonly suspect: string;
  readonly evidence: string;
  readonly page: string;
  readonly cause: string;
  /** Who waited: a trace. */
  readonly waited: string;
  /** Who kept them waiting: a trace. */
  readonly held: string;
};

/** Reads the learner's answer; what is not written yet is empty. */
export function parseIncident(text: string): Incident {
  const sections = new Map(
    text
      .replace(/<!--[\s\S]*?-->/g, '')
      .split(/^##\s+/m)
      .slice(1)
      .map((section) => {
        const [title = '', ...lines] = section.split(/\r?\n/);
        return [title.trim().toLowerCase(), lines.join('\n').trim()] as const;
      }),
  );
  return {
    suspect: sections.get('suspect') ?? '',
    evidence: sections.get('evidence') ?? '',
    page: sections.get('whom to page') ?? '',
    cause: sections.get('cause') ?? '',
    waited: sections.get('waited') ?? '',
    held: sections.get('held') ?? '',
  };
}

/** INCIDENT.md names a suspect, a line of the log and somebody to page; whether they are right is not asked. */
export const incidentIsComplete: BenchCheck = {
  id: 'incident-is-complete',
  title: 'INCIDENT.md names a suspect, evidence and whom to page',
  judgeBench(bench, benchName) {
    const file = bench.get('INCIDENT.md');
    const findings = file ? gapsOf(parseIncident(file.toString('utf8'))) : [noIncident];
    return { findings: findings.map((finding) => inIncident(finding, benchName)), picture: undefined, paths: [] };
  },
};

function gapsOf({ suspect, evidence, page }: Incident): readonly CheckFinding[] {
  return [
    ...(suspect === ''
      ? [gap('Suspect', `Name one of: ${SUSPECTS.join(', ')}.`, '')]
      : namedSuspect(suspect, SUSPECTS) !== undefined
        ? []
        : [gap('Suspect', `"${suspect}" is none of the six: ${SUSPECTS.join(', ')}.`, suspect)]),
    ...(evidence === '' ? [gap('Evidence', 'Copy one line of the log that made you choose.', '')] : []),
    ...(page === '' ? [gap('Whom to page', 'Name a person or a team.', '')] : []),
  ];
}

/** A mistake in the learner's answer is mended there, wherever the bench is. */
export function inIncident(finding: CheckFinding, benchName: string): CheckFinding {
  return { ...finding, location: `${benchName}/INCIDENT.md` };
}

/** Which of the suspects an answer names, however it is written. */
export function namedSuspect(answer: string, suspects: readonly string[]): string | undefined {
  const named = answer.toLowerCase().replace(/[\s_]+/g, '-');
  return suspects.find((known) => named.includes(known));
}

function gap(heading: string, hint: string, actual: string): CheckFinding {
  return findingOf({
    code: 'unsupported-answer',
    message:
      actual === ''
        ? `INCIDENT.md has nothing below "${heading}".`
        : `INCIDENT.md names no suspect that is known here.`,
    hint,
    expected: `something below "${heading}"`,
    actual,
  });
}

/** Without the file there is no answer to judge. */
export const noIncident = findingOf({
  code: 'unsupported-answer',
  message: 'There is no INCIDENT.md in the bench.',
  hint: '`npm run reset 0` hands it out again.',
  expected: 'INCIDENT.md',
  actual: 'nothing',
});
