import { describe, expect, it } from 'vitest';
import type { Lease } from '../../../../shared/model';
import { readLeaseLine } from './lines';

/** How it stands after all of these. */
const after = (...lines: string[]): Lease | null =>
  lines.reduce<Lease | null>((lease, line) => readLeaseLine(line, lease) ?? lease, null);

const bound = (address: string, at = 100) =>
  `${String(at)} bound ip=${address} server=10.70.1.1 router=10.70.1.1 lease=120`;

describe('what a helper that leases says', () => {
  it('asks, and is bound until its lease ends', () => {
    expect(after('99 asking')).toEqual({ state: 'asking', at: 99_000 });
    expect(after('99 asking', '99 deconfig last=')).toEqual({ state: 'asking', at: 99_000 });
    expect(after('99 asking', '99 deconfig last=', bound('10.70.1.203/24'))).toEqual({
      ...{ state: 'bound', at: 100_000, address: '10.70.1.203/24', until: 220_000 },
      ...{ server: '10.70.1.1', router: '10.70.1.1' },
    });
    expect(
      after(bound('10.70.1.203/24'), '160 renew ip=10.70.1.203/24 server=10.70.1.1 router= lease=120'),
    ).toEqual({
      ...{ state: 'bound', at: 160_000, address: '10.70.1.203/24', until: 280_000, server: '10.70.1.1' },
    });
  });

  it('has none where nobody answers', () => {
    expect(after('99 asking', '107 leasefail last=')).toEqual({ state: 'no-answer', at: 107_000 });
  });

  it('tells a lease that has run out from one that was taken back', () => {
    expect(after(bound('10.70.1.203/24'), '220 deconfig last=10.70.1.203/24')).toEqual({
      ...{ state: 'expired', at: 220_000, before: '10.70.1.203/24' },
    });
    const refused = ['160 nak last=10.70.1.203/24', '160 deconfig last=10.70.1.203/24'];
    expect(after(bound('10.70.1.203/24'), ...refused)).toEqual({
      ...{ state: 'refused', at: 160_000, before: '10.70.1.203/24' },
    });
    expect(after(bound('10.70.1.203/24'), ...refused, bound('10.70.1.230/24', 163))).toMatchObject({
      ...{ state: 'bound', address: '10.70.1.230/24', before: '10.70.1.203/24' },
    });
  });

  it('knows by one line alone what was before: all that is left after a restart of the console', () => {
    expect(after('238 leasefail last=10.70.1.203/24')).toEqual({
      ...{ state: 'no-answer', at: 238_000, before: '10.70.1.203/24' },
    });
  });

  it('keeps what it had over a restart of its container, where it comes back with the same', () => {
    const again = after(bound('10.70.1.203/24'), '130 waiting', '134 asking', bound('10.70.1.203/24', 135));
    expect(again).not.toHaveProperty('before');
  });

  it('says nothing by what is none of its words', () => {
    expect(readLeaseLine('udhcpc: started, v1.35.0', null)).toBeNull();
    expect(readLeaseLine('', null)).toBeNull();
  });
});
