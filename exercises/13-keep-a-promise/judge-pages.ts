import type { CheckFinding } from '../../workshop/check/check.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import type { PagedNight } from '../../workshop/incidents/page-nights.ts';
import { SPEED } from '../../workshop/incidents/recorded-incidents.ts';

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
  const { incident, owner } = night;
  const woken = new Set(night.pages.map((page) => page.owner).filter((name) => name !== 'nobody'));
  const who = woken.size === 0 ? 'nobody' : [...woken].map((name) => `\`${name}\``).join(' and ');
  const times = nights.length;
  const some = `${times === 1 ? 'one night' : `${times} nights`} of nine, such as \`${incident.name}\` ("${incident.title}")`;
  const about = { actual: who, service, location, times };
  if (owner === undefined)
    return findingOf({
      code: woken.size === 0 ? 'no-owner' : 'wrong-page',
      message: `In ${some}, the cause is \`${service}\`, and nobody owns it: ${who} is woken${woken.size === 0 ? '' : ', who made the promise and can do nothing about it'}.`,
      hint: `Name the owner of \`${service}\`, in its catalogue file and on its resource.`,
      expected: `the owner of \`${service}\``,
      ...about,
    });
  return findingOf({
    code: 'wrong-page',
    message: `In ${some}, the cause is \`${service}\`, and ${who} is woken in place of \`${owner}\`.`,
    hint:
      night.pages.length === 0
        ? 'No objective burned fast enough for a page. Does it count what was promised?'
        : `${commandFor(night)} says why, suspect by suspect.`,
    expected: `\`${owner}\``,
    ...about,
  });
}

function commandFor({ incident: { name, at } }: PagedNight): string {
  const file = `exercises/13-keep-a-promise/nights/${name}.parquet`;
  return `\`npm run -s ownership -- page --spans ${file} --at ${at} --speed ${SPEED}\``;
}
