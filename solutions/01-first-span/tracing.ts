import { NodeSDK } from '@opentelemetry/sdk-node'

const sdk = new NodeSDK({ serviceName: 'shop' })
sdk.start()

process.once('SIGTERM', async () => {
  await sdk.shutdown()
  process.exit(0)
})
