import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** Vitest leaves a core free; PostgreSQL and Chromium wait often enough for both. One figure, or the projects run in turn. */
const WORKERS = 2;

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // Pure functions and single modules: no database, one worker serves many files.
        test: {
          name: 'unit',
          include: ['{server,hooks,ui,scripts}/**/*.test.ts'],
          // A property is tried thousands of times, also where the machine is busy with something else.
          testTimeout: 60_000,
          isolate: false,
          maxWorkers: WORKERS,
        },
      },
      {
        // The service against a real PostgreSQL and the real sandbox host. A worker loads the service once: each file has a
        // database of its own, and nothing is kept in modules.
        test: {
          name: 'integration',
          isolate: false,
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: 'forks',
          maxWorkers: WORKERS,
        },
      },
      {
        // Real screens in a real Chromium, mounted in the sandbox host.
        test: {
          name: 'browser',
          isolate: false,
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/global-setup.ts'],
          // A walk through all screens is long where the machine is busy with something else.
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: { poll: { timeout: 30_000 } },
          pool: 'forks',
          maxWorkers: WORKERS,
        },
      },
    ],
  },
});
