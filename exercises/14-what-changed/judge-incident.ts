import { parse } from 'yaml';
import type { CheckAids, CheckFinding } from '../../workshop/check/check.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import type { Tree } from '../../workshop/stages/tree.ts';
import type { ChainSeen } from './chain-seen.ts';

/** INCIDENT.md names service, owner and value, and the change is rolled back. */
export function judgeIncident({ quiet }: ChainSeen, bench: Tree, { show }: CheckAids): readonly CheckFinding[] {
  return [...judgeAnswer(bench, show), ...judgeRollback(quiet, bench, show)];
}

function judgeAnswer(bench: Tree, show: CheckAids['show']): readonly CheckFinding[] {
  const sections = sectionsOf(bench.get(INCIDENT)?.toString('utf8') ?? '');
  const wrong = QUESTIONS.find(({ heading, isAnswer }) => !isAnswer(sections.get(heading) ?? ''));
  if (!wrong) return [];
  const said = sections.get(wrong.heading) ?? '';
  return [
    unsupported(
      said === ''
        ? `${INCIDENT} has nothing below "${wrong.heading}".`
        : `${INCIDENT} says "${firstLine(said)}" below "${wrong.heading}"; the traces say something else.`,
      wrong.hint,
      said,
      show(INCIDENT),
    ),
  ];
}

/** What is there to ask, in the order in which the hunt answers it. */
const QUESTIONS: readonly {
  readonly heading: string;
  readonly hint: string;
  readonly isAnswer: (said: string) => boolean;
}[] = [
  {
    heading: 'Service',
    hint: 'The storefront is where it shows. Where does it begin? `npm run -s ownership -- what-changed` compares slow visits with the others; follow the trace down to where one call has become four.',
    isAnswer: (said) => /\bflock-book\b/i.test(said),
  },
  {
    heading: 'Owner',
    hint: 'Not whoever was paged: `service.owner.name` on the resource of the guilty service says whose it is.',
    isAnswer: (said) => /\bfarmers\b/i.test(said),
  },
  {
    heading: 'What changed',
    hint: 'The attribute that the slow visits have in common and the others have not, with its value.',
    isAnswer: (said) => /full-pedigree/.test(said) || /flag[\w.-]*\s*[=:]\s*"?(on|true)/i.test(said),
  },
  {
    heading: 'What traces cannot tell',
    hint: 'They say what was switched on and what came of it. Somebody wanted something: whom would you ask?',
    isAnswer: (said) => said.length > 0,
  },
];

/** The rollouts are what the services read. Visits that go four times to the farm prove that nothing was rolled back. */
function judgeRollback(
  { spans, visits }: ChainSeen['quiet'],
  bench: Tree,
  show: CheckAids['show'],
): readonly CheckFinding[] {
  const rollout = guiltyRollout(bench);
  const atTheFarm = spans.filter(({ service, kind }) => service === 'farm' && kind === 'server').length;
  if (rollout === 0 || atTheFarm <= visits.length) return [];
  return [
    unsupported(
      `It still burns: ${visits.length} visits asked the farm ${atTheFarm} times. \`full-pedigree\` is on for ${rollout} % of them.`,
      `Take the entry out of ${ROLLOUTS}, or set it to 0: the service reads the file again when you save.`,
      `full-pedigree: ${rollout} %`,
      show(ROLLOUTS),
    ),
  ];
}

function guiltyRollout(bench: Tree): number {
  try {
    const rollouts = parse(bench.get(ROLLOUTS)?.toString('utf8') ?? '');
    return Number(rollouts?.services?.['flock-book']?.flag?.on ?? 0);
  } catch {
    return 0;
  }
}

function sectionsOf(text: string): ReadonlyMap<string, string> {
  const [, ...sections] = text.replace(/<!--[\s\S]*?-->/g, '').split(/^##\s+/m);
  return new Map(
    sections.map((section) => {
      const [heading = '', ...lines] = section.split(/\r?\n/);
      return [heading.trim(), lines.join('\n').trim()];
    }),
  );
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function unsupported(message: string, hint: string, actual: string, location: string): CheckFinding {
  return findingOf({
    code: 'unsupported-answer',
    message,
    hint,
    expected: 'an answer that the traces support',
    actual,
    location,
  });
}

const INCIDENT = 'supply-chain/INCIDENT.md';
const ROLLOUTS = 'supply-chain/rollouts.yaml';
