import { defineConfig } from 'vitest/config';

/** The long tests: run by `npm run soak`, not by `npm test`. */
export default defineConfig({
  test: {
    globalSetup: ['packages/server/src/storage/testing/test-run.ts'],
    include: ['packages/**/*.soak.test.ts'],
    passWithNoTests: false,
    fileParallelism: false,
    testTimeout: 20 * 60_000,
    hookTimeout: 5 * 60_000,
  },
});
