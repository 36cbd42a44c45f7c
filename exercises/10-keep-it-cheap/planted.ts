/** What customers of the second start give away, by what it is called in a sentence. */
export const PLANTED = {
  'an e-mail address': 'eve.marsh@planted.example',
  'a card number': '4111111111111111',
  // Short, since V8 quotes a body whole only when it is: `{"card":tok_x7Qp9}`.
  'a card token': 'tok_x7Qp9',
} as const;

/** What of the planted stands in a text: card numbers in groups count too; `undefined` if nothing does. */
export function plantedIn(text: string): string | undefined {
  const ungrouped = text.replace(/(?<=\d)[ -](?=\d)/g, '');
  return Object.entries(PLANTED).find(([, secret]) => text.includes(secret) || ungrouped.includes(secret))?.[0];
}
