import { defineConfig } from 'vitest/config';

/** The tests that need a container engine: `npm run test:containers`. */
export default defineConfig({
  test: {
    include: ['workshop/**/*.containers.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
