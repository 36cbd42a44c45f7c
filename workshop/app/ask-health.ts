import { get } from 'node:http';

/** What one question after a process's health gave. */
export type HealthAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'refused' }
  /** The connection was taken, and then nothing came. */
  | { readonly kind: 'silent' };

/** Asks `GET /healthz` once. */
export function askHealth(port: number, timeoutMs: number, signal: AbortSignal): Promise<HealthAnswer> {
  return new Promise((resolve) => {
    let isConnected = false;
    const failed = () => resolve(isConnected ? { kind: 'silent' } : { kind: 'refused' });
    // Without an agent the connection ends with the answer, and does not delay the app's own end.
    const request = get(
      { host: '127.0.0.1', port, path: '/healthz', agent: false, timeout: timeoutMs, signal },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          if (body.length < longestBody) body += text.slice(0, longestBody - body.length);
        });
        response.on('end', () => resolve({ kind: 'answered', status: response.statusCode ?? 0, body }));
        response.on('error', failed);
      },
    );
    request.on('socket', (socket) =>
      socket.once('connect', () => {
        isConnected = true;
      }),
    );
    request.on('timeout', () => request.destroy());
    request.on('error', failed);
    request.on('close', failed);
  });
}

const longestBody = 500;
