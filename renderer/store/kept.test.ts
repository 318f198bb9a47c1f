import { expect, it } from 'vitest';
import { kept } from './kept';

const keyOf = ({ id }: { id: string }) => id;
const [a, b] = [
  { id: 'a', is: 1 },
  { id: 'b', is: 1 },
];

it('keeps what does not differ, and the list where nothing does', () => {
  const before = [a, b];
  expect(kept(before, structuredClone(before), keyOf)).toBe(before);
  const next = kept(before, [{ ...a }, { ...b, is: 2 }], keyOf);
  expect(next[0]).toBe(a);
  expect(next[1]).toEqual({ id: 'b', is: 2 });
  expect(kept(before, [{ ...b }], keyOf)).toEqual([b]);
  expect(kept(null, before, keyOf)).toBe(before);
});
