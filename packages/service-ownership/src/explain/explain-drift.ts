import { writeRef } from '../catalogue/catalogue.ts';
import type { Drift } from '../catalogue/drift.ts';
import { OWNER_ATTRIBUTES } from '../catalogue/owner-attributes.ts';
import type { Entity } from '../read/entity.ts';
import type { Finding } from './finding.ts';
import { listed, plural, ticked } from './phrases.ts';

/** What a drift is, and what to do, in sentences. */
export function explainDrift(drift: Drift): Finding {
  const { code, service } = drift;
  return { code, service, ...wordsFor(drift), ...locationOf(drift) };
}

type Words = Pick<Finding, 'message' | 'hint'>;

function wordsFor(drift: Drift): Words {
  const name = ticked(drift.service);
  switch (drift.code) {
    case 'no-owner':
      return {
        message: `Nobody owns ${name}: ${drift.entity ? 'its entity has no `spec.owner`' : 'no catalogue file declares it'}, and its spans carry no ${ticked(OWNER_ATTRIBUTES.name)}.`,
        hint: drift.entity
          ? 'Write the name of the team into `spec.owner`.'
          : 'Draft its file with `catalog --write DIR`, and write the name of the team into `spec.owner`.',
      };
    case 'two-owners':
      return {
        message: `${name} has ${plural(drift.owners.length, 'owner')}: ${listed(drift.owners.map(({ owner, from }) => `${ticked(owner)} in ${ticked(from)}`))}.`,
        hint: `A page can go to only one of them. ${drift.unknown.length > 0 ? `${listed(drift.unknown.map(ticked))} is no group and no user of the catalogue. ` : ''}Agree, and say the same in each place.`,
      };
    case 'unknown-owner':
      return {
        message: `${name} is owned by ${ticked(drift.owner)} in ${ticked(drift.from)}, which is no group and no user of the catalogue.`,
        hint: `There are ${listed(drift.known.map(ticked))}. Name one of them, or declare ${ticked(drift.owner)} as a Group.`,
      };
    case 'undeclared-service':
      return {
        message: `${name} sends spans, with ${ticked(drift.owner)} as its owner, and no catalogue file declares it.`,
        hint: 'Draft its file with `catalog --write DIR`.',
      };
    case 'undeclared-dependency':
      return {
        message: `${name} called ${drift.on.kind === 'component' ? '' : 'the database '}${ticked(drift.on.name)} ${plural(drift.on.calls, 'time')}, and its \`dependsOn\` does not list it.`,
        hint: `Add ${ticked(`${drift.on.kind}:default/${drift.on.name.toLowerCase()}`)} to \`spec.dependsOn\`, or remove the call.`,
      };
    case 'never-seen':
      return {
        message: `${name} is declared, and not one span of it came.`,
        hint: `If it is gone, delete its entity. If it runs, check that its \`service.name\` is ${name}.`,
      };
    case 'contradicted-dependency':
      return {
        message: `${name} declares that it depends on ${ticked(writeRef(drift.on))}, and never called it${drift.isReversed ? `: ${ticked(drift.on.name)} calls ${name}` : ''}.`,
        hint: drift.isReversed
          ? `Move it: ${ticked(drift.on.name)} depends on \`component:default/${drift.service.toLowerCase()}\`.`
          : 'Remove it from `spec.dependsOn`, or look at spans of a longer time.',
      };
  }
}

function locationOf(drift: Drift): Pick<Finding, 'location'> {
  const entity: Entity | undefined = 'entity' in drift ? drift.entity : undefined;
  return entity ? { location: { file: entity.file, line: lineOf(drift) ?? entity.line } } : {};
}

/** The line to be mended, where one is to blame: the owner of the entity, or what it depends on. */
function lineOf(drift: Drift): number | undefined {
  if (drift.code === 'contradicted-dependency') return drift.on.line;
  return drift.code === 'two-owners' || drift.code === 'unknown-owner' ? drift.entity?.owner?.line : undefined;
}
