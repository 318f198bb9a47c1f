import type { ElectronApplication } from '@playwright/test';
import type { TrunklineApi } from '../../shared/contract';
import { test as base } from '../fixtures/desktop';

declare global {
  interface Window {
    trunkline?: TrunklineApi;
  }
}

/** The desktop shell on simulated engines: these specs are about what surrounds the page, not about its picture. */
export const test = base.extend({
  extraArgs: async ({}, use) => use(['--demo', '--demo-hosts', '1', '--demo-containers', '2']),
});

/** Puts a recorder in the place of the user's browser. */
export const recordExternal = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url) => Promise.resolve(void opened.push(url));
  });

export const openedExternally = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);

/** Clicks an item of the application menu, as a user would. */
export const clickMenu = (app: ElectronApplication, id: string): Promise<void> =>
  app.evaluate(({ Menu }, wanted) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    if (!item) throw new Error(`the menu has no item ${wanted}`);
    item.click();
  }, id);

export { expect } from '../fixtures/desktop';
