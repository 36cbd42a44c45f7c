import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { parseJsonLines, toJsonLines } from '../otlp/json-lines.ts';
import { findFreePorts } from '../receive/free-port.ts';
import { sketchSpans } from '../testing/sketch-traces.ts';
import { request, work } from '../testing/spans.ts';
import { runCommand } from './run-command.ts';
import { UsageError } from './surroundings.ts';

const checkout = {
  ...request('POST /orders', work('price basket'), work('charge card')),
  attributes: { 'order.lines': 2 },
};
const lines = toJsonLines({ spans: sketchSpans([checkout, work('tick')]), logs: [], metrics: [] });

test('prints the traces of a file as trees', async () => {
  await using folder = await temporaryFolder();
  expect(await run(folder.path, 'print', 'run.jsonl', '--most', '1')).toMatchInlineSnapshot(`
    {
      "code": 0,
      "printed": "  trace 00000100000000000000000000000000, 3 spans
      POST /orders     server    shop    100 ms  ███████████████████████████████████
      ├─ price basket  internal  shop     90 ms  ████████████████████████████████
      └─ charge card   internal  shop     90 ms  ████████████████████████████████

    4 spans in 2 traces, of which 1 are shown: --most 2 shows all; 0 logs, 0 metrics",
    }
  `);
});

test('says which parent never came', async () => {
  const cut = toJsonLines({ spans: sketchSpans([checkout]).slice(1), logs: [], metrics: [] });
  expect((await run('.', 'print', '-', { piped: cut })).printed).toMatchInlineSnapshot(`
    "  trace 00000100000000000000000000000000, 2 spans
      without its parent, which never came
      price basket  internal  shop     90 ms  ██████████████████████████████████████
      charge card   internal  shop     90 ms  ██████████████████████████████████████
      Span 0000000000000001 never came: the parent of \`price basket\`, \`charge card\`.

    2 spans in 1 trace; 0 logs, 0 metrics"
  `);
});

test('writes an expected.ts that the file matches', async () => {
  await using folder = await temporaryFolder();
  const { code, printed } = await run(folder.path, 'infer', 'run.jsonl');
  expect(code).toBe(0);
  expect(printed).toMatchInlineSnapshot(`
    "import { internal, server, trace, traces } from 'trace-shapes';

    export const expected = traces([
      trace(
        server(
          'POST /orders',
          { service: 'shop', attributes: { 'order.lines': 2 } },
          internal('price basket'),
          internal('charge card'),
        ),
      ),
      trace(internal('tick', { service: 'shop' })),
    ]);"
  `);
  await writeFile(join(folder.path, 'expected.ts'), printed.replace('trace-shapes', SOURCE));
  expect((await run(folder.path, 'compare', 'run.jsonl', 'expected.ts')).code).toBe(0);
});

test('compares a file with a shape, and says which mistake it is', async () => {
  await using folder = await temporaryFolder();
  expect(await run(folder.path, 'compare', 'run.jsonl', 'shapes.ts', '--export', 'paid')).toMatchObject({ code: 0 });
  expect(await run(folder.path, 'compare', 'run.jsonl', 'shapes.ts', '--export', 'sent')).toMatchInlineSnapshot(`
    {
      "code": 1,
      "printed": "  POST /orders       server    shop    100 ms
      ├─ price basket    internal  shop     90 ms
      ├─ charge card     internal  shop     90 ms
      └─ ✗ send receipt  internal  shop            expected here (1)

      (1) missing-span: \`send receipt\` is missing below \`POST /orders\`.
          No INTERNAL span of that name arrived. Start it where the work begins,
          with just this name, and end it where the work ends.

    Not as expected.",
    }
  `);
  const { code, printed } = await run(folder.path, 'compare', 'run.jsonl', 'shapes.ts', '--export', 'sent', '--json');
  expect({ code, findings: JSON.parse(printed).findings }).toMatchObject({
    code: 1,
    findings: [{ code: 'missing-span' }],
  });
});

test('says what is wrong with the command line', async () => {
  await using folder = await temporaryFolder();
  const said = async (...args: readonly string[]) => {
    const error = await run(folder.path, ...args).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  };
  await writeFile(join(folder.path, 'no.jsonl'), '{}\n');
  await writeFile(join(folder.path, 'none.ts'), 'export const a = 1;');
  const all = [
    await said('explain'),
    await said('print'),
    await said('print', 'a', 'b'),
    await said('print', 'run.jsonl', '--many'),
    await said('print', 'run.jsonl', '--most', 'all'),
    await said('print', 'gone.jsonl'),
    await said('print', 'no.jsonl'),
    await said('infer', 'run.jsonl', '--trace', 'ffff'),
    await said('infer', 'run.jsonl', '--name', 'a-b'),
    await said('compare', 'run.jsonl', 'shapes.ts'),
    await said('compare', 'run.jsonl', 'shapes.ts', '--export', 'lost'),
    await said('compare', 'run.jsonl', 'none.ts'),
    await said('compare', 'run.jsonl', 'gone.ts'),
    await said('receive', '--port', '0'),
  ];
  expect(all.join('\n')).toMatchInlineSnapshot(`
    "There is no command \`explain\`. There are \`receive\`, \`print\`, \`compare\`, \`infer\`.
    FILE is missing. See trace-shapes --help.
    \`b\` is one argument too many. See trace-shapes --help.
    Unknown option '--many'. See trace-shapes --help.
    --most must be a whole number from 1 to 1000000, not \`all\`.
    Failed to read \`gone.jsonl\`: there is no such file.
    Failed to read \`no.jsonl\`: line 1: has none of resourceSpans, resourceLogs, resourceMetrics. It must have one OTLP request in JSON a line, as the Collector's file exporter writes them.
    There is not a trace whose id begins with \`ffff\` in \`run.jsonl\`. \`trace-shapes print run.jsonl\` shows what there is.
    --name must be a name in JavaScript, not \`a-b\`.
    \`shapes.ts\` exports several shapes: \`paid\`, \`sent\`. Say which one with --export.
    \`shapes.ts\` exports no shape \`lost\`. It exports \`paid\`, \`sent\`.
    \`none.ts\` exports no shape. Export what trace(…), traces(…) or telemetry(…) returned.
    Failed to load \`gone.ts\`: there is no such file.
    --port must be a whole number from 1 to 65535, not \`0\`."
  `);
});

test('prints help', async () => {
  expect((await run('.', '--help')).printed).toBe((await run('.', 'print', '-h')).printed);
});

test('receives, prints and saves what arrives until it is asked to end', async () => {
  await using folder = await temporaryFolder();
  const [port = 0] = await findFreePorts(1);
  const ending = new AbortController();
  const printed: string[] = [];
  const done = runCommand(['receive', '--port', `${port}`, '--save', 'saved.jsonl'], {
    ...surroundings(folder.path),
    signal: ending.signal,
    print: (text) => {
      printed.push(text);
      if (text.includes('Listening')) void send(port).then(() => ending.abort());
    },
  });
  expect(await done).toBe(0);
  expect(printed.join('\n')).toContain('├─ price basket');
  expect(parseJsonLines(await readFile(join(folder.path, 'saved.jsonl'), 'utf8')).spans).toHaveLength(4);
});

test('exits with 0, 1 or 2, and ends when it is asked to', async () => {
  await using folder = await temporaryFolder();
  const [good, bad, wrong] = await Promise.all([
    exitOf(folder.path, ['compare', 'run.jsonl', 'shapes.ts', '--export', 'paid']),
    exitOf(folder.path, ['compare', 'run.jsonl', 'shapes.ts', '--export', 'sent']),
    exitOf(folder.path, ['print', 'gone.jsonl']),
  ]);
  expect([good, bad, wrong]).toEqual([0, 1, 2]);
});

async function exitOf(cwd: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  createInterface(child.stdout);
  const [code] = await once(child, 'exit');
  return code;
}

async function send(port: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(`http://127.0.0.1:${port}/v1/traces`, { method: 'POST', headers, body: lines });
}

async function run(cwd: string, ...args: readonly (string | { readonly piped: string })[]) {
  const printed: string[] = [];
  const piped = args.find((arg) => typeof arg === 'object')?.piped ?? '';
  const code = await runCommand(
    args.filter((arg) => typeof arg === 'string'),
    { ...surroundings(cwd), readInput: async () => piped, print: (text) => printed.push(text) },
  );
  return { code, printed: printed.join('\n') };
}

function surroundings(cwd: string) {
  return {
    cwd,
    width: 80,
    colour: false,
    readInput: async () => '',
    print: () => {},
    signal: new AbortController().signal,
  };
}

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'trace-shapes-'));
  await writeFile(join(path, 'run.jsonl'), lines);
  await writeFile(
    join(path, 'shapes.ts'),
    `import { internal, server, trace } from ${JSON.stringify(SOURCE)};
     export const paid = trace(server('POST /orders', internal('charge card')));
     export const sent = trace(server('POST /orders', internal('send receipt')));`,
  );
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const SOURCE = new URL('../index.ts', import.meta.url).href;
