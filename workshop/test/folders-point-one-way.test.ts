import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** For each source folder its own folders in the order in which data flows: a file imports from its own and from earlier ones. */
const FLOWS = {
  workshop:
    'stages notes bench branches keeper database app scenario telemetry contract check supply-chain replay incidents watch speed ledger rehearse render live verify cli test',
  'packages/service-ownership/src':
    'read store catalogue critical-path objectives what-changed evaluate pages report explain render cli entry testing',
  'packages/trace-shapes/src': 'otlp receive trace shape match explain render snapshot infer vitest cli entry testing',
} as const;

for (const [source, flow] of Object.entries(FLOWS)) {
  test(`imports in ${source} point to earlier steps only`, async () => {
    const order = flow.split(' ');
    const imports = await importsBetweenFolders(join(root, source));
    expect(imports.length).toBeGreaterThan(20);
    expect([...new Set(imports.flatMap(({ from, to }) => [from, to]))].filter((name) => !order.includes(name))).toEqual(
      [],
    );
    const against = imports.filter(({ from, to }) => order.indexOf(to) > order.indexOf(from));
    expect(against.map(({ file, to }) => `${file} imports from ${to}/`)).toEqual([]);
  });
}

test('no package imports from the workshop', async () => {
  const files = (await sources(join(root, 'packages'))).map(
    async (file) => [file, await readFile(file, 'utf8')] as const,
  );
  const found = (await Promise.all(files)).filter(([, text]) => /from '[^']*\/workshop\//.test(text));
  expect(found.map(([file]) => relative(root, file))).toEqual([]);
});

type Import = { readonly file: string; readonly from: string; readonly to: string };

async function importsBetweenFolders(source: string): Promise<readonly Import[]> {
  const files = (await sources(source)).filter((file) => !file.endsWith('.test.ts'));
  const found = await Promise.all(
    files.map(async (file) => {
      const from = relative(source, file).split(sep);
      if (from.length < 2) return [];
      const targets = (await readFile(file, 'utf8')).matchAll(/(?:from|import) '(\.[^']+)'/g);
      return [...targets].flatMap(([, target = '']): Import[] => {
        const to = relative(source, resolve(file, '..', target)).split(sep);
        if (to.length < 2 || to[0] === '..' || to[0] === from[0]) return [];
        return [{ file: relative(root, file), from: from[0] as string, to: to[0] as string }];
      });
    }),
  );
  return found.flat();
}

async function sources(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !/node_modules|dist|fixtures/.test(entry.parentPath),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}
