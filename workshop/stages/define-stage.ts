/** What an app may export, in OpenTelemetry's words. */
export type Signal = 'traces' | 'logs' | 'metrics';

/** What one exercise is: its page in the workshop, and what its checks need to know of it. */
export type StageDefinition = {
  readonly title: string;
  readonly minutes: number;
  /** One sentence: what is true once the stage is solved. */
  readonly goal: string;
  /** The Procfile's entries that a check of this stage starts. */
  readonly processes: readonly string[];
  /** What is exported from this stage on, beside what the stages before it export; the first ones export traces. */
  readonly signals?: readonly Signal[];
  /** Whether from this stage on a replayed night may have another cause than last night had. */
  readonly drawsNights?: true;
  /** The code of the first finding that the unsolved start deserves; none for a stage that has no traces. */
  readonly startFinding: string | undefined;
  /** The files that the learner edits, each with what happens there. */
  readonly edit: readonly string[];
  /** From gentle to plain. */
  readonly hints: readonly string[];
  /** Checks of earlier stages that no longer hold from here on, and why. */
  readonly retires: readonly RetiredCheck[];
  /** The one thing to notice once it passes. */
  readonly notice: string;
  /** Set when the start is meant to have type errors, such as a call that the learner mends. */
  readonly startHasTypeErrors?: boolean;
};

/** A check of an earlier stage, by its id, and the reason why it ends here. */
export type RetiredCheck = { readonly check: string; readonly reason: string };

/**
 * Gives a stage's definition its type.
 *
 * @example
 * export const stage = defineStage({ title: 'The first span', minutes: 10, … });
 */
export function defineStage(definition: StageDefinition): StageDefinition {
  return definition;
}
