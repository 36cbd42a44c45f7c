import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { fine, know, mend } from '../finding.js';

/** Whether this machine can listen and talk to itself, below the ports that Windows keeps. @type {import('../finding.js').Examination} */
export const loopback = {
  title: 'loopback',
  async examine({ env }) {
    const free = (await Promise.all(SAMPLE.map(canListen))).filter(Boolean).length;
    if (free === 0)
      return mend(
        'no port of 127.0.0.1 can be listened on',
        'A firewall or sandbox forbids it: allow Node to listen on 127.0.0.1.',
      );
    const heard = await askMyself().catch((/** @type {Error} */ error) => error.message);
    if (heard !== WORD)
      return mend(
        `a request to 127.0.0.1 came back with "${String(heard).slice(0, 80)}"`,
        'A proxy or a VPN stands in the way: except 127.0.0.1 from it.',
      );
    const proxy = env.HTTP_PROXY ?? env.http_proxy;
    const excepted = `${env.NO_PROXY ?? ''},${env.no_proxy ?? ''}`;
    if (!proxy || /(^|,)\s*(127\.0\.0\.1|\*)/.test(excepted))
      return fine(`answers; ${free} of ${SAMPLE.length} ports tried are free`);
    const exception =
      process.platform === 'win32' ? 'set NO_PROXY=127.0.0.1,localhost' : 'export NO_PROXY=127.0.0.1,localhost';
    if (env.NODE_USE_ENV_PROXY) return mend('NODE_USE_ENV_PROXY sends requests to 127.0.0.1 to your proxy', exception);
    return know(
      'answers, but HTTP_PROXY is set and NO_PROXY does not except 127.0.0.1: curl will ask the proxy',
      exception,
    );
  },
};

/** @param {number} port @returns {Promise<boolean>} */
async function canListen(port) {
  const server = createServer().listen(port, '127.0.0.1');
  const listens = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  server.close();
  return listens;
}

/** @returns {Promise<string>} */
async function askMyself() {
  const server = createServer((_, answer) => answer.end(WORD)).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return await new Promise((resolve, reject) => {
      const request = get({ host: '127.0.0.1', port, agent: false, timeout: 5_000 }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        answer.on('end', () => resolve(text));
      });
      request.on('timeout', () => request.destroy(new Error('nothing within 5 s')));
      request.on('error', reject);
    });
  } finally {
    server.close();
  }
}

const WORD = 'it is me';
const SAMPLE = [18_411, 23_657, 29_873, 34_519, 41_203];
