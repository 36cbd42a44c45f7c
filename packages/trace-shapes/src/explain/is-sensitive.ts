/** Whether an attribute's key speaks of a secret or of personal data: `card.number`, `user.email`, `accessToken`. */
export function isSensitive(key: string): boolean {
  const words = key
    .replace(/([a-z])(?=[A-Z])/g, '$1.')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => SENSITIVE.has(word)) || PAIRS.test(words.join(' '));
}

const SENSITIVE: ReadonlySet<string> = new Set([
  ...['password', 'passwd', 'passphrase', 'secret', 'secrets', 'token', 'authorization', 'cookie', 'credential'],
  ...['credentials', 'apikey', 'card', 'pan', 'cvv', 'cvc', 'iban', 'ssn', 'email', 'mail', 'phone', 'birthday'],
  ...['enduser', 'customer', 'recipient'],
]);

/** What only two words together say. */
const PAIRS = /\b(api key|full name|first name|last name|user (name|id)|set cookie)\b/;
