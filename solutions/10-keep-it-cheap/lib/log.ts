import path from 'node:path';
import pino from 'pino';
import { redact } from './redact.ts';

// shop/main.ts -> shop
const service = path.basename(path.dirname(process.argv[1] || 'purl/x'));

export const log = pino({
  base: { service },
  hooks: {
    logMethod(args, method) {
      method.apply(this, redact(args));
    },
  },
});
