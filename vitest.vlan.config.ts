import { defineConfig } from 'vitest/config';

/** Tests on real 802.1Q, in an emulated machine. Root on Linux x86-64; packages are installed where apt can. */
export default defineConfig({
  test: {
    include: ['e2e/vlan/**/*.vlan.test.ts'],
    environment: 'node',
    globalSetup: 'e2e/lab/vlan/vitest-setup.ts',
    // One machine, one test at a time on it.
    fileParallelism: false,
    // Everything in the machine is emulated, and takes ten times as long.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    teardownTimeout: 60_000,
    restoreMocks: true,
  },
});
