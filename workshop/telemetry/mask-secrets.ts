/**
 * A copy of plain data in which no secret can be read: what lies below a key that is named like one, and what looks like
 * one in any text. For the ends only, where something is printed or written: what is judged are the values as they came.
 */
export function maskSecrets<Value>(value: Value): Value {
  return maskBelow(value, '') as Value;
}

/** A text without the secrets in it: bearer tokens, passwords in URLs, card numbers, `password: …` and their like. */
export function maskText(text: string): string {
  return replaceSecrets(text, maskValue);
}

/** The secrets that a text gives away. */
export function secretsIn(text: string): readonly string[] {
  const found: string[] = [];
  replaceSecrets(text, (secret) => {
    found.push(secret);
    return '';
  });
  return found;
}

function replaceSecrets(text: string, replace: (secret: string) => string): string {
  if (!MAY_HOLD_SECRET.test(text)) return text;
  const without = TELLTALES.reduce(
    (shown, telltale) => shown.replace(telltale, (_, lead: string, secret: string) => lead + replace(secret)),
    text,
  );
  return without.replace(CARD, (digits) => (isCardNumber(digits) ? replace(digits) : digits));
}

/** What is shown in place of a secret: so much that its owner knows which one it is. */
export function maskValue(secret: string): string {
  return secret.length < 8 ? '(masked)' : `${secret.slice(0, 2)}… (masked)`;
}

function maskBelow(value: unknown, key: string): unknown {
  if (IDS.has(key)) return value;
  if (SECRET_NAME.test(key) && !COUNTS.test(key)) return maskWhole(value);
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number' || typeof value === 'bigint')
    return isCardNumber(String(value)) ? maskValue(String(value)) : value;
  if (Array.isArray(value)) return value.map((one) => maskBelow(one, ''));
  return isPlain(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, maskBelow(one, name)]))
    : value;
}

function maskWhole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskWhole);
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, maskWhole(one)]));
  return value === undefined || value === null || value === '' || typeof value === 'boolean'
    ? value
    : maskValue(String(value));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  // Attributes have a prototype of their own.
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** By the check digit that every card has (ISO/IEC 7812-1, Luhn), and by a first digit that banks use. */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '');
  if (!/^[2-6]\d{12,18}$/.test(digits)) return false;
  const sum = Array.from(digits, Number).reduceRight((total, digit, i) => {
    const isDoubled = (digits.length - i) % 2 === 0;
    const doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    return total + (isDoubled ? doubled : digit);
  }, 0);
  return sum % 10 === 0;
}

/** An id of sixteen digits is no card. */
const IDS = new Set(['traceId', 'spanId', 'parentSpanId']);
const NAMES =
  'authorization|cookie|passw(?:or)?d|passphrase|secret|token|api[-_. ]?key|credential|card[-_.]?(?:number|no)\\b|cvv|cvc';
const SECRET_NAME = new RegExp(NAMES, 'i');
/** `usage.tokens` or `token_count` tell how many. */
const COUNTS = /tokens$|[._-](count|length|size|type|kind|name)$/i;
const CARD =
  /(?<![\w-])[2-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}(?![\w-])|(?<![\w-])3\d{3}[ -]?\d{6}[ -]?\d{5}(?![\w-])/g;
/** What stands before a secret, and the secret. */
const TELLTALES: readonly RegExp[] = [
  /(\b(?:bearer|basic)\s+)([\w.~+/=-]{6,})/gi,
  /()(\beyJ[\w-]+\.[\w-]+(?:\.[\w-]+)?)/g,
  /(\/\/[^\s/:@]*:)([^\s/@]+)(?=@)/g,
  new RegExp(
    `((?:${NAMES})[\\w.-]*[\`"']?\\s*(?:[=:]\\s*|\\s(?=["']))["']?)(?!\\s*(?:bearer|basic)\\s)([^\\s"'\`,;&$?{}()…]{3,})`,
    'gi',
  ),
];
/** Almost no text does: one look instead of five. */
const MAY_HOLD_SECRET = new RegExp(`${NAMES}|bearer|basic|eyJ|:[^\\s/]+@|\\d{4}[ -]?\\d{4,6}[ -]?\\d{4}`, 'i');
