import { resolve } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { ExampleApi } from './example-app/api';
import { test as base, expect } from '../fixtures/desktop';
import { sharedDesktop } from '../fixtures/shared-desktop';

export const exampleFolder = resolve(import.meta.dirname, '../../dist/standin/example');

const entry = resolve(exampleFolder, 'main.mjs');
const extraEnv = { EXAMPLE_FOLDER: exampleFolder };

/** The desktop fixtures, running the example app instead of the product. */
export const test = base.extend({
  entry: async ({}, use) => use(entry),
  extraEnv: async ({}, use) => use(extraEnv),
});

/** The same, with one app for all tests; what it has noted is of one test alone. */
export const sharedTest = sharedDesktop({ entry, extraArgs: [], extraEnv }, (app) =>
  app.evaluate(() => void (globalThis as unknown as { lifecycle: string[] }).lifecycle.splice(0)),
);

declare global {
  interface Window {
    api: ExampleApi;
    inlineRan?: boolean;
  }
}

/** What the example's main process has noted so far. */
export const lifecycle = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => (globalThis as unknown as { lifecycle: string[] }).lifecycle);

export const out = (page: Page) => page.locator('#out');
export { expect };
