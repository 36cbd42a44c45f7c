import type { CheckFinding } from '../../workshop/check/check.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import type { PagedNight } from '../../workshop/incidents/page-nights.ts';

/** The nights in which somebody else than the owner of the cause was woken; those of one service are one finding. */
export function judgePages(
  nights: readonly PagedNight[],
  placeOf: (service: string) => string,
): readonly CheckFinding[] {
  const wrong = nights.filter((night) => !isRight(night));
  return [...Map.groupBy(wrong, ({ incident }) => incident.service)].map(([service, group]) =>
    explain(service, group, placeOf(service)),
  );
}

/** One page, to the owner of the service that was the cause. */
function isRight({ incident, pages, owner }: PagedNight): boolean {
  const [page, ...others] = pages;
  return page?.service === incident.service && page.owner === owner && page.severity === 'page' && others.length === 0;
}

function explain(service: string, nights: readonly PagedNight[], location: string): CheckFinding {
  const [night] = nights;
  if (!night) throw new Error('A group without a night.');
  const { incident, pages, owner } = night;
  const woken = pages.map((page) => page.owner);
  const times = nights.length;
  const some = `${times === 1 ? 'one night' : `${times} nights`} of nine, such as \`${incident.name}\` ("${incident.title}")`;
  const actual = woken.length === 0 ? 'nobody' : [...new Set(woken)].map((name) => `\`${name}\``).join(' and ');
  if (owner === undefined)
    return findingOf({
      code: woken.every((name) => name === 'nobody') ? 'no-owner' : 'wrong-page',
      message: `In ${some}, the cause is \`${service}\`, and nobody owns it: ${woken.every((name) => name === 'nobody') ? 'nobody is woken' : `${actual} is woken, who made the promise and can do nothing about it`}.`,
      hint: `Name the owner of \`${service}\`, in its catalogue file and on its resource.`,
      expected: `the owner of \`${service}\``,
      ...{ actual, service, location, times },
    });
  return findingOf({
    code: 'wrong-page',
    message: `In ${some}, the cause is \`${service}\`, and ${actual} is woken in place of \`${owner}\`.`,
    hint:
      woken.length === 0
        ? 'No objective burned fast enough for a page. Does it count what was promised?'
        : '`npm run -s ownership -- page --spans FILE` with that night says why, suspect by suspect.',
    expected: `\`${owner}\``,
    ...{ actual, service, location, times },
  });
}
