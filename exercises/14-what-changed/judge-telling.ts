import type { CheckAids, CheckFinding } from '../../workshop/check/check.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import type { ChainSeen } from './chain-seen.ts';
import { findLacks, type Lack } from './find-lacks.ts';
import { locateAt } from './judge-chain.ts';

/** The telemetry says which version, which variant and which tenant: else a change of them has no name. */
export function judgeTelling(seen: ChainSeen, aids: CheckAids): readonly CheckFinding[] {
  const lacks = findLacks(seen);
  const told = lacks.flatMap((lack) => explainLack(lack, aids) ?? []);
  const versions = lacks.some(({ of }) => of === 'version') ? [] : findMisplacedVersion(seen, aids);
  return [...told, ...versions, ...findNamesWithSkeins(seen, aids)];
}

function explainLack(lack: Lack, aids: CheckAids): CheckFinding | undefined {
  switch (lack.of) {
    case 'chain':
      return undefined;
    case 'version':
      return {
        ...notFindable(
          'A deploy cannot be found',
          lack.said === undefined
            ? `nothing says which version of ${all(lack)} answered`
            : `\`service.version\` of ${all(lack)} is "${lack.said}", whatever version answers`,
          'Each of the twelve has a version of its own, and `settingsOf(name)` knows it. Put it on the resource in supply-chain/identity.ts, as `service.version`: it goes over what tracing.ts says.',
        ),
        location: locateAt('supply-chain/identity.ts#settingsOf(name)', aids),
      };
    case 'flag':
      return notFindable(
        'A flag cannot be found',
        `nothing says how ${all(lack)} evaluated its flag`,
        'Put `feature_flag.key` and `feature_flag.result.variant` on the active span, where supply-chain/service.ts evaluates the flag; also when it is off.',
      );
    case 'tenant':
      return notFindable(
        'A change of the traffic cannot be found',
        'nothing says whose visit a trace is',
        'Put the tenant on the active span, as `purl.tenant`: supply-chain/service.ts has it from the request.',
      );
  }
}

function all({ service, services }: { readonly service: string; readonly services: number }): string {
  return services === 1 ? `\`${service}\`` : `\`${service}\` and ${services - 1} other${services === 2 ? '' : 's'}`;
}

function notFindable(what: string, lacking: string, hint: string): CheckFinding {
  return findingOf({
    code: 'not-findable',
    message: `${what}: ${lacking}.`,
    hint,
    expected: 'telemetry that tells it',
    actual: lacking,
  });
}

/** A version belongs to the process, not to what it does; what the resource says besides may be another one's. */
function findMisplacedVersion({ quiet }: ChainSeen, aids: CheckAids): readonly CheckFinding[] {
  const span = quiet.spans.find(
    ({ attributes, resource }) =>
      attributes['service.version'] !== undefined &&
      attributes['service.version'] !== resource.attributes['service.version'],
  );
  if (!span) return [];
  return [
    findingOf({
      code: 'misplaced-attribute',
      message: `\`service.version\` is on the span \`${span.name}\`, expected on the resource.`,
      hint: 'It is true of all that the process does, also of spans that a library makes: it belongs to the resource, in supply-chain/identity.ts.',
      expected: '`service.version` on the resource',
      actual: 'on a span',
      service: span.service,
      span: span.name,
      traceId: span.traceId,
      location: locateAt('supply-chain/service.ts#service.version', aids),
    }),
  ];
}

/** With a skein in its name no operation is ever seen twice, and nothing can be compared. */
function findNamesWithSkeins({ quiet }: ChainSeen, aids: CheckAids): readonly CheckFinding[] {
  const skeins = new Set(quiet.visits.map(({ skein }) => skein));
  const span = quiet.spans.find(({ name }) => [...skeins].some((skein) => name.includes(skein)));
  if (!span) return [];
  return [
    findingOf({
      code: 'high-cardinality-name',
      message: `\`${span.name}\` has a skein in its name.`,
      hint: 'What changed is asked for each operation, before and after. A name that never comes twice has no before. Put the skein into an attribute.',
      expected: 'a name without ids',
      actual: span.name,
      service: span.service,
      span: span.name,
      traceId: span.traceId,
      location: locateAt('supply-chain/service.ts#updateName', aids),
    }),
  ];
}
