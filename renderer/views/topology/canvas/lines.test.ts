import { describe, expect, it } from 'vitest';
import { rateLabel, wireWidth } from './lines';

const rates = (rxBits: number, txBits: number) => ({
  rxBits,
  txBits,
  rxPackets: 0,
  txPackets: 0,
  errors: 0,
  drops: 0,
});

describe('rateLabel', () => {
  it.each([
    [0, 999, '↓0 ↑999'],
    [1_000, 9_949, '↓1.0k ↑9.9k'],
    [99_600, 999_400, '↓100k ↑999k'],
    [999_600, 1_230_000_000, '↓1.0M ↑1.2G'],
  ])('%d and %d bit/s are %s', (rx, tx, text) => {
    expect(rateLabel(rates(rx, tx))).toBe(text);
  });
});

describe('wireWidth', () => {
  it('grows with traffic, from thin to a limit', () => {
    const widths = [0, 10, 1e4, 1e6, 1e9, 1e15].map(wireWidth);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(widths[0]).toBe(1.5);
    expect(widths.at(-1)).toBe(6);
  });
});
