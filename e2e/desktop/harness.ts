import type { ElectronApplication } from '@playwright/test';
import { defaultPreferences } from '../../shared/model';
import type { TrunklineApi } from '../../shared/contract';
import { expect, projectFolder, test as base } from '../fixtures/desktop';
import { sharedDesktop } from '../fixtures/shared-desktop';

declare global {
  interface Window {
    trunkline?: TrunklineApi;
  }
}

const extraArgs = ['--demo', '--demo-hosts', '1', '--demo-containers', '2'];

/** The desktop shell on simulated engines: these specs are about what surrounds the page, not about its picture. */
export const test = base.extend({ extraArgs: async ({}, use) => use(extraArgs) });

/** The same, with one app for all tests: each begins with the preferences of a new one. */
export const sharedTest = sharedDesktop(
  { entry: projectFolder, extraArgs, extraEnv: {} },
  async (_app, page) => {
    const set = await page.evaluate(
      (preferences) => window.trunkline!.invoke('preferences.set', preferences),
      defaultPreferences,
    );
    expect(set).toMatchObject({ ok: true });
  },
);

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

export { expect };
