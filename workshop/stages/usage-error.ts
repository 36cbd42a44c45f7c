/** A mistake in how the workshop is used or laid out: a few sentences for the user, never a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
