import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress, parsePrefix } from './ip';
import { Ipam, type Pool } from './ipam';

const open = (ipam: Ipam, subnet: string, range?: string): Pool => {
  const pool = ipam.open(parsePrefix(subnet)!, range ? parsePrefix(range)! : null);
  if (pool === 'overlap') throw new Error('overlap');
  return pool;
};
const next = (pool: Pool): string | null => {
  const address = pool.next();
  return address && formatAddress(address);
};

describe('a pool', () => {
  it('hands out the lowest free address, the freed ones first, never network or broadcast', () => {
    const pool = open(new Ipam(), '10.0.0.0/29');
    expect([next(pool), next(pool), next(pool)]).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    pool.release(parseAddress('10.0.0.2')!);
    expect([next(pool), next(pool), next(pool), next(pool), next(pool)]).toEqual([
      '10.0.0.2',
      '10.0.0.4',
      '10.0.0.5',
      '10.0.0.6',
      null,
    ]);
  });

  it('stays within its range and takes pins outside it', () => {
    const pool = open(new Ipam(), '10.0.0.0/24', '10.0.0.128/30');
    pool.request(parseAddress('10.0.0.60')!);
    expect(() => pool.request(parseAddress('10.0.0.60')!)).toThrow('Address already in use');
    expect(() => pool.request(parseAddress('10.0.0.255')!)).toThrow('Address already in use');
    expect(next(pool)).toBe('10.0.0.128');
  });
});

describe('address spaces', () => {
  it('are shared by networks of one subnet with a range each', () => {
    const ipam = new Ipam();
    open(ipam, '10.0.0.0/24', '10.0.0.0/25').request(parseAddress('10.0.0.200')!);
    const second = open(ipam, '10.0.0.0/24', '10.0.0.128/25');
    expect(() => second.request(parseAddress('10.0.0.200')!)).toThrow('Address already in use');
  });

  it('overlap only without a range, and are free again with their last user', () => {
    const ipam = new Ipam();
    const first = open(ipam, '10.0.0.0/24');
    expect(ipam.open(parsePrefix('10.0.0.0/16')!, null)).toBe('overlap');
    const second = open(ipam, '10.0.0.0/24', '10.0.0.128/25');
    ipam.close(first);
    expect(ipam.isFree(parsePrefix('10.0.0.0/24')!)).toBe(false);
    ipam.close(second);
    expect(ipam.isFree(parsePrefix('10.0.0.0/24')!)).toBe(true);
  });
});
