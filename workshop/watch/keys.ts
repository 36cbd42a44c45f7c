/** What a key does while the workshop watches. */
export type KeyAction =
  | 'check'
  | 'more'
  | 'hint'
  | 'step'
  | 'solve'
  | 'diff'
  | 'replay'
  | 'next'
  | 'reset'
  | 'undo'
  | 'quit';

/** The keys, in the order in which the screen names them. */
export const KEYS: readonly { readonly key: string; readonly action: KeyAction; readonly label: string }[] = [
  { key: 'h', action: 'hint', label: 'hint' },
  { key: 's', action: 'step', label: 'step' },
  { key: 'v', action: 'solve', label: 'solution' },
  { key: 'd', action: 'diff', label: 'diff' },
  { key: 'o', action: 'replay', label: 'last night' },
  { key: 'n', action: 'next', label: 'next stage' },
  { key: 'r', action: 'reset', label: 'reset' },
  { key: 'u', action: 'undo', label: 'undo' },
  { key: 'q', action: 'quit', label: 'quit' },
];

/** What a typed key means: Ctrl-C and Ctrl-D quit, Enter checks again, space turns the page, others may mean nothing. */
export function actionOf(key: string): KeyAction | undefined {
  if (key === '\u0003' || key === '\u0004') return 'quit';
  if (key === '\r' || key === '\n') return 'check';
  if (key === ' ') return 'more';
  return KEYS.find((known) => known.key === key.toLowerCase())?.action;
}
