// Small client for talking to our own services. JSON in, JSON out.
// We had "request", then it was deprecated. Then we had "got", then it was ESM only. So. (hk, 2020)
import { Agent, request } from 'node:http';
import { log } from './log.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 50 });

export const DEFAULT_TIMEOUT = 30000;
const MAX_TRIES = 3;

export async function call(method, url, body = null, headers = {}, timeout = DEFAULT_TIMEOUT) {
  let tries = 0;
  while (true) {
    tries++;
    try {
      const answer: any = await send(method, url, body, headers, timeout);
      if (answer.status !== 503 || tries >= MAX_TRIES) return answer;
      log.warn('got a 503, trying again');
    } catch (err) {
      // keep-alive sockets get closed under our feet now and then
      if (err.code !== 'ECONNRESET' || tries >= MAX_TRIES) throw err;
    }
    await new Promise((resolve) => setTimeout(resolve, 20 * tries));
  }
}

function send(method, url, body, headers, timeout) {
  return new Promise((resolve, reject) => {
    const payload = body === null ? '' : JSON.stringify(body);
    const all = { accept: 'application/json', ...headers };
    if (body !== null) {
      all['content-type'] = 'application/json';
      all['content-length'] = Buffer.byteLength(payload);
    }
    const req = request(url, { method, headers: all, agent }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk) => (text += chunk));
      res.on('error', reject);
      res.on('end', () => {
        try {
          resolve({ status: res.statusCode, body: text === '' ? null : JSON.parse(text) });
        } catch (err) {
          reject(err);
        }
      });
    });
    req.setTimeout(timeout, () => req.destroy(new Error('no answer from ' + url + ' in ' + timeout + ' ms')));
    req.on('error', reject);
    req.end(payload);
  });
}
