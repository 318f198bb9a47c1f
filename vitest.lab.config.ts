import { defineConfig } from 'vitest/config';

/** They count what is left of every lab on the machine: no other file is to leave or to remove any meanwhile. */
const alone = ['e2e/lab/{down,parts,removal}.lab.test.ts'];

const common = {
  environment: 'node',
  testTimeout: 300_000,
  hookTimeout: 300_000,
  restoreMocks: true,
  // Loading the whole console anew for each file takes more of the processor than most files' tests do.
  isolate: false,
} as const;

/** Tests against real engines. Root on Linux; packages are installed where apt can. */
export default defineConfig({
  test: {
    globalSetup: 'e2e/lab/vitest-setup.ts',
    teardownTimeout: 60_000,
    projects: [
      {
        test: {
          ...common,
          name: 'lab',
          include: ['e2e/**/*.lab.test.ts'],
          exclude: alone,
          // Engines are mostly waited for. Each worker has a lab, and one test at a time on it.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { ...common, name: 'lab alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
