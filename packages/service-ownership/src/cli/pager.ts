import { once } from 'node:events';
import { startWebhookReceiver } from '../pages/start-webhook-receiver.ts';
import { renderAlert } from '../render/render-alert.ts';
import { parseArguments, toNumber } from './parse-arguments.ts';
import { type Surroundings, UsageError } from './surroundings.ts';

/** `ownership pager`: stands in for a pager, and prints what `page --webhook` sends until it is stopped. Returns 0. */
export async function pager(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseArguments(args, OPTIONS);
  const { print, note, signal } = surroundings;
  const port = toNumber(options.port, '--port', [0, 65_535]);
  await using receiver = await startWebhookReceiver(port, ({ alerts }) => {
    for (const alert of alerts) print(options.json ? JSON.stringify(alert) : renderAlert(alert, surroundings));
  }).catch((error: unknown) => {
    throw new UsageError(`Failed to listen on 127.0.0.1:${port}: it is taken. Name another one: --port 9096.`, {
      cause: error,
    });
  });
  note(`Listening for pages at ${receiver.url}. Ctrl-C ends it.`);
  if (!signal.aborted) await once(signal, 'abort');
  return 0;
}

const OPTIONS = {
  port: { type: 'string', default: '9095' },
  json: { type: 'boolean', default: false },
} as const;
