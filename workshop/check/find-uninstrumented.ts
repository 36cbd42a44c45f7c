import { anySpan, type Span } from 'trace-shapes';
import { parseProcfile } from '../app/parse-procfile.ts';
import type { Tree } from '../stages/tree.ts';
import type { CheckAids, CheckFinding, StageRun } from './check.ts';
import { findingOf } from './define-check.ts';
import { FRAMEWORK } from './lend-attributes.ts';
import { withoutComments } from './without-comments.ts';

/** A library that an instrumentation is to patch, and what shows that it was patched. */
export type Library = {
  /** As a learner calls it: `pg`. */
  readonly name: string;
  /** The class that patches it: `PgInstrumentation`. */
  readonly instrumentation: string;
  /** Where it is to be patched. */
  readonly services: readonly string[];
  readonly isShownBy: (span: Span) => boolean;
  /** Whether it is loaded as an ES module, so that it can't be patched without a hook. */
  readonly needsHook: boolean;
  /** Another instrumentation that is of little use without this one. */
  readonly goesWith?: string;
};

/** The driver of the database; it is CommonJS below, which is patched without a hook. */
export const pgLibrary = (services: readonly string[]): Library => ({
  name: 'pg',
  instrumentation: 'PgInstrumentation',
  services,
  isShownBy: ({ scope }) => scope.name === '@opentelemetry/instrumentation-pg',
  needsHook: false,
});

/** The framework: a request that came in knows its route. */
export const expressLibrary = (services: readonly string[]): Library => ({
  name: 'express',
  instrumentation: 'ExpressInstrumentation',
  services,
  isShownBy: ({ scope, attributes }) =>
    scope.name === FRAMEWORK || (scope.name === HTTP && attributes['http.route'] !== undefined),
  needsHook: true,
  goesWith: 'HttpInstrumentation',
});

/** Calls that go out by the home-made client, which imports `request` by name. */
export const httpRequestLibrary = (services: readonly string[]): Library => ({
  name: 'request of node:http',
  instrumentation: 'HttpInstrumentation',
  services,
  isShownBy: ({ scope, kind }) => scope.name === HTTP && kind === 'client',
  needsHook: true,
});

/** The library that sends mails; the bench teaches it. */
export const nodemailerLibrary = (services: readonly string[]): Library => ({
  name: 'nodemailer',
  instrumentation: 'NodemailerInstrumentation',
  services,
  isShownBy: ({ name, scope }) => name === 'send mail' || /nodemailer/i.test(scope.name),
  needsHook: true,
});

/** The scope of the spans that the instrumentation of http makes. */
export const HTTP = '@opentelemetry/instrumentation-http';

/**
 * Finds libraries that the bench means to have patched and that made no span in a service which made others: the
 * instrumentation was never given to the SDK, or came too late. What else such a run lacks, follows from it.
 */
export function findUninstrumented(
  { traces, bench }: StageRun,
  { locate }: CheckAids,
  libraries: readonly Library[],
): readonly CheckFinding[] {
  const spans = traces.flatMap(({ nodes }) => nodes.map(({ span }) => span));
  const gaps = libraries
    .flatMap((library) => library.services.map((service) => ({ library, service, setup: setupOf(service, bench) })))
    .filter(({ library, setup }) => isMeant(library, setup))
    .filter(({ service }) => spans.some((span) => span.service === service))
    .filter(({ library, service }) => !spans.some((span) => span.service === service && library.isShownBy(span)))
    .map((gap) => ({ ...gap, reason: reasonFor(gap) }));
  const [first] = gaps;
  if (!first) return [];
  const { library, service, reason } = first;
  const same = gaps.filter((gap) => gap.reason === reason);
  const { why, hint, anchor } = WORDS[reason](library, service);
  return [
    findingOf({
      code: 'not-instrumented',
      message: `${inWords(same)} ${same.length > 1 ? 'are' : 'is'} not instrumented: ${why}`,
      hint,
      expected: `spans by the instrumentation of ${library.name}`,
      actual: reason,
      service,
      location: locate({ node: undefined, shape: anySpan(/./, { anchor }) }),
      times: same.length,
    }),
  ];
}

type Gap = { readonly library: Library; readonly service: string };
type Reason = 'never made' | 'preloaded by nobody' | 'no hook' | 'hook too late' | 'loaded before';

/** How a service sets its SDK up: what it loads before itself, in order, and the code that may do it. */
type Setup = { readonly preloads: readonly string[]; readonly code: string };

function setupOf(service: string, bench: Tree): Setup {
  const preloads = preloadsOf(service, bench);
  return { preloads, code: preloads.length > 0 ? preloads.join('\n') : codeOf(bench) };
}

function isMeant({ instrumentation, goesWith }: Library, { code }: Setup): boolean {
  return [instrumentation, goesWith].some((name) => name !== undefined && code.includes(name));
}

function reasonFor({ library, setup }: Gap & { readonly setup: Setup }): Reason {
  const { preloads, code } = setup;
  if (!code.includes(`new ${library.instrumentation}`)) return 'never made';
  if (preloads.length === 0) return 'preloaded by nobody';
  if (!library.needsHook) return 'loaded before';
  if (!preloads.some(isHook)) return 'no hook';
  return preloads.findIndex(isHook) > 0 || preloads.length === 1 ? 'hook too late' : 'loaded before';
}

/** Each flag of a service's line in the Procfile, with the text of its file and of those that this one imports. */
function preloadsOf(service: string, bench: Tree): readonly string[] {
  const { entries } = parseProcfile(bench.get('Procfile')?.toString('utf8') ?? '');
  const words = entries.find(({ name }) => name === service)?.words ?? [];
  return words.flatMap((word, i) => {
    const [, flag, value = words[i + 1] ?? ''] = PRELOAD.exec(word) ?? [];
    if (flag === undefined) return [];
    const text = textIn(bench, value.replace(/^\.\//, ''));
    const imported = [...text.matchAll(/['"]\.\/([\w./-]+)['"]/g)].map(([, path = '']) => textIn(bench, path));
    return [flag, value, text, ...imported].join('\n');
  });
}

function textIn(bench: Tree, path: string): string {
  return withoutComments(path, bench.get(path)?.toString('utf8') ?? '');
}

const PRELOAD = /^(--import|--require|-r|--loader|--experimental-loader)(?:=(.*))?$/;

function isHook(preload: string): boolean {
  return /import-in-the-middle|hook\.mjs|registerHooks|module\.register|-loader\b/.test(preload);
}

function codeOf(bench: Tree): string {
  const texts = [...bench].filter(([path]) => /\.[cm]?[jt]s$/.test(path));
  return texts.map(([path, content]) => withoutComments(path, content.toString('utf8'))).join('\n');
}

function inWords(gaps: readonly Gap[]): string {
  const names = [...new Set(gaps.map(({ library }) => library.name))];
  const parts = names.map((name) => {
    const services = gaps.filter(({ library }) => library.name === name).map(({ service }) => `\`${service}\``);
    return `\`${name}\` in ${services.join(', ')}`;
  });
  return parts.join(' and ');
}

type Words = { readonly why: string; readonly hint: string; readonly anchor: string };

const WORDS: Readonly<Record<Reason, (library: Library, service: string) => Words>> = {
  'never made': ({ instrumentation }) => ({
    why: `no \`${instrumentation}\` is made.`,
    hint: `Give it to the SDK: \`new NodeSDK({ instrumentations: [ …, new ${instrumentation}()] })\`.`,
    anchor: 'tracing.ts#new NodeSDK',
  }),
  'preloaded by nobody': ({ name }, service) => ({
    why: `when it comes, \`${name}\` has long been loaded.`,
    hint: `An instrumentation changes a library while that is being loaded. Load the SDK before the app, in the Procfile: \`${service}: node --import ./tracing.ts ${service}/main.ts\`.`,
    anchor: `Procfile#${service}:`,
  }),
  'no hook': (_, service) => ({
    why: 'an ES module can be changed only by a hook that is there before it is loaded.',
    hint: `Make a file hook.ts that calls \`register()\` from 'import-in-the-middle/register-hooks.mjs', and load it first: \`--import ./hook.ts --import ./tracing.ts\`.`,
    anchor: `Procfile#${service}:`,
  }),
  'hook too late': ({ name }, service) => ({
    why: `when the hook comes, \`${name}\` has been loaded already.`,
    hint: 'The imports of a file run before its first line, and files run in the order in which they are named. Give the hook a file of its own, and load it first: `--import ./hook.ts --import ./tracing.ts`.',
    anchor: `Procfile#${service}:`,
  }),
  'loaded before': ({ name }, service) => ({
    why: `something loads \`${name}\` before the SDK has started, or its instrumentation is switched off.`,
    hint: `What is imported in tracing.ts, or before it, can't be patched. Is \`sdk.start()\` called, and is nothing of the app imported there?`,
    anchor: `Procfile#${service}:`,
  }),
};
