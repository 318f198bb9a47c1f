import { expect, it } from 'vitest';
import { isUnicastMac } from './mac';

it('a MAC that one station may have is known', () => {
  expect(isUnicastMac('02:42:0a:46:01:3c')).toBe(true);
  expect(isUnicastMac('01:42:0a:46:01:3c')).toBe(false);
  expect(isUnicastMac('02:42:0a:46:01')).toBe(false);
  expect(isUnicastMac('00:00:00:00:00:00')).toBe(false);
});
