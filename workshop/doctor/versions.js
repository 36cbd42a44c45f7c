/** The oldest Node that runs the workshop: its synchronous hooks for ES modules came with it. */
export const LEAST_NODE = '24.11.1';

/** Tells whether a version such as 24.21.0 is at least another. @param {string} version @param {string} least */
export function isAtLeast(version, least) {
  const [a, b] = [version, least].map((text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (let i = 0; i < 3; i++) if (a?.[i] !== b?.[i]) return (a?.[i] ?? 0) > (b?.[i] ?? 0);
  return true;
}
