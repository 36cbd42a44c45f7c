import type { Env } from '../app/app-env.ts';
import type { Cause } from '../scenario/causes/cause.ts';
import type { Deploy } from './deploys.ts';

/** One night to be recorded: what is behind it, and whose it is. */
export type Incident = {
  /** Its file's name, without its end. */
  readonly name: string;
  /** As a page of a diary would call it. */
  readonly title: string;
  /** The service that is the cause, known because it was made so. */
  readonly service: string;
  /** What begins before the customers come, and ends after them; nothing where the code alone is to blame. */
  readonly cause?: Cause;
  /** What is deployed that night. */
  readonly deploy?: Deploy;
  readonly env?: Env;
  /** A process that is started again as it begins. */
  readonly restarts?: string;
  /** How long after the one before a customer comes, where that is not as on other nights. */
  readonly everyMs?: number;
  /** Whether the customers want Merino, which whoever holds stock holds first. */
  readonly isDrop?: boolean;
};
