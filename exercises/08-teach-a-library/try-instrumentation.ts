// Tries out the bench's instrumentation of nodemailer, alone, and prints what it saw as one line of JSON.
// It runs in the bench, so that it finds the packages that the bench finds.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { register } from 'import-in-the-middle/register-hooks.mjs';

register({ exclude: [/@opentelemetry/] });

const spans: unknown[] = [];
let started = 0;
const sdk = new NodeSDK({
  serviceName: 'trial',
  spanProcessors: [
    {
      onStart: () => void started++,
      onEnd: (span) => void spans.push(describe(span)),
      forceFlush: async () => {},
      shutdown: async () => {},
    },
  ],
});
sdk.start();

const mail = {
  from: 'sender@planted.example',
  to: 'somebody@planted.example',
  cc: ['another@planted.example'],
  subject: 'planted subject',
  text: 'planted body',
  html: '<p>planted body</p>',
};

const hooked: unknown[] = [];
const { NodemailerInstrumentation } = await import(pathToFileURL(findClass()).href);
const instrumentation = new NodemailerInstrumentation();
const { default: nodemailer, createTransport } = await import('nodemailer');

const tries: Record<string, unknown> = { name: instrumentation.instrumentationName };
const old = nodemailer.createTransport({ jsonTransport: true });
tries.promise = await attempt(() => old.sendMail(mail));
tries.named = await attempt(() => createTransport({ jsonTransport: true }).sendMail(mail));
tries.callback = await attempt(() => byCallback(nodemailer.createTransport({ jsonTransport: true })));
tries.refused = await attempt(() => nodemailer.createTransport(refusing()).sendMail(mail));
tries.refusedByCallback = await attempt(() => byCallback(nodemailer.createTransport(refusing())));
const port = await closedPort();
tries.smtp = await attempt(() => nodemailer.createTransport({ host: '127.0.0.1', port }).sendMail(mail));
tries.port = port;

instrumentation.setConfig({
  ...instrumentation.getConfig(),
  requestHook: (span: { setAttribute: (key: string, value: string) => void }, given: unknown) => {
    hooked.push(given === mail);
    span.setAttribute('trial.hook', 'called');
  },
});
tries.hook = await attempt(() => old.sendMail(mail));
tries.hookGotTheMail = hooked[0];
instrumentation.setConfig({
  ...instrumentation.getConfig(),
  requestHook: () => {
    throw new Error('this hook is broken');
  },
});
tries.brokenHook = await attempt(() => old.sendMail(mail));
instrumentation.setConfig({ ...instrumentation.getConfig(), requestHook: undefined });

instrumentation.disable();
tries.disabled = await attempt(() => old.sendMail(mail));
tries.disabledNew = await attempt(() => nodemailer.createTransport({ jsonTransport: true }).sendMail(mail));
instrumentation.enable();
tries.enabled = await attempt(() => nodemailer.createTransport({ jsonTransport: true }).sendMail(mail));

const required = createRequire(join(process.cwd(), 'trial.cjs'))('nodemailer');
tries.required = await attempt(() => required.createTransport({ jsonTransport: true }).sendMail(mail));

console.log(JSON.stringify(tries));
process.exit(0);

/** Sends one mail below a span of the caller's, and tells what came of it and which spans it made. */
async function attempt(send: () => Promise<{ message?: unknown }>): Promise<unknown> {
  spans.length = 0;
  started = 0;
  return trace.getTracer('trial').startActiveSpan('caller', async (caller) => {
    let outcome = 'nothing';
    try {
      const info = await Promise.race([
        send(),
        new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 1_000)),
      ]);
      outcome = info?.message ? 'sent' : 'nothing';
    } catch (error) {
      outcome = `${(error as { code?: string }).code}`;
    }
    // A span that ends in a callback behind ours is not late.
    await new Promise((resolve) => setImmediate(resolve));
    return { outcome, started: started - 1, callerId: caller.spanContext().spanId, spans: [...spans] };
  });
}

function byCallback(transport: {
  sendMail: (sent: typeof mail, done: (error: Error | null, info: { message?: unknown }) => void) => void;
}): Promise<{ message?: unknown }> {
  return new Promise((resolve, reject) => {
    transport.sendMail(mail, (error, info) => (error ? reject(error) : resolve(info)));
  });
}

/** A server that says no, and in its words whom it was asked for, as mail servers do. */
function refusing() {
  return {
    name: 'Refusing',
    version: '1.0.0',
    send(_: unknown, done: (error: Error) => void) {
      const error = new Error(`550 5.1.1 <${mail.to}>: no such user, rejected "${mail.subject}"`);
      setImmediate(done, Object.assign(error, { code: 'EENVELOPE' }));
    },
  };
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function findClass(): string {
  const files = readdirSync('.', { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.[cm]?[jt]s$/.test(file) && !file.includes('node_modules'),
  );
  const file = files.find((one) => /class NodemailerInstrumentation\b/.test(readFileSync(one, 'utf8')));
  return join(process.cwd(), file ?? 'instrumentation-nodemailer.ts');
}

type EndedSpan = {
  readonly name: string;
  readonly kind: number;
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: Record<string, unknown>;
  readonly events: readonly { readonly name: string; readonly attributes?: Record<string, unknown> }[];
  readonly parentSpanContext?: { readonly spanId: string };
};

function describe({ name, kind, status, attributes, events, parentSpanContext }: EndedSpan) {
  return { name, kind, status, attributes, events, parentId: parentSpanContext?.spanId };
}
