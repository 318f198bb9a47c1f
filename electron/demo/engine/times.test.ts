import { expect, it } from 'vitest';
import { goTime, humanDuration } from './times';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

it.each([
  [400, 'Less than a second'],
  [SECOND, '1 second'],
  [45 * SECOND, '45 seconds'],
  [90 * SECOND, 'About a minute'],
  [5 * 60 * SECOND, '5 minutes'],
  [HOUR, 'About an hour'],
  [3 * HOUR, '3 hours'],
  [47 * HOUR, '47 hours'],
  [3 * DAY, '3 days'],
  [15 * DAY, '2 weeks'],
  [70 * DAY, '2 months'],
  [800 * DAY, '2 years'],
])('%i ms are %j', (ms, words) => expect(humanDuration(ms)).toBe(words));

it('writes times as Go does, its zero time too', () => {
  expect(goTime(0)).toBe('0001-01-01T00:00:00Z');
  expect(goTime(Date.UTC(2026, 0, 2, 3, 4, 5, 6))).toBe('2026-01-02T03:04:05.006000000Z');
});
