/** Numbers that are the same for every run: a linear congruential generator. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Bytes with up to four changes: cut, flipped, doubled, removed, or with something hostile put in. */
export function mutateBytes(bytes: Uint8Array, random: (below: number) => number): Buffer {
  let mutated = Buffer.from(bytes);
  for (let changes = 1 + random(4); changes > 0; changes--) {
    const at = random(mutated.length + 1);
    const before = mutated.subarray(0, at);
    const after = mutated.subarray(at);
    const length = random(16);
    const ways = [
      () => Buffer.from(before),
      () => Buffer.concat([before, Buffer.from([random(256)]), after.subarray(1)]),
      () => Buffer.concat([before, after.subarray(0, length), after]),
      () => Buffer.concat([before, after.subarray(length)]),
      () => Buffer.concat([before, Buffer.alloc(length, 0xff), after]),
      () => Buffer.concat([before, Buffer.from(Array.from({ length }, () => random(256))), after]),
    ];
    mutated = (ways[random(ways.length)] ?? ways[0])?.() as Buffer<ArrayBuffer>;
  }
  return mutated;
}

/** JSON text with one to three of its values replaced by something hostile, or put under a hostile key. */
export function mutateJson(text: string, random: (below: number) => number): string {
  const root: unknown = JSON.parse(text);
  for (let changes = 1 + random(3); changes > 0; changes--) {
    const { holder, key } = walkDown(root as object, random);
    const value = structuredClone(HOSTILE[random(HOSTILE.length)]);
    const name = random(4) === 0 ? (KEYS[random(KEYS.length)] as string) : key;
    Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return JSON.stringify(root).replaceAll('"§', '').replaceAll('§"', '');
}

/** A place anywhere in a value: most are deep, as most are. */
function walkDown(root: object, random: (below: number) => number) {
  for (let holder = root; ; ) {
    const keys = Object.keys(holder);
    const lists = keys.filter((key) => Array.isArray(Object.getOwnPropertyDescriptor(holder, key)?.value));
    // Most of a request is in its lists, where a walk at random would seldom come.
    const among = lists.length > 0 && random(2) === 0 ? lists : keys;
    const key = among[random(among.length)] ?? 'new';
    const inner: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
    if (typeof inner !== 'object' || inner === null || random(16) === 0) return { holder, key };
    holder = inner;
  }
}

const KEYS = ['__proto__', 'constructor', 'toString', 'value', 'case', '$typeName', 'stringValue', 'kvlistValue', ''];

/** Between `§` stands what `JSON.stringify` would not write. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  '',
  'NaN',
  '-1',
  '18446744073709551616',
  '9'.repeat(400),
  '0'.repeat(16),
  '__proto__',
  '\u0000\ud800',
  'x'.repeat(10_000),
  -1,
  1.5,
  1e300,
  '§1e400§',
  '§123456789012345678901234567890§',
  '§-0§',
  [],
  [[[[]]]],
  [null, 7, {}],
  {},
  { case: 'stringValue', value: 7 },
  { arrayValue: { values: [{ kvlistValue: { values: [{ key: '__proto__', value: { boolValue: true } }] } }] } },
  { kvlistValue: { values: { length: 1e9 } } },
  '§{"__proto__":{"polluted":1}}§',
  `§${'{"arrayValue":{"values":['.repeat(60)}${']}}'.repeat(60)}§`,
];
