import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,workshop,exercises}/**/*.test.ts'],
    exclude: [...configDefaults.exclude, '**/*.containers.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
