import { defineConfig } from '@playwright/test';
import { pickRuntime } from './e2e/fixtures/runtime';

const runtime = pickRuntime();
/** `npm test` runs two parts at once, which must not write over each other's results. */
const part = process.env.E2E_PART ?? 'e2e';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/fixtures/global-setup.ts',
  outputDir: `test-results/artifacts/${part}`,
  // Far above what any of them takes alone: machines differ, and other parts run beside.
  timeout: 150_000,
  expect: { timeout: 25_000 },
  workers: Number(process.env.E2E_WORKERS ?? 1),
  // A test that passes the second time has found something. `npm test` alone tries again, and tells of it.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: `test-results/${part}.json` }]],
  use: { screenshot: 'only-on-failure', trace: 'off' },
  projects: [{ name: runtime.label, metadata: { runtime: runtime.kind } }],
});
