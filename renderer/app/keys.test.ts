// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { CommandRow } from '../context/feature';
import { createStores } from '../store';
import { commands } from '../views/features';
import { groups } from '../views/shortcuts/groups';
import { commandOf, isTyping, runCommand } from './keys';

const key = (name: string, patch: Partial<KeyboardEvent> = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...patch,
});

describe('keys', () => {
  it('name commands', () => {
    expect(commandOf(key('/'))).toBe('search');
    expect(commandOf(key('?', { shiftKey: true }))).toBe('shortcuts');
    expect(commandOf(key('z', { ctrlKey: true }))).toBe('undo');
    expect(commandOf(key('z', { metaKey: true }))).toBe('undo');
  });

  it('leave the browser its own', () => {
    expect(commandOf(key('t', { ctrlKey: true }))).toBeNull();
    expect(commandOf(key('z', { ctrlKey: true, shiftKey: true }))).toBeNull();
    expect(commandOf(key('n', { altKey: true }))).toBeNull();
  });

  it('are text while typing', () => {
    expect(isTyping(document.createElement('input'))).toBe(true);
    expect(isTyping(document.createElement('textarea'))).toBe(true);
    expect(isTyping(document.createElement('button'))).toBe(false);
    expect(isTyping(null)).toBe(false);
  });
});

it('the sheet of keys has each that works everywhere, and no other', () => {
  const rows: CommandRow[] = Object.values(commands);
  const bound = rows.flatMap(({ key: name, mod }) =>
    name === undefined ? [] : [`${mod ? 'Mod ' : ''}${name.toUpperCase()}`],
  );
  const shown = groups.find(({ title }) => title === 'everywhere')!.keys.map(([, keys]) => keys);
  expect([...shown].sort()).toEqual([...bound, 'Esc'].sort());
});

describe('commands', () => {
  const means = () => ({ setView: vi.fn(), undo: vi.fn() });

  it('of the menu and of keys do the same', () => {
    const stores = createStores();
    runCommand('new-network', stores, means());
    expect(stores.ui.getState().dialog).toEqual({ kind: 'new-network' });
    runCommand('search', stores, means());
    expect(stores.ui.getState().searchRequests).toBe(1);
    runCommand('fit', stores, means());
    expect(stores.ui.getState().fitRequests).toBe(1);
  });

  it('toggle the view that is shown', () => {
    const stores = createStores();
    const to = means();
    runCommand('toggle-view', stores, to);
    expect(to.setView).toHaveBeenCalledWith('table');
    stores.preferences.setState({ view: 'table' });
    runCommand('toggle-view', stores, to);
    expect(to.setView).toHaveBeenLastCalledWith('topology');
  });
});
