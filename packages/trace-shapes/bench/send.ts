/** Sends one request many times over, some at once, each time that it is told to; then says so. */
import { Agent, request } from 'node:http';
import { toBodies } from './bodies.ts';

const [endpoint, encoding, type = '', times] = process.argv.slice(2);
const body = encoding === 'json' ? toBodies().json : toBodies().protobuf;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

process.on('message', async () => {
  await Promise.all(Array.from({ length: Number(times) }, send));
  process.send?.('sent');
});
process.on('disconnect', () => agent.destroy());
process.send?.('ready');

function send(): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': type, 'content-length': body.length };
    const sent = request(`${endpoint}/v1/traces`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', resolve);
    });
    sent.once('error', reject).end(body);
  });
}
