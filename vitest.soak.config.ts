import { defineConfig } from 'vitest/config';

/** The long tests: run by `npm run soak`, not by `npm test`. */
export default defineConfig({
  test: {
    include: ['packages/**/*.soak.test.ts'],
    passWithNoTests: false,
    fileParallelism: false,
    testTimeout: 20 * 60_000,
    hookTimeout: 5 * 60_000,
  },
});
