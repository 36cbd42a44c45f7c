import { expect, test } from 'vitest';
import { within } from '../shape/arrangement.ts';
import { consumer, internal, producer, server, trace, traces } from '../shape/build.ts';
import { asLongAs, measured } from '../shape/duration.ts';
import { to } from '../shape/link.ts';
import { say } from '../testing/say.ts';
import { sketchTraces } from '../testing/sketch-traces.ts';
import { request, work } from '../testing/spans.ts';

const queue = { ...work('queue'), kind: 'producer' } as const;
const send = (...links: readonly string[]) => ({ ...work('send'), kind: 'consumer', links }) as const;
const batch = traces([trace(producer('queue')), trace(consumer('send', { links: [to('queue', { times: 2 })] }))]);

test('says where links lead instead', () => {
  const child = trace(producer('queue', consumer('send', { links: [to('queue')] })));
  expect(say(child, sketchTraces({ ...queue, children: [send()] }))).toMatchInlineSnapshot(`
    "missing-link: \`send\` lacks a link to \`queue\`: it has none. It is a child of \`queue\` instead.
    Work that is taken up later, or for many at once, is a trace of its own that links back: start it with \`{ root: true, links: [{ context }] }\`.
    a link to \`queue\` | none"
  `);
  expect(say(batch, sketchTraces({ ...queue, links: ['send'] }, send()))).toMatchInlineSnapshot(`
    "missing-link: \`send\` lacks 2 links to \`queue\`: it has none. \`queue\` links to \`send\` instead.
    A link leads from the later span back to what caused it. Give it when starting the later one.
    2 links to \`queue\` | none"
  `);
  expect(say(batch, sketchTraces(queue, send('queue', 'nobody')))).toMatchInlineSnapshot(`
    "missing-link: \`send\` lacks 2 links to \`queue\`: it has 1 such and 1 to spans that never came.
    Keep the other span's \`spanContext()\` with the message, and give it when starting this one: \`{ links: [{ context }] }\`.
    2 links to \`queue\` | 1 such and 1 to spans that never came"
  `);
});

const at = (name: string, start: number, duration: number) => ({ ...work(name), at: [start, duration] as const });
const x = (...children: ReturnType<typeof at>[]) => sketchTraces({ ...request('x', ...children), at: [10, 90] });

test('says by what a span was held to be too short or too long', () => {
  const inner = trace(server('x', within(internal('a'))));
  expect(say(inner, x(at('a', 120, 10)))).toMatchInlineSnapshot(`
    "ended-too-early: \`x\` had ended 20 ms before its own child \`a\` began.
    It ended before the work did: \`await\` the work before \`span.end()\`, in a \`finally\`.
    an end after that of \`a\` | 20 ms before it began"
  `);
  expect(say(inner, x(at('a', 2, 10)))).toMatchInlineSnapshot(`
    "wrong-order: \`a\` began 8 ms before its parent \`x\` did.
    Two clocks that differ, or a start time that was set by hand.
    after the start of \`x\` | 8 ms before"
  `);
  expect(say(trace(server('x', { lasts: measured(412) })), x())).toMatchInlineSnapshot(`
    "ended-too-early: \`x\` lasted 90 ms, but from outside the work took 412 ms (give or take 41 ms).
    It ended before the work did: \`await\` the work before \`span.end()\`, in a \`finally\`.
    412 ms | 90 ms"
  `);
  expect(say(trace(server('x', { lasts: measured(12) })), x())).toMatchInlineSnapshot(`
    "ended-too-late: \`x\` lasted 90 ms, but from outside the work took only 12 ms (give or take 10 ms).
    It was ended later than the work: end it in a \`finally\` right after, not in a timer or when the process stops.
    12 ms | 90 ms"
  `);
  expect(say(trace(server('x', { lastsAtMostMs: 50 })), x())).toMatchInlineSnapshot(`
    "ended-too-late: \`x\` lasted 90 ms, expected at most 50 ms.
    The work takes too long, or the span was ended later than the work.
    at most 50 ms | 90 ms"
  `);
  const beside = trace(server('x', internal('a', { lasts: asLongAs('x') })));
  expect(say(beside, x(at('a', 10, 30)))).toMatchInlineSnapshot(`
    "ended-too-early: \`a\` lasted 30 ms, less than \`x\` with 90 ms.
    It ended before the work did: \`await\` the work before \`span.end()\`, in a \`finally\`.
    at least 90 ms | 30 ms"
  `);
  expect(say(beside, x(at('a', 10, 300)))).toMatchInlineSnapshot(`
    "ended-too-late: \`a\` lasted 300 ms, more than \`x\` with 90 ms.
    It was ended later than the work: end it in a \`finally\` right after, not in a timer or when the process stops.
    at most 90 ms | 300 ms"
  `);
});
