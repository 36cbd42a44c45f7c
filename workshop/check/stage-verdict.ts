import type { Picture } from 'trace-shapes';
import type { CheckFinding } from './check.ts';

/** How one check of a stage came out. */
export type CheckVerdict = {
  readonly id: string;
  readonly title: string;
  readonly status: 'pass' | 'fail';
  readonly findings: readonly CheckFinding[];
  readonly picture: Picture | undefined;
  readonly remark?: string | undefined;
};

/** What one run of a stage came to: what every renderer shows. */
export type StageVerdict = {
  /** The stage's folder, such as `03-lost-context`. */
  readonly stage: string;
  readonly status: 'pass' | 'fail';
  readonly durationMs: number;
  readonly checks: readonly CheckVerdict[];
  /** The picture to show: of the first check that failed and has one, else of the last that has one. */
  readonly picture: Picture | undefined;
  /** All findings, the first to mend first, each one once. */
  readonly findings: readonly CheckFinding[];
  /** What to notice now that it passes. */
  readonly notice: string | undefined;
  /** The paths of the spans that were seen, so that the next run can tell new ones. */
  readonly paths: readonly string[];
};
