import type { BenchCheck, CheckFinding } from './check.ts';
import { findingOf } from './define-check.ts';

/** The six who could have done it. */
export const SUSPECTS = ['payments', 'database', 'warehouse', 'deploy', 'merino-drop', 'nightly-report'] as const;

/** The learner's answer, as far as it is written. */
export type Incident = { readonly suspect: string; readonly evidence: string; readonly page: string };

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
  };
}

/** INCIDENT.md names a suspect, a line of the log and somebody to page; whether they are right is not asked. */
export const incidentIsComplete: BenchCheck = {
  id: 'incident-is-complete',
  title: 'INCIDENT.md names a suspect, evidence and whom to page',
  judgeBench(bench) {
    const file = bench.get('INCIDENT.md');
    const findings = file ? gapsOf(parseIncident(file.toString('utf8'))) : [noFile];
    return { findings, picture: undefined, paths: [] };
  },
};

function gapsOf({ suspect, evidence, page }: Incident): readonly CheckFinding[] {
  const named = suspect.toLowerCase().replace(/[\s_]+/g, '-');
  return [
    ...(suspect === ''
      ? [gap('Suspect', `Name one of: ${SUSPECTS.join(', ')}.`, '')]
      : SUSPECTS.some((known) => named.includes(known))
        ? []
        : [gap('Suspect', `"${suspect}" is none of the six: ${SUSPECTS.join(', ')}.`, suspect)]),
    ...(evidence === '' ? [gap('Evidence', 'Copy one line of the log that made you choose.', '')] : []),
    ...(page === '' ? [gap('Whom to page', 'Name a person or a team.', '')] : []),
  ];
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
    location: 'workbench/INCIDENT.md',
  });
}

const noFile = findingOf({
  code: 'unsupported-answer',
  message: 'There is no INCIDENT.md in the bench.',
  hint: '`npm run reset 0` hands it out again.',
  expected: 'INCIDENT.md',
  actual: 'nothing',
});
