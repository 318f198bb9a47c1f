import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    include: ['{shared,electron,renderer,e2e/run,e2e/hostile}/**/*.test.{ts,tsx}'],
    // Component tests name their environment themselves: `// @vitest-environment jsdom`.
    environment: 'node',
    // Far above what any of them takes alone: real engines are started beside them on the same cores.
    testTimeout: 60_000,
    restoreMocks: true,
  },
});
