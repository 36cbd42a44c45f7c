import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { LOOPBACK } from 'trace-shapes';
import { expect, test } from 'vitest';
import { openSlowLine } from './slow-line.ts';

test('passes on all that is said, in its order, and what is answered', async () => {
  await using far = await listen();
  await using line = await openSlowLine(far.url, 5);
  const near = connect(portOf(line.url), LOOPBACK);
  const heard = text(near);
  for (const word of ['select ', '1 + ', '1']) near.write(word);
  await far.heard('select 1 + 1');
  far.hangUp('2');
  expect(await heard).toBe('2');
});

test('hangs up on the database when the app does, and on both when it is closed', async () => {
  await using far = await listen();
  await using line = await openSlowLine(far.url, 5);
  const near = connect(portOf(line.url), LOOPBACK);
  near.write('hello');
  await far.heard('hello');
  near.destroy();
  await far.closed();

  const other = connect(portOf(line.url), LOOPBACK);
  other.on('error', () => {}).write('still there?');
  await far.heard('still there?');
  const closed = once(other, 'close');
  await line[Symbol.asyncDispose]();
  await closed;
  await far.closed();
});

/** Somebody who listens like a database, one caller after the other. */
async function listen() {
  let said = '';
  let caller: ReturnType<typeof connect> | undefined;
  const events = new EventTarget();
  const server = createServer((socket) => {
    [said, caller] = ['', socket];
    socket.setEncoding('utf8').on('error', () => {});
    socket.on('data', (more) => {
      said += more;
      events.dispatchEvent(new Event('heard'));
    });
    socket.on('close', () => {
      caller = undefined;
      events.dispatchEvent(new Event('closed'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  return {
    url: `postgres://purl:secret@${LOOPBACK}:${(server.address() as AddressInfo).port}/purl?application_name=shop`,
    async heard(wanted: string) {
      while (said !== wanted) await once(events, 'heard');
    },
    async closed() {
      while (caller) await once(events, 'closed');
    },
    hangUp: (last: string) => caller?.end(last),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
