import { UsageError } from './usage-error.ts';

/** What to tell of a disk that is full or may not be written; undefined when an error is about something else. */
export function explainDiskError(error: unknown): UsageError | undefined {
  // What was closed on the way out met the same disk; the first error is the reason.
  if (error instanceof SuppressedError) return explainDiskError(error.suppressed) ?? explainDiskError(error.error);
  if (error instanceof UsageError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = REASONS[code];
  if (why === undefined || !(error instanceof Error) || !('syscall' in error || 'path' in error)) return undefined;
  return new UsageError(
    `${why}: ${error.message}. Nothing that you typed is lost: a file of the bench is written whole or not at all, and the next ` +
      'command finishes what this one began. `npm run doctor` looks at the disk.',
    { cause: error },
  );
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full',
  EDQUOT: 'Your share of the disk is full',
  EROFS: 'The disk can only be read',
  EACCES: 'That may not be written by you',
  EPERM: 'That may not be written by you',
};
