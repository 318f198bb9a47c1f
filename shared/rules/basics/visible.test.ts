import { describe, expect, it } from 'vitest';
import { escaped, shownName, visible } from './visible';

describe('names of somebody else’s choosing', () => {
  it.each([
    ['gnp\u202eexe', 'gnp�exe'],
    ['a\u0000b', 'a�b'],
    ['\u001b[31mred\u001b[0m', '�[31mred�[0m'],
    ['a\u2066b\u2069', 'a�b�'],
    ['a\u200bb\ufeffc\u{e0041}', 'a�b�c�'],
    ['a\u0085b\u2028c', 'a�b�c'],
  ])('%j can’t act', (name, shown) => expect(visible(name)).toBe(shown));

  it.each(['web-1', 'Küche 3', '客厅', 'שרת', 'می\u200cخواهم', '👩\u200d💻', 'a\tb\nc'])(
    '%s is as it is',
    (name) => expect(visible(name)).toBe(name),
  );

  it('are cut where they have no end, between characters', () => {
    expect(shownName('a'.repeat(128))).toHaveLength(128);
    expect(shownName('a'.repeat(10_000))).toBe(`${'a'.repeat(127)}…`);
    expect([...shownName('👍'.repeat(5_000))]).toHaveLength(128);
    expect(shownName('\u202e'.repeat(10_000))).toBe(`${'�'.repeat(127)}…`);
  });

  it('can be written so that nothing is lost', () => {
    const text = JSON.stringify({ name: 'gnp\u202eexe\u{e0041}' });
    expect(escaped(text)).toBe('{"name":"gnp\\u202eexe\\udb40\\udc41"}');
    expect(JSON.parse(escaped(text))).toEqual(JSON.parse(text));
  });
});
