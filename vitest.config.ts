import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What needs no database and no server runs without starting them. */
const rules = ['tests/domain/**/*.test.ts', 'tests/architecture.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/closing-line-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Vitest leaves a core to itself; of two cores that is half, and tests wait more than they compute.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { extends: true, test: { name: 'rules', include: rules } },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['tests/**/*.test.ts'],
          exclude: rules,
          globalSetup: './tests/support/global-setup.ts',
        },
      },
    ],
  },
});
