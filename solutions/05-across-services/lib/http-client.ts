// Small client for talking to our own services. JSON in, JSON out.
// We had "request", then it was deprecated. Then we had "got", then it was ESM only. So. (hk, 2020)
import { Agent, request } from 'node:http';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { log } from './log.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 50 });

export const DEFAULT_TIMEOUT = 30000;
const MAX_TRIES = 3;
const tracer = trace.getTracer('purl/http-client');

export async function call(method, url, body = null, headers = {}, timeout = DEFAULT_TIMEOUT) {
  let tries = 0;
  while (true) {
    tries++;
    try {
      const answer: any = await traced(tries, method, url, headers, (all) => send(method, url, body, all, timeout));
      if (answer.status !== 503 || tries >= MAX_TRIES) return answer;
      log.warn('got a 503, trying again');
    } catch (err) {
      // keep-alive sockets get closed under our feet now and then
      if (err.code !== 'ECONNRESET' || tries >= MAX_TRIES) throw err;
    }
    await new Promise((resolve) => setTimeout(resolve, 20 * tries));
  }
}

// One CLIENT span for each try, and in its headers who is calling.
async function traced(tries, method, url, headers, attempt) {
  const { hostname, port } = new URL(url);
  const span = tracer.startSpan(method, { kind: SpanKind.CLIENT });
  span.setAttributes({ 'http.request.method': method, 'url.full': url, 'server.address': hostname, 'server.port': Number(port) });
  if (tries > 1) span.setAttribute('http.request.resend_count', tries - 1);
  const sent = { ...headers };
  propagation.inject(trace.setSpan(context.active(), span), sent);
  try {
    const answer = await attempt(sent);
    span.setAttribute('http.response.status_code', answer.status);
    if (answer.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', String(answer.status));
    return answer;
  } catch (err) {
    span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', err.code || err.name);
    throw err;
  } finally {
    span.end();
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
