/**
 * Run by `npm pack` and `npm publish`: compiles the package into dist/ and puts the published package.json in place of
 * the workspace's, which postpack.ts puts back. Node runs the source as it is, but not from within node_modules.
 */
import { spawnSync } from 'node:child_process';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepManifest } from './kept-manifest.ts';
import { publishedManifest } from './published-manifest.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

await rm(DIST, { recursive: true, force: true });
compile();
await cp(join(ROOT, 'src/otlp/generated'), join(DIST, 'otlp/generated'), { recursive: true });
await pointTypesToCompiled();
const manifest = await keepManifest(ROOT);
await writeFile(
  join(ROOT, 'package.json'),
  `${JSON.stringify(publishedManifest(JSON.parse(manifest)), undefined, 2)}\n`,
);

function compile(): void {
  const tsc = join(fileURLToPath(import.meta.resolve('typescript/package.json')), '../bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', join(import.meta.dirname, 'tsconfig.json')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Failed to compile the package:\n${stdout}`);
}

/** The compiler rewrites `.ts` in imports of JavaScript, but not in those of types. */
async function pointTypesToCompiled(): Promise<void> {
  const files = (await readdir(DIST, { recursive: true })).filter((file) => file.endsWith('.d.ts'));
  for (const file of files) {
    const text = await readFile(join(DIST, file), 'utf8');
    await writeFile(join(DIST, file), text.replace(/((?:from |import\()'\.[^']*)\.ts'/g, "$1.js'"));
  }
}
