import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** These replace modules by `vi.mock`, which no other file must see. */
const replaceModules = [
  'electron/services/changes/older-lines.test.ts',
  'electron/services/storage/record-log.test.ts',
  'electron/web/auth.test.ts',
];

export default defineConfig({
  plugins: [react()],
  test: {
    // Component tests name their environment themselves: `// @vitest-environment jsdom`.
    environment: 'node',
    // Far above what any of them takes alone: real engines are started beside them on the same cores.
    testTimeout: 60_000,
    restoreMocks: true,
    setupFiles: 'renderer/testing/react-without-owners.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,electron,renderer,e2e/run,e2e/hostile}/**/*.test.{ts,tsx}'],
          exclude: replaceModules,
          // Loading the modules anew for each file takes longer than all the tests do. What a test changes beyond its
          // own objects (globals, environment, the document), it puts back.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'unit that replaces modules', include: replaceModules } },
    ],
  },
});
