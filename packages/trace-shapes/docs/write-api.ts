import { type ApiItem, readEntry, readMatchers } from './read-entry.ts';

/** The parts of the API, each with the entry point that it comes from. */
export const PARTS = [
  { path: 'trace-shapes/build', about: 'What is expected, as plain data.', file: 'entry/build.ts' },
  { path: 'trace-shapes/receive', about: 'Bytes in; spans, logs, metrics and traces out.', file: 'entry/receive.ts' },
  {
    path: 'trace-shapes/match',
    about: 'Traces and shapes in; findings, snapshots and shapes out.',
    file: 'entry/match.ts',
  },
  { path: 'trace-shapes/render', about: 'Findings and traces in, text out.', file: 'entry/render.ts' },
] as const;

/** Everything that an entry point exports. */
export function readPart({ file }: (typeof PARTS)[number]): Promise<readonly ApiItem[]> {
  return readEntry(new URL(`../src/${file}`, import.meta.url));
}

/** The matchers for Vitest. */
export function readVitest(): Promise<readonly ApiItem[]> {
  return readMatchers(new URL('../src/vitest/index.ts', import.meta.url));
}

/** The reference in Markdown, from the doc comments of the source. */
export async function writeApi(): Promise<string> {
  const parts = await Promise.all(PARTS.map(async (part) => writePart(part.path, part.about, await readPart(part))));
  const matchers = writePart(
    'trace-shapes/vitest',
    "The matchers: `import 'trace-shapes/vitest'`.",
    await readVitest(),
  );
  return `${[INTRODUCTION, ...parts, matchers].join('\n\n')}\n`;
}

function writePart(path: string, about: string, items: readonly ApiItem[]): string {
  const types = items.filter(({ isType }) => isType);
  return [
    `## ${path}`,
    about,
    ...items.filter(({ isType }) => !isType).map(writeItem),
    ...(types.length > 0 ? ['### Types', ...types.map(writeType)] : []),
  ].join('\n\n');
}

function writeItem({ name, code, text, example }: ApiItem): string {
  return [`### \`${name}\``, ...(code ? [fence(code)] : []), text, ...(example ? [fence(example)] : [])].join('\n\n');
}

function writeType({ text, code = '', name }: ApiItem): string {
  return [...(text === '' ? [`\`${name}\``] : [text]), fence(code)].join('\n\n');
}

function fence(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

const INTRODUCTION = `# API

Written from the doc comments of the source; the examples run as tests. \`trace-shapes\` exports everything below but the
matchers; each part can be had on its own, too.`;
