import type { Env } from './app-env.ts';

/** What an app may export, in OpenTelemetry's words. */
export type Signal = 'traces' | 'logs' | 'metrics';

/** Has the SDK export logs and metrics, which it does by default, or leaves them out; traces are always exported. */
export function signalEnv(signals: readonly Signal[]): Env {
  const exporterOf = (signal: Signal) => (signals.includes(signal) ? 'otlp' : 'none');
  return { OTEL_LOGS_EXPORTER: exporterOf('logs'), OTEL_METRICS_EXPORTER: exporterOf('metrics') };
}
