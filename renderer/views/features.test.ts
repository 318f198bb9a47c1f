import { describe, expect, it } from 'vitest';
import { commandOf } from '../app/keys';
import { commands, features } from './features';

/** What stands more than once. */
const twice = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

describe('no feature takes the place of what another adds', () => {
  it.each(['words', 'dialogs', 'commands'] as const)('to the %s', (part) => {
    const names = features.flatMap((feature) => Object.keys(feature[part] ?? {}));
    expect(names.length).toBeGreaterThan(0);
    expect(twice(names)).toEqual([]);
  });

  it('to the keys', () => {
    const rows = Object.entries(features.flatMap((each) => Object.entries(each.commands ?? {})));
    expect(rows.length).toBe(Object.keys(commands).length);
    for (const [, [name, { key, mod = false }]] of rows) {
      if (key === undefined) continue;
      const pressed = { key, ctrlKey: mod, metaKey: false, altKey: false, shiftKey: false };
      expect(commandOf(pressed)).toBe(name);
    }
  });
});
