import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['packages/server/src/storage/testing/test-run.ts'],
    include: ['packages/**/*.test.ts', 'packages/**/*.test.tsx', 'scripts/**/*.test.ts', 'validation/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.soak.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
