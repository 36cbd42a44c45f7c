import type { AppLog } from '../app/app-log.ts';
import { parseLogLine } from '../app/parse-log-line.ts';

/** Tells about once a second what the log says by now, until disposed: customers answered, and whom it blames. */
export function countNight(log: AppLog, tell: (what: string) => void): Disposable {
  let answered = 0;
  let timeouts = 0;
  let toldAtMs = performance.now();
  const stop = log.onLine(({ line }) => {
    const { message = '' } = parseLogLine(line) ?? {};
    if (/^POST \/orders \d+ /.test(message)) answered++;
    if (message === BLAME) timeouts++;
    if (performance.now() - toldAtMs < PAUSE_MS || answered + timeouts === 0) return;
    toldAtMs = performance.now();
    tell(`checkouts answered: ${answered}; "${BLAME}" × ${timeouts}`);
  });
  return { [Symbol.dispose]: stop };
}

const BLAME = 'payment gateway timeout, retrying';
const PAUSE_MS = 1_000;
