import { defineConfig } from 'vitest/config';

/** Tests against real engines. Root on Linux; packages are installed where apt can. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.lab.test.ts'],
    environment: 'node',
    globalSetup: 'e2e/lab/vitest-setup.ts',
    // One lab, one test at a time on it.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
    restoreMocks: true,
  },
});
