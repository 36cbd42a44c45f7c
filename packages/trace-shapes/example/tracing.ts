import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';

// OTEL_EXPORTER_OTLP_ENDPOINT says where spans go, OTEL_SERVICE_NAME whose they are.
const sdk = new NodeSDK({ traceExporter: new OTLPTraceExporter() });
sdk.start();

// The exit is what the test waits for: by then everything has been sent.
process.once('SIGTERM', async () => {
  await sdk.shutdown();
  process.exit();
});
