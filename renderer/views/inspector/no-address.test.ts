import { expect, it } from 'vitest';
import { noAddress } from './no-address';

it.each([
  // It has its network now, frozen as it is: no start will bring it an address.
  ['paused', 'address.none'],
  ['running', 'address.none'],
  ['exited', 'address.noneYet'],
  ['restarting', 'address.noneYet'],
] as const)('says of a %s container without an address: %s', (state, words) => {
  expect(noAddress({ state })).toBe(words);
});
