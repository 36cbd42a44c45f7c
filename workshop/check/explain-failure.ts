import { isAbsolute } from 'node:path';
import type { AppFailure } from '../app/app-failure.ts';
import { readFault } from '../app/read-fault.ts';
import type { Crash } from '../app/running-app.ts';
import type { CheckFinding } from './check.ts';
import { findingOf } from './define-check.ts';
import { newNameOf } from './renamed-calls.ts';

/** Says why the app did not start, as a finding. `benchName` is how the learner calls the bench's folder. */
export function explainFailure(failure: AppFailure, benchName: string): CheckFinding {
  const { message, hint, file, line } = wordsOf(failure, benchName);
  return findingOf({
    code: 'app-did-not-start',
    message: message + lastWords(failure),
    hint,
    service: 'process' in failure ? failure.process : undefined,
    expected: 'a process that answers on its PORT',
    actual: failure.kind,
    location: file === undefined ? undefined : line === undefined ? file : `${file}:${line}`,
  });
}

/** Says that a process ended while it was needed, and where. */
export function explainCrash(crash: Crash, dir: string, benchName: string): CheckFinding {
  const how = crash.signal ? `by ${crash.signal}` : `with code ${crash.code}`;
  const fault = readFault(crash.lastLines, dir);
  const why = fault?.message ?? `it last printed: ${crash.lastLines.slice(-3).join(' / ') || 'nothing'}`;
  const file = inBench(fault?.file, benchName);
  return findingOf({
    code: 'app-crashed',
    message: `\`${crash.process}\` ended ${how} in the middle of the run: ${why}`,
    hint: 'An error that nobody catches ends a Node process; most often a promise was neither awaited nor returned. `npm run logs` shows all that it printed.',
    service: crash.process,
    expected: 'a process that keeps running',
    actual: `it ended ${how}`,
    location: file && fault?.line !== undefined ? `${file}:${fault.line}` : file,
  });
}

/**
 * Says that the app did not answer in time; `unanswered` are the requests that were waiting, `busy` the processes that
 * used a processor all the time.
 */
export function explainTimeout(
  deadlineMs: number,
  unanswered: readonly string[],
  busy: readonly string[] = [],
): CheckFinding {
  const what = unanswered.length > 0 ? `${listed(unanswered)} got no answer` : 'The scenario did not end';
  const never = busy.length > 0 ? ` ${listed(busy)} never rest${busy.length === 1 ? 's' : ''}.` : '';
  return findingOf({
    code: 'timed-out',
    message: `${what} within ${seconds(deadlineMs)}.${never}`,
    hint:
      busy.length > 0
        ? 'Something on the way of that request loops for ever.'
        : 'Is every request still answered, on every path? A handler that awaits something that never comes looks like this. On a slow machine, WORKSHOP_DEADLINE=30 waits longer.',
    service: busy[0],
    expected: 'an answer',
    actual: 'none',
  });
}

/** A busy machine is given time to the millisecond; nobody wants to read that. */
function seconds(ms: number): string {
  return `${Math.ceil(ms / 1_000)} s`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `\`${name}\``);
  return shown.join(', ');
}

/** What a process printed helps where nothing better is known. */
function lastWords(failure: AppFailure): string {
  if (!('lastLines' in failure) || failure.lastLines.length === 0) return '';
  const isExplained = 'message' in failure || failure.kind === 'wrong-port' || ('fault' in failure && failure.fault);
  return isExplained ? '' : ` It last printed: ${failure.lastLines.slice(-3).join(' / ')}`;
}

type Words = {
  readonly message: string;
  readonly hint: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
};

function wordsOf(failure: AppFailure, bench: string): Words {
  switch (failure.kind) {
    case 'no-procfile':
      return {
        message: `\`${bench}/Procfile\` is missing.`,
        hint: 'It says how each process starts, such as `shop: node shop/main.ts`. `npm run undo` brings the bench back as it was; `npm run reset` makes this stage anew.',
      };
    case 'bad-procfile':
      return {
        message: `\`${bench}/Procfile\`, line ${failure.line}, \`${failure.text}\`: ${failure.why}.`,
        hint: 'A line reads `name: command`, such as `shop: node shop/main.ts`.',
        file: `${bench}/Procfile`,
        line: failure.line,
      };
    case 'unknown-process':
      return {
        message: `\`${bench}/Procfile\` has no line for \`${failure.process}\`, which this stage needs; it has ${failure.known.map((name) => `\`${name}\``).join(', ') || 'none'}.`,
        hint: `Put the line back, such as \`${failure.process}: node ${failure.process}/main.ts\`.`,
        file: `${bench}/Procfile`,
      };
    default:
      return processWords(failure, bench);
  }
}

type ProcessFailure = Exclude<AppFailure, { readonly kind: 'no-procfile' | 'bad-procfile' | 'unknown-process' }>;

function processWords(failure: ProcessFailure, bench: string): Words {
  const name = `\`${failure.process}\``;
  switch (failure.kind) {
    case 'command-not-found':
      return {
        message: `${name} could not be started: there is no command \`${failure.command}\`.`,
        hint: `See its line in \`${bench}/Procfile\`.`,
        file: `${bench}/Procfile`,
      };
    case 'exited':
      return exitWords(failure, name, bench);
    case 'syntax-error':
      return {
        message: `${name} did not start: ${failure.message}.`,
        hint: 'Node runs the file as it is saved; a bracket or a comma is missing, or TypeScript that cannot simply be erased, such as an enum.',
        file: inBench(failure.file, bench),
        line: failure.line,
      };
    case 'missing-export':
      return {
        message: `${name} did not start: \`${failure.module}\` has no export \`${failure.name}\`.`,
        hint:
          newNameOf(failure.name) ??
          'If it is only a type, import it as one: `import { type … }`. Otherwise look at what the module exports: your editor completes it, and tutorials often show an older version.',
        file: inBench(failure.file, bench),
        line: failure.line,
      };
    case 'missing-module':
      return {
        message: `${name} did not start: there is no \`${failure.module}\`.`,
        hint: newNameOf(failure.module) ?? (failure.file === undefined ? IN_PROCFILE : IN_IMPORT),
        file: inBench(failure.file, bench) ?? `${bench}/Procfile`,
        line: failure.line,
      };
    case 'never-listened':
      return {
        message: `${name} did not listen on 127.0.0.1:${failure.port} within ${seconds(failure.deadlineMs)}. It is still running${failure.isBusy ? ' and never rests' : ''}.`,
        hint: failure.isBusy
          ? 'Something loops for ever while it starts.'
          : 'It must listen on `process.env.PORT`. Does something before `app.listen` wait for ever? On a slow machine, WORKSHOP_DEADLINE=30 waits longer.',
      };
    case 'never-answered':
      return {
        message: `${name} listens on 127.0.0.1:${failure.port}, but did not answer \`GET /healthz\` within ${seconds(failure.deadlineMs)}${failure.isBusy ? ', and never rests' : ''}.`,
        hint: failure.isBusy ? 'Something loops for ever.' : 'Is there a middleware that never calls `next()`?',
      };
    case 'wrong-port':
      return {
        message: `${name} listens on ${failure.listensOn.join(', ')}, expected 127.0.0.1:${failure.port}.`,
        hint: 'Every process listens on `process.env.PORT`, which the workshop sets.',
      };
    case 'unhealthy':
      return {
        message: `${name} answered \`GET /healthz\` with ${failure.status}: ${failure.body.slice(0, 200)}`,
        hint: 'It must answer 200 as soon as it can serve.',
      };
  }
}

function exitWords(
  { code, signal, fault }: Extract<ProcessFailure, { readonly kind: 'exited' }>,
  name: string,
  bench: string,
): Words {
  const how = signal ? `by ${signal}` : `with code ${code}`;
  if (!fault) {
    const hint =
      code === 0
        ? 'It came to its end, and nothing kept it alive: does it still get to `app.listen`?'
        : 'What it printed may say why.';
    return { message: `${name} ended ${how} before it listened.`, hint };
  }
  return {
    message: `${name} ended ${how} before it listened: ${fault.message}.`,
    hint: newNameOf(fault.message) ?? 'The error was thrown while the process started, and nobody caught it.',
    file: inBench(fault.file, bench),
    line: fault.line,
  };
}

/** Faults name files of the bench from the bench's folder. */
function inBench(file: string | undefined, bench: string): string | undefined {
  return file === undefined || isAbsolute(file) ? file : `${bench}/${file}`;
}

const IN_PROCFILE =
  'Its line in the Procfile names that file, from the folder of the bench: is it spelt so, and saved? After `--import` a file needs its `./`, as in `--import ./tracing.ts`.';
const IN_IMPORT =
  'Relative imports need `./` and the file ending, such as `./tracing.ts`. Packages that the stages need are installed; nothing else is.';
