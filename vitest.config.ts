import { defineConfig } from 'vitest/config';

const TEST = '{test.ts,test.tsx}';

/**
 * Two kinds of tests: those of pure code share one module graph, which saves importing it again for each file; those that
 * start databases, servers, browsers and processes have a process each.
 */
export default defineConfig({
  test: {
    // Vitest leaves one core idle by default: on the two of a small machine that is half of it.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { name: 'pure', isolate: false, include: [`packages/{core,files}/**/*.${TEST}`] },
      },
      {
        extends: true,
        test: {
          name: 'shells',
          globalSetup: ['packages/server/src/storage/testing/test-run.ts'],
          include: [`packages/{web,server}/**/*.${TEST}`, `{scripts,validation}/**/*.${TEST}`],
        },
      },
    ],
    exclude: ['**/node_modules/**', '**/*.soak.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
