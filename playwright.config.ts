import { defineConfig } from '@playwright/test';
import { pickRuntime } from './e2e/fixtures/runtime';

const runtime = pickRuntime();

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/fixtures/global-setup.ts',
  outputDir: 'test-results/artifacts',
  timeout: 30_000,
  expect: { timeout: 7_500 },
  workers: Number(process.env.E2E_WORKERS ?? 1),
  // A test that passes the second time has found something. `npm test` alone tries again, and tells of it.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  use: { screenshot: 'only-on-failure', trace: 'off' },
  projects: [{ name: runtime.label, metadata: { runtime: runtime.kind } }],
});
