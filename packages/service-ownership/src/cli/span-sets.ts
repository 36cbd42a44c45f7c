import type { SpanSet } from '../what-changed/span-set.ts';
import type { Options } from './parse-arguments.ts';
import { UsageError } from './surroundings.ts';

/** The two sets that what-changed compares. */
export interface SpanSets {
  readonly before: SpanSet;
  readonly after: SpanSet;
}

/** Options that tell two sets of traces apart, of which one must be given. */
export const SET_OPTIONS = {
  since: { type: 'string' },
  windows: { type: 'string' },
  version: { type: 'string' },
  resource: { type: 'string' },
  attribute: { type: 'string' },
} as const satisfies Options;

type SetOptions = { readonly [name in keyof typeof SET_OPTIONS]?: string | undefined };

/** The sets that the options name: before and since a time, two windows, or with and without a version or a value. */
export function spanSets(options: SetOptions): SpanSets {
  const given = Object.keys(SET_OPTIONS).filter((name) => options[name as keyof SetOptions] !== undefined);
  if (given.length !== 1)
    throw new UsageError(
      `Say which two sets to compare, by one of ${Object.keys(SET_OPTIONS)
        .map((name) => `--${name}`)
        .join(', ')}. See \`ownership --help\`.`,
    );
  const { since, windows, version, resource, attribute } = options;
  if (since !== undefined) return sinceSets(since);
  if (windows !== undefined) return windowSets(windows);
  if (version !== undefined) {
    const [service, value] = split(version, '@', '--version', 'payments@1.1.0');
    return withAndWithout({ service, resource: { 'service.version': value } });
  }
  if (resource !== undefined) return withAndWithout({ resource: pair(resource, '--resource') });
  return withAndWithout({ attributes: pair(attribute ?? '', '--attribute') });
}

function sinceSets(text: string): SpanSets {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new UsageError(`--since must be a time such as 2026-11-21T02:10:00Z, not \`${text}\`.`);
  const nano = BigInt(ms) * 1_000_000n;
  return { before: { toUnixNano: nano }, after: { fromUnixNano: nano } };
}

function windowSets(text: string): SpanSets {
  const [before, after] = split(text, ',', '--windows', 'baseline,incident');
  return { before: { window: before }, after: { window: after } };
}

function withAndWithout(pattern: NonNullable<SpanSet['having']>): SpanSets {
  return { before: { without: pattern }, after: { having: pattern } };
}

function pair(text: string, option: string): Readonly<Record<string, string>> {
  const [key, value] = split(text, '=', option, 'tenant=acme');
  return { [key]: value };
}

function split(text: string, at: string, option: string, example: string): readonly [string, string] {
  const i = text.indexOf(at);
  if (i > 0 && i < text.length - 1) return [text.slice(0, i), text.slice(i + 1)];
  throw new UsageError(`${option} must be like \`${example}\`, not \`${text}\`.`);
}
