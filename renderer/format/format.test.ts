import { describe, expect, it } from 'vitest';
import type { Limits } from '../../shared/model';
import {
  axisTop,
  cpuLimit,
  formatAgo,
  formatBits,
  formatBytes,
  formatSpan,
  parseEngineTime,
  swapLimit,
} from '.';

describe('rates', () => {
  it.each([
    [0, '0 bit/s'],
    [512, '512 bit/s'],
    [999.6, '1 kbit/s'],
    [1_500, '1.5 kbit/s'],
    [999_950, '1 Mbit/s'],
    [47_123_000, '47.1 Mbit/s'],
    [471_230_000, '471 Mbit/s'],
    [9_412_000_000, '9.41 Gbit/s'],
    [null, '–'],
    [NaN, '–'],
  ])('%s is %s', (bits, text) => {
    expect(formatBits(bits, 'en')).toBe(text);
  });

  it('follows the language', () => {
    expect(formatBits(1_500, 'de')).toBe('1,5 kbit/s');
  });

  it.each([
    [0, 1000],
    [1000, 1000],
    [1001, 2000],
    [3_900_000, 4_000_000],
    [8_000_001, 10_000_000],
  ])('an axis for %s ends at %s', (peak, top) => {
    expect(axisTop(peak)).toBe(top);
  });
});

const limits: Limits = {
  memory: 0,
  memorySwap: 0,
  memoryReservation: 0,
  nanoCpus: 0,
  cpuShares: 0,
  cpuQuota: 0,
  cpuPeriod: 0,
  cpuset: '',
  pids: 0,
  blkioWeight: 0,
  cgroupParent: '',
};

describe('limits', () => {
  it('reads processors from either way of setting them', () => {
    expect(cpuLimit(limits)).toBeNull();
    expect(cpuLimit({ ...limits, nanoCpus: 1.5e9 })).toBe(1.5);
    expect(cpuLimit({ ...limits, cpuQuota: 50_000 })).toBe(0.5);
    expect(cpuLimit({ ...limits, cpuQuota: 50_000, cpuPeriod: 25_000 })).toBe(2);
  });

  it('takes memory out of memory-and-swap', () => {
    expect(swapLimit(limits)).toBeNull();
    expect(swapLimit({ ...limits, memory: 100, memorySwap: 150 })).toBe(50);
    expect(swapLimit({ ...limits, memory: 100, memorySwap: -1 })).toBe('unlimited');
  });

  it('counts bytes in powers of two', () => {
    expect(formatBytes(536_870_912, 'en')).toBe('512 MiB');
    expect(formatBytes(1023.9 * 1024, 'en')).toBe('1 MiB');
  });
});

describe('time', () => {
  it('speaks of the past in the largest unit', () => {
    expect(formatAgo(0, 5_000, 'en')).toBe('5 seconds ago');
    expect(formatAgo(0, 3 * 60_000, 'en')).toBe('3 minutes ago');
    expect(formatAgo(0, 3 * 60_000, 'zh-CN')).toBe('3 分钟前');
    expect(formatAgo(10_000, 5_000, 'en')).toBe('now');
  });

  it.each([
    [49_900, '49 sec', '49 秒'],
    [18.9 * 60_000, '18 min', '18 分钟'],
    [3 * 3_600_000, '3 hr', '3 小时'],
    [400 * 86_400_000, '400 days', '400 天'],
    [-5_000, '0 sec', '0 秒'],
  ])('words a span of %d ms in the largest unit', (span, english, chinese) => {
    expect(formatSpan(1_000, 1_000 + span, 'en')).toBe(english);
    expect(formatSpan(1_000, 1_000 + span, 'zh-CN')).toBe(chinese);
  });

  it("knows the engine's zero time", () => {
    expect(parseEngineTime('0001-01-01T00:00:00Z')).toBeNull();
    expect(parseEngineTime('')).toBeNull();
    expect(parseEngineTime('2026-03-04T00:00:00Z')).toBe(Date.UTC(2026, 2, 4));
  });
});
