import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuActions } from '../../shared/contract';
import { labelsFor, menuLabels } from './menu-labels';
import { menuTemplate, type MenuCommands } from './menu-template';

const flat = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

function build(options: { mac?: boolean; development?: boolean; readOnly?: boolean } = {}) {
  const commands = {
    action: vi.fn<MenuCommands['action']>(),
    zoom: vi.fn(),
    reload: vi.fn(),
    devTools: vi.fn(),
    openDocumentation: vi.fn(),
  };
  const items = flat(
    menuTemplate({
      labels: menuLabels.en,
      commands,
      mac: false,
      development: false,
      readOnly: false,
      ...options,
    }),
  );
  const click = (id: string) => (items.find((item) => item.id === id)?.click as (() => void) | undefined)?.();
  return { commands, items, click };
}

describe('menuTemplate', () => {
  it('has an item for each action of the contract', () => {
    const { commands, click } = build();
    for (const action of menuActions) click(action);
    expect(commands.action.mock.calls.flat()).toEqual([...menuActions]);
  });

  it('offers nothing that changes an engine where nothing may', () => {
    const enabled = (readOnly: boolean) =>
      build({ readOnly }).items.find(({ id }) => id === 'new-network')?.enabled;
    expect([enabled(false), enabled(true)]).toEqual([true, false]);
  });

  it.each([{ mac: false }, { mac: true }])(
    'gives each accelerator to one item, and every item a label: %o',
    (on) => {
      const { items } = build({ ...on, development: true });
      const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
      expect(new Set(keys).size).toBe(keys.length);
      for (const item of items)
        expect(item.type === 'separator' || item.role === 'appMenu' || item.label).toBeTruthy();
    },
  );

  it('zooms by steps and back', () => {
    const { commands, click } = build();
    for (const id of ['zoom-in', 'zoom-out', 'zoom-reset']) click(id);
    expect(commands.zoom.mock.calls.flat()).toEqual([1, -1, null]);
  });

  it('reloads only for those who build Trunkline', () => {
    expect(build().items.some(({ id }) => id === 'reload')).toBe(false);
    expect(build({ development: true }).items.some(({ id }) => id === 'reload')).toBe(true);
  });
});

describe('labelsFor', () => {
  it.each([
    ['auto', 'zh-CN', 'zh-CN'],
    ['auto', 'zh-Hans-SG', 'zh-CN'],
    ['auto', 'de-DE', 'en'],
    ['en', 'zh-CN', 'en'],
    ['zh-CN', 'en-US', 'zh-CN'],
  ] as const)('%s on %s is %s', (language, locale, expected) =>
    expect(labelsFor(language, locale)).toBe(menuLabels[expected]),
  );

  it('has every word in both languages', () => {
    for (const [key, text] of Object.entries(menuLabels['zh-CN'])) {
      expect(text.trim(), key).not.toBe('');
      expect(/[\u4e00-\u9fff]/.test(text), key).toBe(true);
    }
  });
});
