import { once } from 'node:events';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { watchFiles } from '../watch/watch-files.ts';
import { learnerProject } from './learner-project.ts';
import { hasTerminals } from './workshop-process.ts';

const project = await learnerProject();
afterAll(() => project[Symbol.asyncDispose]());

const VERDICT = /\d of \d checks? pass/g;
const verdictsIn = (text: string) => text.match(VERDICT)?.length ?? 0;

/** At no moment is the file empty, or half there. */
async function saveByRenaming(file: string, text: string): Promise<void> {
  await writeFile(`${file}~`, text);
  await rename(`${file}~`, file);
}

test('ends after the first verdict when nobody can press a key', async () => {
  await project.goto('0');
  const { code, out, err } = await project.run(['start']);
  expect({ code, verdicts: verdictsIn(out), err }).toEqual({ code: 1, verdicts: 1, err: '… checking\n' });
});

test('checks each save once, of editors too that write twice, rename or leave swap files, and says what became of the bench', async () => {
  await project.goto('0');
  const answered = '# Incident\n\n## Suspect\n\npayments\n\n## Evidence\n\nsome line\n\n## Whom to page\n\nInes\n';
  await using watch = project.start(['start'], { input: 'open' });
  await watch.sees('0 of 1 check pass');

  let mark = watch.mark();
  await project.write('INCIDENT.md', answered);
  await watch.sees('1 of 1 check passes', mark);

  // Some empty a file before they write it.
  mark = watch.mark();
  const file = join(project.place.dir, 'INCIDENT.md');
  const more = `${answered}\nSure of it.\n`;
  await writeFile(file, '');
  await writeFile(file, more);
  await watch.sees('1 of 1 check passes', mark);

  // What editors leave beside a file, and a save of what was there, are no news; the next real save is.
  mark = watch.mark();
  await noticed(async () => {
    await project.write('shop/.main.ts.swp', 'swap');
    await project.write('4913', '');
    await project.write('INCIDENT.md~', 'backup');
  });
  await noticed(() => saveByRenaming(file, more));
  await saveByRenaming(file, answered.replace('payments', 'nobody'));
  await watch.sees('0 of 1 check pass', mark);
  expect(verdictsIn(watch.output().slice(mark)), watch.output().slice(mark)).toBe(1);

  mark = watch.mark();
  await project.write('.stage', 'frist-span\n');
  await watch.sees('The file `.stage` in the bench says "frist-span", which is no stage.', mark);
  await project.write('.stage', 'last-night\n');
  await watch.sees('0 of 1 check pass', mark);

  mark = watch.mark();
  await rm(project.place.dir, { recursive: true });
  await watch.sees('The bench `workbench/` is gone. Key u, or `npm run undo`, brings it back.', mark);
  expect((await project.run(['undo'])).code).toBe(0);
  await watch.sees('0 of 1 check pass', mark);
  expect(await project.read('INCIDENT.md')).toContain('nobody');

  watch.endInput();
  expect((await watch.ended).code).toBe(1);
});

test('checks just once more what was saved during a check, whether or not somebody takes the spans that are handed on', async () => {
  await project.solve('1');
  const heard: string[] = [];
  await using silent = createServer((request) => void heard.push(String(request.url))).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
  await using watch = project.start(['start'], { input: 'open', env });
  await watch.sees('driving the scenario');
  await project.edit('README.md', (text) => `${text}\nfirst`);
  await project.edit('README.md', (text) => `${text}\nsecond`);
  await watch.sees(/3 of 3 checks pass[\s\S]*3 of 3 checks pass/);
  const mark = watch.mark();
  await project.edit('Procfile', (text) => text.replace('--import ./tracing.ts ', ''));
  await watch.sees('the SDK is not loaded', mark);
  expect(verdictsIn(watch.output().slice(0, mark))).toBe(2);
  expect(verdictsIn(watch.output().slice(mark)), watch.output().slice(mark)).toBe(1);
  watch.endInput();
  expect((await watch.ended).code).toBe(1);
  expect(new Set(heard)).toEqual(new Set(['/v1/traces']));
});

test.skipIf(!hasTerminals)('takes keys in a terminal, and gives it back as it was', async () => {
  await project.goto('0');
  await using watch = project.start(['start'], { terminal: true });
  await watch.sees('0 of 1 check pass');
  await watch.sees('waiting for a save in workbench/');
  watch.type('h');
  await watch.sees('Hint 1:');
  let mark = watch.mark();
  watch.type('n');
  await watch.sees('On to 01-first-span', mark);
  await watch.sees('the SDK is not loaded', mark);
  mark = watch.mark();
  watch.type('v');
  await watch.sees('The bench holds the solution of 01-first-span.', mark);
  await watch.sees('3 of 3 checks pass', mark);
  mark = watch.mark();
  watch.type('u');
  await watch.sees('The bench is as it was before', mark);
  watch.type('\u0003');
  const { code, out } = await watch.ended;
  expect(code).toBe(0);
  expect(out.length).toBeGreaterThan(0);
});

test('keeps the learner’s file when what the next stage hands out does not fit, and names it', async () => {
  await project.goto('0');
  const start = join(project.root, 'exercises', '01-first-span', 'start', 'shop');
  await project.edit('shop/orders.ts', (text) => `// mine\n${text}`);
  const mine = await project.read('shop/orders.ts');
  await mkdir(start, { recursive: true });
  await writeFile(join(start, 'orders.ts'), mine.replace('// mine', '// handed out'));
  const { code, out } = await project.run(['next']);
  await rm(join(project.root, 'exercises', '01-first-span', 'start'), { recursive: true });
  expect(code).toBe(0);
  expect(out).toContain('  kept     workbench/shop/orders.ts: yours; what the stage hands out does not fit over it');
  expect(out).toContain("`npm run goto 1` gives the stage's own start instead.");
  expect(await project.read('shop/orders.ts')).toBe(mine);
});

/** Saves, and waits until a watcher like the workshop's has told of it. */
async function noticed(save: () => Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await using _watcher = await watchFiles(project.place.dir, resolve);
  await save();
  await promise;
}
