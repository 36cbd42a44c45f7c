import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const PACKAGE = join(import.meta.dirname, '..');
const ROOT = join(PACKAGE, '../..');

test('what npm pack makes works in an empty project: types, Node, and the command', { timeout: 120_000 }, async () => {
  await using folder = await temporaryFolder();
  const tarball = await pack(folder.path);
  const project = join(folder.path, 'project');
  await makeProject(project, tarball);
  npm(project, 'install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts');

  const installed = join(project, 'node_modules/trace-shapes');
  const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  expect(Object.keys(manifest.dependencies)).toEqual(['@bufbuild/protobuf']);
  expect(manifest).not.toHaveProperty('scripts');

  expect(node(project, join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.')).toMatchObject({
    status: 0,
    stdout: '',
  });
  expect(node(project, '--test', 'example.test.js')).toMatchObject({ status: 0 });
  const help = node(project, join(installed, 'dist/cli/main.js'), '--help');
  expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining('trace-shapes receive') });
});

/** Packs a copy, since packing puts another package.json in place for a moment. */
async function pack(folder: string): Promise<string> {
  const copy = join(folder, 'packages/trace-shapes');
  await mkdir(copy, { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await cp(join(ROOT, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  for (const part of ['src', 'pack', 'proto', 'package.json', 'README.md', 'LICENSE', 'CODES.md', 'docs', 'example'])
    await cp(join(PACKAGE, part), join(copy, part), { recursive: true });
  const before = await readFile(join(copy, 'package.json'), 'utf8');
  const [{ filename, files }] = JSON.parse(npm(copy, 'pack', '--json', '--offline').replace(/^[^[]*/, ''));
  expect(await readFile(join(copy, 'package.json'), 'utf8')).toBe(before);
  const paths: string[] = files.map(({ path }: { readonly path: string }) => path);
  expect(paths.filter((path) => /\.test\.|^src|testing/.test(path))).toEqual(['example/library.test.ts']);
  const readme = await readFile(join(copy, 'README.md'), 'utf8');
  const linked = [...readme.matchAll(/\]\((?!http|#)([^)]+)\)/g)].map(([, path = '']) => path);
  expect(linked).toContain('docs/API.md');
  expect(linked.filter((link) => !paths.some((path) => path === link || path.startsWith(`${link}/`)))).toEqual([]);
  expect(paths).toContain('LICENSE');
  return join(copy, filename);
}

async function makeProject(project: string, tarball: string): Promise<void> {
  await mkdir(project);
  const protobuf = `file:${join(ROOT, 'node_modules/@bufbuild/protobuf')}`;
  const manifest = {
    type: 'module',
    dependencies: { 'trace-shapes': `file:${tarball}`, '@bufbuild/protobuf': protobuf },
  };
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2024', 'esnext.disposable'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    checkJs: true,
    allowJs: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.js'] }));
  await writeFile(join(project, 'example.test.js'), EXAMPLE);
}

function npm(cwd: string, ...args: readonly string[]): string {
  // The package's scripts are to run in this Node, and not in an older one that the machine may have too.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd,
    env,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

function node(cwd: string, ...args: readonly string[]) {
  const { NODE_OPTIONS, NODE_TEST_CONTEXT, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'trace-shapes-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const EXAMPLE = `import assert from 'node:assert/strict';
import test from 'node:test';
import { buildTraces, canonicalTraces, judge, renderVerdict, server, startReceiver, trace } from 'trace-shapes';
import * as build from 'trace-shapes/build';
import * as match from 'trace-shapes/match';
import * as receive from 'trace-shapes/receive';
import * as render from 'trace-shapes/render';

test('a request is traced', async () => {
  const receiver = await startReceiver();
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'GET /', kind: 2 };
  await fetch(receiver.endpoint + '/v1/traces', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  });
  const verdict = judge(trace(server('GET /')), receiver.telemetry);
  assert.equal(verdict.status, 'pass', renderVerdict(verdict));
  assert.equal(canonicalTraces(buildTraces(receiver.telemetry.spans)), 'server GET / (unknown_service, no scope)');
  await receiver[Symbol.asyncDispose]();
});

test('each part can be had on its own', () => {
  assert.equal(build.server, server);
  assert.equal(match.judge, judge);
  assert.equal(receive.startReceiver, startReceiver);
  assert.equal(render.renderVerdict, renderVerdict);
  /** @type {import('trace-shapes').SpanShape} */
  const shape = server('GET /');
  assert.equal(shape.kind, 'server');
});
`;
