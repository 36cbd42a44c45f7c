import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { readStageDirs } from '../stages/stage-dirs.ts';
import { namesIn, statesOf, textsBelow, textsOf, wordsOf } from './known-words.ts';
import { type Page, readPages } from './read-pages.ts';
import { complaintAbout, npmCommandsIn } from './try-command.ts';

const root = join(import.meta.dirname, '../..');
const [pages, stages] = await Promise.all([readPages(root), readStageDirs(root)]);
const states = await Promise.all(stages.map((stage) => statesOf(root, stage)));

test('every command of npm exists, and takes what it is given', async () => {
  const manifest: { scripts: Record<string, string> } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const ground = { scripts: new Set(Object.keys(manifest.scripts)), stages };
  const commands = named().flatMap((one) => npmCommandsIn(one.text).map((command) => ({ ...one, command })));
  expect(commands.length).toBeGreaterThan(150);
  const complaints = await Promise.all(
    commands.map(async ({ place, command }) => {
      const complaint = await complaintAbout(command, ground);
      return complaint === undefined ? [] : `${place}: \`${command}\`: ${complaint}`;
    }),
  );
  expect(complaints.flat()).toEqual([]);
});

test('every file that is named is there: in the project, or in the app as it is at that stage', async () => {
  const found = named().flatMap(({ place, page, text }) => pathsIn(text).map((path) => ({ place, page, path })));
  const linked = pages.flatMap((page) => page.links.map((path) => ({ place: page.path, page, path })));
  const local = linked.filter(({ path }) => !/^(https?:|#)/.test(path));
  expect(found.length).toBeGreaterThan(150);
  expect(local.length).toBeGreaterThan(40);
  const missing = await Promise.all(
    [...found, ...local].map(async ({ place, page, path }) => ((await exists(path, page)) ? [] : `${place}: ${path}`)),
  );
  expect(missing.flat()).toEqual([]);
});

test('every function, name and attribute that is named is in a source: of that stage, of the workshop or of a library', async () => {
  const [ofProject, ofLibraries] = (await Promise.all([textsBelow(root, SOURCES), textsBelow(root, LIBRARIES)])).map(
    wordsOf,
  );
  const ofStage = new Map(stages.map(({ number }, i) => [number, wordsOf((states[i] ?? []).flatMap(textsOf))]));
  const isKnown = (word: string, { stage }: Page) =>
    ofProject?.has(word) ||
    ofLibraries?.has(word) ||
    seenBy(stage).some((number) => ofStage.get(number)?.has(word)) ||
    NO_NAMES.has(word);
  const words = named().flatMap(({ place, page, text }) => namesIn(text).map((word) => ({ place, page, word })));
  expect(words.length).toBeGreaterThan(1_000);
  const unknown = words.filter(({ word, page }) => !isKnown(word, page)).map(({ place, word }) => `${place}: ${word}`);
  expect(unknown).toEqual([]);
});

/** All that is named on all pages, with where. */
function named() {
  return pages.flatMap((page) => page.named.map((one) => ({ ...one, page, place: `${page.path}:${one.line}` })));
}

/** A page of a stage knows the states up to its own; other pages know all. */
function seenBy(stage: number | undefined): readonly number[] {
  return stages.map(({ number }) => number).filter((number) => stage === undefined || number <= stage);
}

/** What looks like a path in a piece of text: with a folder, or with the ending of a file that we have. */
function pathsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(PATH), ([path]) => path).filter(
    (path) => !NO_FILES.some((pattern) => pattern.test(path)),
  );
}

const FOLDERS =
  'workbench|legacy-app|exercises|solutions|packages|workshop|docs|lib|shop|warehouse|payments|worker|db|start|submissions';
const PATH = new RegExp(
  `(?<![\\w/.@:-])(?:\\.{1,2}/)*(?:(?:${FOLDERS})/[\\w./*-]+[\\w*]|[\\w-]+\\.(?:ts|js|mjs|sql|md|yaml|yml|json|log|svg))(?![\\w/-])`,
  'g',
);

async function exists(path: string, page: Page): Promise<boolean> {
  const bare = path.replace(/#.*$/, '');
  const inBench = bare.replace(/^(?:\.\/)?(?:workbench\/)?/, '');
  const trees = stages.flatMap(({ number }, i) => (seenBy(page.stage).includes(number) ? (states[i] ?? []) : []));
  if (trees.some((tree) => [...tree.keys()].some((key) => fits(key, inBench)))) return true;
  const anyOf = bare.replace('NN-slug', '*');
  const places = [anyOf, join(dirname(page.path), bare), ...ofStages(page, bare)].map(normalize);
  return (await Promise.all(places.map(isThere))).includes(true);
}

/** The whole path, a folder on the way to it, or, without a folder, its last part. */
function fits(key: string, path: string): boolean {
  return (
    key === path ||
    key.startsWith(`${path.replace(/\/?\*?$/, '')}/`) ||
    (!path.includes('/') && key.endsWith(`/${path}`))
  );
}

/** Where a file that each stage has may be: a name without a folder stands for that of any stage. */
function ofStages({ stage }: Page, path: string): readonly string[] {
  return stages
    .filter(({ number }) => stage === undefined || number === stage)
    .flatMap(({ name }) => [`exercises/${name}/${path}`, `solutions/${name}/${path}`]);
}

/** Whether a file or folder is there, or any that a pattern stands for. */
async function isThere(path: string): Promise<boolean> {
  if (!path.includes('*')) return existsSync(join(root, path));
  for await (const _ of glob(path, { cwd: root })) return true;
  return false;
}

const SOURCES = [
  'workshop/**/*.{ts,js}',
  'packages/*/src/**/*.ts',
  'exercises/*/*.ts',
  'exercises/*/start/**/*.ts',
  'legacy-app/**/*.sql',
  'package.json',
  '.npmrc',
];

const LIBRARIES = [
  'node_modules/@opentelemetry/{api,sdk-node,sdk-trace,core,resources,instrumentation*,semantic-conventions,otlp-exporter-base}/dist/**/*.{d.mts,mjs}',
  'node_modules/{import-in-the-middle,pino,express}/*.{ts,mjs,js}',
  'node_modules/@types/{pg,nodemailer,express,express-serve-static-core}/**/*.d.ts',
  'node_modules/@types/node/{timers,process,globals,http}.d.ts',
  'node_modules/typescript/lib/lib.es20*.d.ts',
];

/** What looks like a file and is none of ours. */
const NO_FILES = [
  // a function of express
  /^express\.json$/,
  // of the reader's own service
  /^(?:\.\/)?(?:hook|tracing|server)\.js$/,
];

/** Words that are no names of sources that are looked at. */
const NO_NAMES = new Set([
  // of the reader's own service
  'askForPrices',
  // what nodemailer says of a server that hangs up
  'ESOCKET',
  // SQL that nobody here happens to use
  'lateral',
]);
