import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,workshop,exercises}/**/*.test.ts'],
    exclude: [...configDefaults.exclude, '**/*.containers.test.ts', '**/*.browser.test.ts'],
    // A starved machine kills no change: what fails twice there is a failure. On a laptop it is one at once.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
