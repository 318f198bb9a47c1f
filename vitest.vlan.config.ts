import { defineConfig } from 'vitest/config';

/** Tests on real 802.1Q, on a kernel that runs as a program (User Mode Linux). Root on Linux x86-64; packages are installed where apt can. */
export default defineConfig({
  test: {
    include: ['e2e/vlan/**/*.vlan.test.ts'],
    environment: 'node',
    globalSetup: 'e2e/lab/vlan/vitest-setup.ts',
    // One machine, one test at a time on it.
    fileParallelism: false,
    // One processor for two engines, and each system call of theirs takes a round through ptrace.
    testTimeout: 480_000,
    hookTimeout: 480_000,
    teardownTimeout: 60_000,
    restoreMocks: true,
  },
});
