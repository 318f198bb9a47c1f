import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    include: ['{shared,electron,renderer,e2e/run,e2e/hostile}/**/*.test.{ts,tsx}'],
    // Component tests name their environment themselves: `// @vitest-environment jsdom`.
    environment: 'node',
    // Above what tests of components wait for something to show.
    testTimeout: 20_000,
    restoreMocks: true,
  },
});
