import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const TEST = '{test.ts,test.tsx}';

/** Whole journeys in a browser take a minute or two each: begun last, they would leave all cores but one idle at the end. */
class JourneysFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isJourney = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/web/testing/');
    return [...sorted.filter(isJourney), ...sorted.filter((file) => !isJourney(file))];
  }
}

/**
 * Two kinds of tests: those of pure code share one module graph, which saves importing it again for each file; those that
 * start databases, servers, browsers and processes have a process each.
 */
export default defineConfig({
  test: {
    // One more than cores: tests of servers, browsers and processes wait for a third of their time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: JourneysFirst },
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
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
