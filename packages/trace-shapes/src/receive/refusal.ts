import { toPlainText } from '../otlp/plain-text.ts';

/** A request that the receiver does not take: an HTTP status, and words that say what to set. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: 400 | 403 | 404 | 405 | 413 | 415;

  constructor(status: Refusal['status'], message: string) {
    super(toPlainText(message));
    this.status = status;
  }
}
