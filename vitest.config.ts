import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'workshop/**/*.test.ts', 'exercises/**/*.test.ts', 'legacy-app/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
