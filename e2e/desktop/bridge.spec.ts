import { menuActions, type CommandName, type PushName } from '../../shared/contract';
import { clickMenu, expect, sharedTest as test } from './harness';

test('the page is given the contract, frozen, and nothing of Node or Electron', async ({ page }) => {
  const seen = await page.evaluate(() => ({
    api: Object.keys(window.trunkline ?? {}).sort(),
    frozen: Object.isFrozen(window.trunkline),
    leaks: ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer'].filter(
      (name) => name in window,
    ),
  }));
  expect(seen).toEqual({ api: ['invoke', 'on', 'onConnection'], frozen: true, leaks: [] });
});

test('commands answer with results, good and bad', async ({ page }) => {
  const answers = await page.evaluate(async () => {
    const { invoke } = window.trunkline!;
    return {
      info: await invoke('app.info', {}),
      unknown: await invoke('shell.exec' as CommandName, {} as never),
      invalid: await invoke('traffic.history', { engineId: 7, seconds: 1 } as never),
    };
  });
  expect(answers.info).toMatchObject({ ok: true, value: { transport: 'desktop', demo: true } });
  expect(answers.unknown).toMatchObject({ ok: false, error: { code: 'unknown_command' } });
  expect(answers.invalid).toMatchObject({ ok: false, error: { code: 'invalid_input', field: 'engineId' } });
});

test('channels that main does not serve can not be reached from the page', async ({ page }) => {
  const message = await page.evaluate(() => {
    try {
      window.trunkline!.on('electron.internal' as PushName, () => undefined);
      return 'subscribed';
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(message).toContain('electron.internal');
});

test('pushes arrive until the page unsubscribes, also twice', async ({ page }) => {
  const heard = await page.evaluate(async () => {
    const { invoke, on } = window.trunkline!;
    const themes: string[] = [];
    const stop = on('preferences.changed', ({ theme }) => themes.push(theme));
    await invoke('preferences.set', { theme: 'dark' });
    // Pushes and answers share one ordered channel: an answer that came after the push proves it has passed.
    await invoke('preferences.get', {});
    stop();
    stop();
    await invoke('preferences.set', { theme: 'light' });
    await invoke('preferences.get', {});
    return themes;
  });
  expect(heard).toEqual(['dark']);
});

test('the connection is open from the start', async ({ page }) => {
  const state = await page.evaluate(() => new Promise((resolve) => window.trunkline!.onConnection(resolve)));
  expect(state).toBe('open');
});

test('every action of the menu reaches the page', async ({ page, app }) => {
  await page.evaluate(() => {
    const actions: string[] = [];
    Object.assign(window, { actions });
    window.trunkline!.on('menu.action', ({ action }) => actions.push(action));
  });
  for (const action of menuActions) await clickMenu(app, action);
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { actions: string[] }).actions))
    .toEqual([...menuActions]);
});
