import { defineConfig } from 'vitest/config';

/** The tests that need Chromium, `BROWSER_PATH` or else `chromium`: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: ['packages/**/*.browser.test.ts'],
    testTimeout: 120_000,
  },
});
