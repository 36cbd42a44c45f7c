import { expect, test } from 'vitest';
import { toWebhook } from '../pages/alert.ts';
import { runCommand } from './run-command.ts';
import type { Surroundings } from './surroundings.ts';

test('prints what burns and that it is over, and refuses what is no webhook', async () => {
  await using pager = await startPager();
  const { url, post } = pager;
  expect(await post(toWebhook(ALERT))).toBe(200);
  expect(await post({ ...toWebhook(ALERT), alerts: [{ status: 'firing' }] })).toBe(400);
  expect(await post('{')).toBe(400);
  expect(await post(toWebhook({ ...ALERT, status: 'resolved' }))).toBe(200);
  expect(await startPager(new URL(url).port).catch((error: Error) => error.message)).toBe(
    `Failed to listen on 127.0.0.1:${new URL(url).port}: it is taken. Name another one: --port 9096.`,
  );
  expect(await pager.stop()).toBe(0);
  expect(pager.printed.join('\n')).toMatchInlineSnapshot(`
    "  page for payments-team (PD1)
        \`orders-available\` burns, because of \`payments\`.
        It began at two.
        1. \`payments\`, 100 % of it.

      all-clear for payments-team (PD1)
        It no longer burns: orders-available.
    "
  `);
});

/** The command in its own right, stopped by its signal as Ctrl-C does. */
async function startPager(port = '0') {
  const printed: string[] = [];
  const stopped = new AbortController();
  const listening = Promise.withResolvers<string>();
  const surroundings: Surroundings = {
    ...{ cwd: '.', spillDir: '.', width: 80, colour: false, now: Date.now, signal: stopped.signal },
    print: (text) => printed.push(text),
    note: (text) => listening.resolve(/http\S+\//.exec(text)?.[0] ?? ''),
  };
  const exit = runCommand(['pager', '--port', port], surroundings);
  const url = await Promise.race([listening.promise, exit.then(() => '')]);
  const post = async (body: unknown) =>
    (await fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })).status;
  const stop = () => {
    stopped.abort();
    return exit;
  };
  return {
    ...{ url, printed, post, stop },
    [Symbol.asyncDispose]: async () => {
      await stop();
    },
  };
}

const ALERT = {
  status: 'firing',
  labels: { severity: 'page', owner: 'payments-team', pager: 'PD1', objective: 'orders-available' },
  annotations: {
    summary: '`orders-available` burns, because of `payments`.',
    description: 'It began at two.\n1. `payments`, 100 % of it.',
  },
  ...{ startsAt: '', endsAt: '', generatorURL: '', fingerprint: 'payments/page' },
} as const;
