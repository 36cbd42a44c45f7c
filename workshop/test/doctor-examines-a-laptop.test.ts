import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { nodePackage } from '../doctor/link-node.js';

const root = join(import.meta.dirname, '../..');
const doctor = join('workshop', 'doctor', 'main.js');

test('a laptop that is ready is told so, its database asked', async () => {
  const { code, out } = await examine(root, { npm_config_user_agent: 'npm/10.9.2 node/v20.19.0 linux x64' });
  expect(code).toBe(0);
  expect(out).toMatch(/^✓ Node +24\.\S+ came with the install; npm itself runs on 20\.19\.0$/m);
  expect(out).toMatch(/^✓ packages +all \d+ are installed$/m);
  expect(out).toMatch(/^✓ database +Postgres \d+\.\d+ answers$/m);
  expect(out).toContain('Ready: `npm start`.');
  expect(out).not.toContain(root);
});

test('before the install, and on an old Node, the doctor says what to run', async () => {
  await using project = await copyWithoutPackages();
  const old = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' })`;
  const { code, out } = await examine(project.dir, {}, ['--import', `data:text/javascript,${encodeURIComponent(old)}`]);
  expect(code).toBe(1);
  expect(out).toMatch(/^✗ Node +18\.20\.4, and the workshop needs 24\.11\.1 or newer\n +→ npm install/m);
  expect(out).toMatch(/^✗ packages +\d+ of \d+ are missing: .+ …\n +→ npm install$/m);
  expect(out).toMatch(/^- database +needs a newer Node first$/m);
  await writePackage(project.dir, nodePackage(), '24.21.0');
  const unlinked = await examine(project.dir, {}, ['--import', `data:text/javascript,${encodeURIComponent(old)}`]);
  expect(unlinked.out).toMatch(/^✗ Node .+\n +→ npm rebuild node-\S+$/m);
});

test('a package of another version, carriage returns and a greedy proxy each come with their mend', async () => {
  await using project = await copyWithoutPackages();
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await writeFile(
    join(project.dir, 'package.json'),
    JSON.stringify({ dependencies: { express: dependencies.express } }),
  );
  await writePackage(project.dir, 'express', '4.0.0');
  await writeFile(join(project.dir, 'legacy-app', 'Procfile'), 'shop: node shop/main.ts\r\n');
  const { code, out } = await examine(project.dir, { HTTP_PROXY: 'http://proxy:3128', NO_PROXY: 'intranet' });
  expect(code).toBe(1);
  expect(out).toMatch(/^✗ packages +1 are of another version: express\n +→ npm ci$/m);
  expect(out).toMatch(/^! line endings +1 of \d+ files end their lines with CRLF/m);
  expect(out).toMatch(
    /^! loopback +answers, but HTTP_PROXY is set .+\n +→ (export|set) NO_PROXY=127\.0\.0\.1,localhost$/m,
  );
});

test('an install without what only tests need is good enough', async () => {
  await using project = await copyWithoutPackages();
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const all = { dependencies: { express: dependencies.express }, devDependencies: { vitest: '5.1.1' } };
  await writeFile(join(project.dir, 'package.json'), JSON.stringify(all));
  await writePackage(project.dir, 'express', dependencies.express);
  const { out } = await examine(project.dir);
  expect(out).toMatch(/^! packages +all but 1, which only `npm test`, lint and types need: vitest$/m);
});

test('what is printed may be pasted anywhere: no home folder, no password', async () => {
  const home = join(tmpdir(), 'home-of-mallory');
  await using project = await copyWithoutPackages();
  await symlink(join(root, 'node_modules'), join(project.dir, 'node_modules'), 'junction');
  const { out, code } = await examine(project.dir, {
    HOME: home,
    USERPROFILE: home,
    DATABASE_URL: `postgres://mallory:hunter2@127.0.0.1:9/${home}`,
  });
  expect(code).toBe(1);
  expect(out).toMatch(/^✗ database +does not answer: .*127\.0\.0\.1/m);
  expect(out).not.toMatch(/hunter2|home-of-mallory/);
  expect(out).not.toContain(project.dir);
});

test('what `.env` names counts as what the shell names', async () => {
  await using project = await copyWithoutPackages();
  await writeFile(join(project.dir, '.env'), 'DATABASE_URL=postgres://ann:secret@127.0.0.1:9/shop\n');
  const { out } = await examine(project.dir);
  expect(out).toMatch(/^! platform +\S+, with the database that you name$/m);
});

test('leftovers are removed by --fix alone, and nothing else', async () => {
  await using project = await copyWithoutPackages();
  const state = join(project.dir, '.workshop');
  await mkdir(join(state, 'verify', 'apps-cut-short'), { recursive: true });
  await mkdir(join(state, 'saves'), { recursive: true });
  await writeFile(join(state, 'saves', 'mine'), 'precious');
  const before = await examine(project.dir);
  expect(before.out).toMatch(/^! leftovers +1 folders of test runs/m);
  const after = await examine(project.dir, {}, [], ['--fix']);
  expect(after.out).toMatch(/^✓ leftovers .+: removed 1 folders below \.workshop\/verify$/m);
  expect((await examine(project.dir)).out).toMatch(/^✓ leftovers +none$/m);
  expect(await readFile(join(state, 'saves', 'mine'), 'utf8')).toBe('precious');
});

test('an option that it does not know is refused with its help, exit 2', async () => {
  const { code, out } = await examine(root, {}, [], ['--mend']);
  expect([code, out]).toEqual([
    2,
    expect.stringContaining('`--mend` is not known to the doctor.\n\nUsage: npm run doctor'),
  ]);
});

async function examine(dir: string, env = {}, nodeOptions: readonly string[] = [], options: readonly string[] = []) {
  const words = [...nodeOptions, doctor, ...options];
  const { DATABASE_URL: _, ...own } = process.env;
  const child = spawn(process.execPath, words, { cwd: dir, env: { ...own, HTTP_PROXY: '', http_proxy: '', ...env } });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { code, out: out + err };
}

async function copyWithoutPackages() {
  const dir = await mkdtemp(join(tmpdir(), 'untangle-doctor-'));
  for (const part of ['package.json', 'workshop', 'legacy-app'])
    await cp(join(root, part), join(dir, part), { recursive: true });
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

async function writePackage(dir: string, name: string, version: string): Promise<void> {
  await mkdir(join(dir, 'node_modules', name), { recursive: true });
  await writeFile(join(dir, 'node_modules', name, 'package.json'), JSON.stringify({ version }));
}
