import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { NodeSDK } from '@opentelemetry/sdk-node'

const sdk = new NodeSDK({ instrumentations: [new PgInstrumentation()] })
sdk.start()

process.once('SIGTERM', async () => {
  await sdk.shutdown()
  process.exit(0)
})
