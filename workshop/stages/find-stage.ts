import { distance } from 'fastest-levenshtein';
import type { StageDir } from './stage-dirs.ts';
import { UsageError } from './usage-error.ts';

/** The stage that a user means by its number, its slug, both, or enough of the beginning to be the only one. */
export function findStage<S extends StageDir>(stages: readonly S[], wanted: string): S {
  const word = wanted.trim().toLowerCase();
  const exact = stages.find((stage) => namesOf(stage).includes(word));
  if (exact) return exact;
  const begun = stages.filter((stage) => word !== '' && namesOf(stage).some((name) => name.startsWith(word)));
  if (begun.length === 1 && begun[0]) return begun[0];
  throw begun.length > 1 ? ambiguousError(wanted, begun) : unknownError(wanted, stages);
}

/** The stage that the mark in a bench names, or a usage error that says how to mend the mark. */
export function stageOfMark<S extends StageDir>(stages: readonly S[], mark: string): S {
  const shown = mark.length > 40 ? `${mark.slice(0, 40)}…` : mark;
  const known = stages.find((stage) => namesOf(stage).includes(mark.toLowerCase()));
  if (known) return known;
  throw new UsageError(
    `The file \`.stage\` in the bench says ${JSON.stringify(shown)}, which is no stage. Write one of these in it: ${listed(stages)}. ` +
      'Or start a stage afresh: `npm run goto 1`. What is there is saved first.',
  );
}

/** The stage of this number, or a usage error that lists those there are. */
export function stageNumbered<S extends StageDir>(stages: readonly S[], number: number): S {
  return findStage(stages, String(number));
}

function namesOf(stage: StageDir): readonly string[] {
  return [String(stage.number), stage.name.slice(0, 2), stage.slug, stage.name];
}

function ambiguousError(wanted: string, stages: readonly StageDir[]): UsageError {
  return new UsageError(`More than one stage begins with "${wanted}": ${listed(stages)}. Write more of its name.`);
}

function unknownError(wanted: string, stages: readonly StageDir[]): UsageError {
  if (stages.length === 0) return new UsageError('There are no stages: the folder `exercises` is missing or empty.');
  const nearest = nearestName(wanted.toLowerCase(), stages);
  return new UsageError(
    `There is no stage "${wanted}". ${nearest ? `Did you mean \`${nearest}\`? ` : ''}The stages are ${listed(stages)}.`,
  );
}

function nearestName(wanted: string, stages: readonly StageDir[]): string | undefined {
  const ranked = stages
    .map((stage) => ({ name: stage.name, far: Math.min(distance(wanted, stage.slug), distance(wanted, stage.name)) }))
    .sort((a, b) => a.far - b.far);
  return ranked[0] && ranked[0].far <= Math.max(2, wanted.length / 2) ? ranked[0].name : undefined;
}

function listed(stages: readonly StageDir[]): string {
  return stages.map((stage) => `\`${stage.name}\``).join(', ');
}
