import type { Signal } from '../stages/define-stage.ts';
import type { Env } from './app-env.ts';

/** Has the SDK export logs and metrics, which it does by default, or leaves them out; traces are always exported. */
export function signalEnv(signals: readonly Signal[]): Env {
  const exporterOf = (signal: Signal) => (signals.includes(signal) ? 'otlp' : 'none');
  return { OTEL_LOGS_EXPORTER: exporterOf('logs'), OTEL_METRICS_EXPORTER: exporterOf('metrics') };
}

/** Has a bench that samples keep every trace: what is left out can be neither judged nor shown. */
export const KEEP_ALL: Env = { OTEL_TRACES_SAMPLER_ARG: '1' };
