import { client } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { leakOfTrial } from './find-mail-contents.ts';
import { type Attempt, type Tries, triesOf, whyNothing } from './trial.ts';

type Told = Pick<CheckFinding, 'code' | 'message' | 'hint'> & Partial<CheckFinding>;

/** Finds the first thing that the instrumentation, tried out by itself, does not do as a good one does. */
export function judgeTrial(run: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  if (run.traces.length === 0) return [nothingToLookAt];
  const tries = triesOf(run);
  const told = 'lastLines' in tries ? notTried(tries.lastLines) : firstOf(tries, whyNothing(run));
  if (!told) return [];
  const location = locate({
    node: undefined,
    shape: client(/./, { anchor: 'instrumentation-nodemailer.ts#sendMail' }),
  });
  return [findingOf({ span: 'send mail', service: 'shop', location, ...told })];
}

function firstOf(tries: Tries, why: string): Told | undefined {
  return (
    judgeSent(tries.promise, 'sent by promise', why) ??
    judgeSent(tries.named, 'sent by a transport of `createTransport`, imported by name,', BOTH_EXPORTS) ??
    judgeSent(tries.callback, 'sent with a callback', BY_CALLBACK) ??
    judgeRefused(tries.refused, 'refused') ??
    judgeRefused(tries.refusedByCallback, 'refused, and sent with a callback,') ??
    leakOfTrial(tries) ??
    judgeServer(tries) ??
    judgeHook(tries) ??
    judgeDisabled(tries) ??
    judgeSent(tries.enabled, 'sent after `disable()` and `enable()`', AGAIN) ??
    judgeSent(tries.required, 'sent from CommonJS, by `require`,', FROM_COMMON_JS)
  );
}

function judgeSent({ outcome, spans, started, callerId }: Attempt, what: string, hint: string): Told | undefined {
  if (outcome !== 'sent') return lostMail(what, outcome);
  const [span, second] = spans;
  if (!span && started > 0)
    return {
      code: 'missing-span',
      message: `A mail ${what} starts a span that never ends.`,
      hint: 'A span that has not ended is never sent. With a promise it ends in `then`, of both kinds; with a callback, in a callback of yours that calls theirs.',
    };
  if (!span) return { code: 'missing-span', message: `A mail ${what} makes no span.`, hint };
  if (second)
    return {
      code: 'duplicate-span',
      message: `A mail ${what} makes ${spans.length} spans.`,
      hint: 'It was patched twice. Patch one function, once; `isWrapped` of @opentelemetry/instrumentation tells whether it is.',
    };
  if (span.parentId === callerId) return undefined;
  return {
    code: 'lost-context',
    message: `The span of a mail ${what} is not below the span of whoever sent it.`,
    hint: 'Start it in the active context, and without `root`: `this.tracer.startSpan(name, options)` does so by itself.',
  };
}

function lostMail(what: string, outcome: string): Told {
  const came = outcome === 'nothing' ? 'sendMail gives no answer' : `sendMail fails (${outcome})`;
  return {
    code: 'behaviour-changed',
    message: `A mail ${what} does not go out as before: ${came}.`,
    hint: 'A patched function does what the original did: the same `this`, the same arguments, the same answer. `return sendMail.call(this, mail)`, and with a callback theirs is called, with `(err, info)`.',
  };
}

function judgeRefused({ outcome, spans: [span] }: Attempt, what: string): Told | undefined {
  if (outcome !== 'EENVELOPE')
    return {
      code: 'behaviour-changed',
      message: `A mail ${what} looks sent: its error never gets to whoever sent it.`,
      hint: 'Note the error on the span, and pass it on: a promise still rejects, a callback still gets it.',
    };
  if (!span)
    return {
      code: 'missing-span',
      message: `A mail ${what} makes no span that ends.`,
      hint: 'What fails is what somebody will look for. End the span on the way of the error too.',
    };
  if (span.status.code !== ERROR)
    return {
      code: 'wrong-status',
      message: `A mail ${what} has a span whose status is not ERROR.`,
      hint: 'With a promise the error comes by `catch`, with a callback as its first argument: `span.setStatus({ code: SpanStatusCode.ERROR })`.',
    };
  if (span.attributes['error.type'] !== undefined) return undefined;
  return {
    code: 'missing-attribute',
    message: `A mail ${what} has a span without \`error.type\`.`,
    hint: "`span.setAttribute('error.type', err.code || err.name)`: a word for the kind of failure, never the message.",
  };
}

function judgeServer({ smtp, port }: Tries): Told | undefined {
  const attributes = smtp.spans[0]?.attributes ?? {};
  const isTold = attributes['server.address'] === '127.0.0.1' && Number(attributes['server.port']) === port;
  if (isTold) return undefined;
  return {
    code: 'missing-attribute',
    message: 'A mail sent by SMTP does not say to which server: `server.address` and `server.port`.',
    hint: "The function's `this` is the transport: `this.transporter.options` has `host` and `port`, where there is a server.",
    expected: `server.address 127.0.0.1, server.port ${port}`,
    actual: `${attributes['server.address'] ?? 'nothing'}, ${attributes['server.port'] ?? 'nothing'}`,
  };
}

function judgeHook({ hook, hookGotTheMail, brokenHook }: Tries): Told | undefined {
  if (hook.spans[0]?.attributes['trial.hook'] !== 'called' || !hookGotTheMail)
    return {
      code: 'missing-attribute',
      message: 'The configuration has no effect: `requestHook` is not called with the span and the mail.',
      hint: 'What a library should not decide, its users may: `this._runSpanCustomizationHook(this.getConfig().requestHook, name, span, mail)`. Ask for the configuration at each mail, since it can change.',
      expected: 'what the hook put on the span',
      actual: 'nothing of it',
    };
  if (brokenHook.outcome === 'sent') return undefined;
  return {
    code: 'behaviour-changed',
    message: 'A `requestHook` that throws keeps the mail from going out.',
    hint: 'Tracing never breaks what it looks at. `this._runSpanCustomizationHook` of the base class catches.',
  };
}

function judgeDisabled({ disabled, disabledNew }: Tries): Told | undefined {
  const lost = [disabled, disabledNew].find(({ outcome }) => outcome !== 'sent');
  if (lost) return lostMail('sent after `disable()`', lost.outcome);
  if (disabled.started + disabledNew.started === 0) return undefined;
  return {
    code: 'still-patched',
    message: 'After `disable()` mails still make spans.',
    hint: "Whoever patches gives back: `this._unwrap(mailerOf(nodemailer), 'sendMail')` in the second function of the module's definition.",
    expected: 'no span',
    actual: `${disabled.started + disabledNew.started} spans for 2 mails`,
  };
}

function notTried(lastLines: readonly string[]): Told {
  const words = lastLines.find((line) => /Error:/.test(line)) ?? lastLines.at(-1) ?? 'it said nothing';
  return {
    code: 'not-instrumented',
    message: `\`NodemailerInstrumentation\` could not be tried out by itself: ${words.trim()}`,
    hint: 'The check imports the class, makes one, and sends mails of its own. The file must export it, and may import nothing of the app.',
  };
}

const ERROR = 2;

const BOTH_EXPORTS =
  'As an ES module nodemailer has two ways to `createTransport`: by `default`, which is patched, and by name. The class of the transports is behind both: patch `sendMail` there.';
const BY_CALLBACK =
  'With a callback nodemailer gives no promise back: there is nothing to await. Pass a callback of your own, which ends the span and calls theirs.';
const AGAIN =
  '`enable()` patches again what `disable()` gave back: do all of it in the two functions of the definition.';
const FROM_COMMON_JS =
  'nodemailer comes in two copies, for `import` and for `require`. Patch whatever exports the function of the definition is given, and keep none from before.';
