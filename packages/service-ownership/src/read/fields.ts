import { MalformedInput } from './malformed-input.ts';
import type { YamlDocument, YamlPath } from './read-documents.ts';

/** A mapping of a document, and where it is: reads its fields, and says file, line and path of one that is wrong. */
export interface Fields {
  readonly text: (key: string) => string | undefined;
  readonly required: (key: string) => string;
  readonly number: (key: string) => number | undefined;
  readonly boolean: (key: string) => boolean | undefined;
  readonly texts: (key: string) => readonly string[];
  /** A mapping below; empty if there is none. */
  readonly below: (key: string) => Fields;
  /** The mappings of a list; none if there is no list. */
  readonly list: (key: string) => readonly Fields[];
  /** The keys whose values are texts, numbers or booleans, as texts. */
  readonly record: (key: string) => Readonly<Record<string, string>>;
  readonly has: (key: string) => boolean;
  /** The line of a field, or of a text in its list. */
  readonly lineOf: (key: string, place?: number) => number;
  /** The error to throw for what is wrong at a key. */
  readonly wrong: (key: string, problem: string) => MalformedInput;
}

/** The fields of a document; throws `MalformedInput` if it is no mapping. */
export function fieldsOf(document: YamlDocument): Fields {
  return readMapping(document, [], document.value);
}

function readMapping(document: YamlDocument, path: YamlPath, value: unknown): Fields {
  const wrong = (key: string, problem: string): MalformedInput =>
    new MalformedInput(document.file, placeOf(document, key === '' ? path : [...path, key]), problem);
  if (!isMapping(value)) throw wrong('', `it is ${shown(value)}; expected a mapping.`);
  const read = <T>(key: string, what: string, is: (item: unknown) => item is T): T | undefined => {
    const item = value[key] ?? undefined;
    if (item === undefined || is(item)) return item;
    throw wrong(key, `it is ${shown(item)}; expected ${what}.`);
  };
  const text = (key: string) => read(key, 'a text', isText);
  return {
    text,
    required(key) {
      const item = text(key);
      if (item === undefined || item === '') throw wrong(key, 'it is missing.');
      return item;
    },
    number: (key) => read(key, 'a number', isNumber),
    boolean: (key) => read(key, 'true or false', isBoolean),
    texts: (key) => read(key, 'a list of texts', isTexts) ?? [],
    below: (key) => readMapping(document, [...path, key], value[key] ?? {}),
    list: (key) =>
      (read(key, 'a list', Array.isArray) ?? []).map((item: unknown, i) =>
        readMapping(document, [...path, key, i], item),
      ),
    record: (key) => toTexts(read(key, 'a mapping', isMapping) ?? {}),
    has: (key) => (value[key] ?? undefined) !== undefined,
    lineOf: (key, place) => document.lineAt(place === undefined ? [...path, key] : [...path, key, place]),
    wrong,
  };
}

function placeOf({ lineAt }: YamlDocument, path: YamlPath): string {
  const line = `line ${lineAt(path)}`;
  const field = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return field === '' ? line : `${line}, ${field.slice(1)}`;
}

function toTexts(mapping: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const scalars = Object.entries(mapping).filter(([, item]) => ['string', 'number', 'boolean'].includes(typeof item));
  return Object.fromEntries(scalars.map(([key, item]) => [key, String(item)]));
}

/** A value as it reads in a message: short, and as JSON. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
