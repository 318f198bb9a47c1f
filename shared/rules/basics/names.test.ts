import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dictionaryOrder, shortId, sortNatural } from './names';

it('sorts numbers in names as numbers', () => {
  expect(['web10', 'web2', 'Web1', 'db'].sort(sortNatural)).toEqual(['db', 'Web1', 'web2', 'web10']);
});

it('is a total order', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(Math.sign(sortNatural(a, b))).toBe(-Math.sign(sortNatural(b, a)) + 0);
      expect(sortNatural(a, b) === 0).toBe(a === b);
    }),
  );
});

it('orders like the engine: upper case first, digits as characters', () => {
  expect(['lan10', 'lan2', 'LAN'].sort(dictionaryOrder)).toEqual(['LAN', 'lan10', 'lan2']);
});

it('shortens ids', () => {
  expect(shortId('sha256:0123456789abcdef')).toBe('0123456789ab');
  expect(shortId('short')).toBe('short');
});
