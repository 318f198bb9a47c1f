import { resolve } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { ExampleApi } from './example-app/api';
import { test as base, expect } from '../fixtures/desktop';

export const exampleFolder = resolve(import.meta.dirname, '../../dist/standin/example');

/** The desktop fixtures, running the example app instead of the product. */
export const test = base.extend({
  entry: async ({}, use) => use(resolve(exampleFolder, 'main.mjs')),
  extraEnv: async ({}, use) => use({ EXAMPLE_FOLDER: exampleFolder }),
});

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
