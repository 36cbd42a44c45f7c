import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, test, vi } from 'vitest';
import { learnerProject } from './learner-project.ts';
import { runCommand } from './run-command.ts';

// Those that wait for a deadline wait beside those that do not.
vi.setConfig({ maxConcurrency: 5 });
const project = await learnerProject();
await project.solve('1');
afterAll(() => project[Symbol.asyncDispose]());

type Change = (text: string) => string;

/** What a check tells of a copy of stage 01's solution in which some files were changed. */
async function tellOf(name: string, changes: Readonly<Record<string, Change>>, env: Record<string, string> = {}) {
  const app = join(project.root, name);
  await cp(project.place.dir, app, { recursive: true });
  for (const [path, change] of Object.entries(changes)) {
    const file = join(app, path);
    await writeFile(file, change(await readFile(file, 'utf8')));
  }
  const { code, out } = await runCommand(project.root, ['check', '1', '--app', name], { env, columns: 80 });
  return `exit ${code}\n${findingsIn(out)}`;
}

/** The verdict from its first finding on, with ports made the same everywhere. */
function findingsIn(out: string): string {
  return out
    .slice(out.indexOf('  (1) '))
    .trimEnd()
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT');
}

/** What never comes is not waited for longer than a busy machine needs to start. */
const SOON = { WORKSHOP_DEADLINE: '6' };
/** And this is enough for five at once to start. */
const BEFORE_LONG = { WORKSHOP_DEADLINE: '12' };

const inFirstHandler =
  (statement: string): Change =>
  (text) =>
    text.replace(/(export (?:async )?function \w+\(.*\{\n)/, `$1  ${statement}\n`);
const onTop =
  (line: string): Change =>
  (text) =>
    `${line}\n${text}`;
const atEnd =
  (line: string): Change =>
  (text) =>
    `${text}\n${line}\n`;
const instead =
  (old: string, now: string): Change =>
  (text) =>
    text.replace(old, now);

describe.concurrent('says why an app cannot be judged', () => {
  test('names the request that hangs', async ({ expect }) => {
    expect(
      await tellOf('hangs', { 'shop/checkout.ts': inFirstHandler('await new Promise(() => {})') }, BEFORE_LONG),
    ).toMatchInlineSnapshot(`
      "exit 1
        (1) timed-out: \`POST /orders for a good cart\` got no answer within 12 s.
            Is every request still answered, on every path? A handler that awaits
            something that never comes looks like this. On a slow machine,
            WORKSHOP_DEADLINE=30 waits longer."
    `);
  });

  test('names the request and the process that loops for ever', async ({ expect }) => {
    expect(
      await tellOf('loops-in-a-request', { 'shop/checkout.ts': inFirstHandler('for (;;);') }, BEFORE_LONG),
    ).toMatchInlineSnapshot(`
      "exit 1
        (1) timed-out: \`POST /orders for a good cart\` got no answer within 12 s.
            \`shop\` never rests.
            Something on the way of that request loops for ever."
    `);
  });

  test('says that an app never listens', async ({ expect }) => {
    expect(
      await tellOf(
        'never-listens',
        {
          'shop/main.ts': instead('app.listen(', 'setInterval(() => {}, 1000)\nconst later = (...args) => {}\nlater('),
        },
        SOON,
      ),
    ).toMatchInlineSnapshot(`
      "exit 1
        (1) app-did-not-start: \`shop\` did not listen on 127.0.0.1:PORT within 6 s. It
            is still running.
            It must listen on \`process.env.PORT\`. Does something before \`app.listen\`
            wait for ever? On a slow machine, WORKSHOP_DEADLINE=30 waits longer."
    `);
  });

  test('says that an app loops for ever while it starts', async ({ expect }) => {
    expect(await tellOf('loops', { 'shop/main.ts': onTop('for (;;);') }, SOON)).toMatchInlineSnapshot(`
      "exit 1
        (1) app-did-not-start: \`shop\` did not listen on 127.0.0.1:PORT within 6 s. It
            is still running and never rests.
            Something loops for ever while it starts."
    `);
  });

  test('names file and line of a syntax error', async ({ expect }) => {
    expect(await tellOf('syntax-error', { 'shop/catalogue.ts': atEnd('function broken( {') })).toMatchInlineSnapshot(`
      "exit 1
        (1) app-did-not-start: \`shop\` did not start: SyntaxError: Unexpected token
            \`<eof>\`. Expected identifier, string literal, numeric literal or [ for the
            computed key.
            Node runs the file as it is saved; a bracket or a comma is missing, or
            TypeScript that cannot simply be erased, such as an enum.
            syntax-error/shop/catalogue.ts:60"
    `);
  });

  test('names the import that leads nowhere', async ({ expect }) => {
    expect(await tellOf('missing-file', { 'shop/main.ts': onTop("import './trcing.ts'") })).toMatchInlineSnapshot(`
      "exit 1
        (1) app-did-not-start: \`shop\` did not start: there is no \`shop/trcing.ts\`.
            Relative imports need \`./\` and the file ending, such as \`./tracing.ts\`.
            Packages that the stages need are installed; nothing else is.
            missing-file/shop/main.ts"
    `);
  });

  test('names the successor of a package of SDK 2.x', async ({ expect }) => {
    expect(
      await tellOf('missing-package', { 'tracing.ts': onTop("import '@opentelemetry/sdk-trace-base'") }),
    ).toMatchInlineSnapshot(`
      "exit 1
        (1) app-did-not-start: \`shop\` did not start: there is no
            \`@opentelemetry/sdk-trace-base\`.
            \`@opentelemetry/sdk-trace-base\` is from an older line of the SDK. Since
            3.0 it is \`@opentelemetry/sdk-trace\`.
            missing-package/tracing.ts"
    `);
  });

  test('names the successor of a class of SDK 1.x', async ({ expect }) => {
    expect(
      await tellOf('sdk-1', { 'tracing.ts': onTop("import { Resource } from '@opentelemetry/resources'") }),
    ).toMatchInlineSnapshot(`
      "exit 1
        (1) app-did-not-start: \`shop\` did not start: \`@opentelemetry/resources\` has no
            export \`Resource\`.
            \`Resource\` is from an older line of the SDK. Since 2.0 it is
            \`resourceFromAttributes({ … })\`, from \`@opentelemetry/resources\`.
            sdk-1/tracing.ts:1"
    `);
  });

  test('names the successor of a method of SDK 1.x', async ({ expect }) => {
    expect(
      await tellOf('sdk-1-method', { 'tracing.ts': atEnd('new NodeSDK().addSpanProcessor({})') }),
    ).toMatchInlineSnapshot(`
      "exit 1
        (1) app-did-not-start: \`shop\` ended with code 1 before it listened: TypeError:
            (intermediate value).addSpanProcessor is not a function.
            \`addSpanProcessor\` is from an older line of the SDK. Give
            \`spanProcessors: [ … ]\` to the constructor.
            sdk-1-method/tracing.ts:11"
    `);
  });

  test('says that the Procfile names a file that is not there', async ({ expect }) => {
    expect(
      await tellOf('missing-import', { Procfile: instead('./tracing.ts', './tracking.ts') }),
    ).toMatchInlineSnapshot(`
      "exit 1
        (1) app-did-not-start: \`shop\` did not start: there is no \`tracking.ts\`.
            Its line in the Procfile names that file, from the folder of the bench: is
            it spelt so, and saved? After \`--import\` a file needs its \`./\`, as in
            \`--import ./tracing.ts\`.
            missing-import/Procfile"
    `);
  });

  test('says where and why an app ended at once', async ({ expect }) => {
    expect(
      await tellOf('throws', { 'shop/main.ts': onTop("if (process.env.PORT) throw new Error('no yarn today')") }),
    ).toMatchInlineSnapshot(`
      "exit 1
        (1) app-did-not-start: \`shop\` ended with code 1 before it listened: Error: no
            yarn today.
            The error was thrown while the process started, and nobody caught it.
            throws/shop/main.ts:1"
    `);
  });

  test('says that an app came to its end before it listened', async ({ expect }) => {
    expect(await tellOf('ends', { 'shop/main.ts': () => "console.log('bye')" })).toMatchInlineSnapshot(`
      "exit 1
        (1) app-did-not-start: \`shop\` ended with code 0 before it listened. It last
            printed: bye
            It came to its end, and nothing kept it alive: does it still get to
            \`app.listen\`?"
    `);
  });

  test('says where an app listens instead', async ({ expect }) => {
    expect(
      await tellOf('wrong-port', { 'shop/main.ts': instead('Number(process.env.PORT)', '0') }),
    ).toMatchInlineSnapshot(`
      "exit 1
        (1) app-did-not-start: \`shop\` listens on 127.0.0.1:PORT, expected
            127.0.0.1:PORT.
            Every process listens on \`process.env.PORT\`, which the workshop sets."
    `);
  });

  test('says where and why an app crashed in the middle', async ({ expect }) => {
    expect(
      await tellOf('crashes', {
        'shop/checkout.ts': inFirstHandler("setImmediate(() => { throw new Error('no such skein') })"),
      }),
    ).toMatchInlineSnapshot(`
      "exit 1
        (1) app-crashed: \`shop\` ended with code 1 in the middle of the run: Error: no
            such skein
            An error that nobody catches ends a Node process; most often a promise was
            neither awaited nor returned. \`npm run logs\` shows all that it printed.
            crashes/shop/checkout.ts:18"
    `);
  });

  test('judges an app that writes 100 MB of logs', async ({ expect }) => {
    const flood = "for (let i = 0; i < 100_000; i++) console.log(i, 'of a hundred thousand lines'.padEnd(1_000, '.'))";
    expect(await tellOf('floods', { 'shop/main.ts': atEnd(flood) })).toMatch(/^exit 0\n/);
  });

  test('judges an app that makes ten thousand spans a second in an endless loop', async ({ expect }) => {
    const loop =
      "import { trace as loops } from '@opentelemetry/api';\n" +
      "setInterval(() => { for (let i = 0; i < 100; i++) loops.getTracer('loop').startSpan('poll again').end() }, 10)";
    expect(await tellOf('span-flood', { 'shop/main.ts': atEnd(loop) })).toMatch(/^exit 0\n/);
  });
});
