import type { Span } from '../otlp/telemetry.ts';

/** Whether the parent is known to be of another process: OTLP tells it by two bits of the flags, where the SDK sets them. */
export function hasRemoteParent({ flags }: Span): boolean {
  return (flags & HAS_IS_REMOTE) !== 0 && (flags & IS_REMOTE) !== 0;
}

const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;
