import { describe, expect, it } from 'vitest';
import type { Network } from '../../model';
import { suggestAddresses } from './suggest';
import { container, endpoint, engine, network } from '../testing';

describe('suggestAddresses', () => {
  it('gives IPv6 by the same rules, in short addresses, where the network has it switched on', () => {
    const six = (ipRange?: string) => ({
      subnet: 'fd00:70::/64',
      gateway: 'fd00:70::1',
      exclusions: {},
      ...(ipRange ? { ipRange } : {}),
    });
    const of = (here: Network, there: Network, ipv6 = 'fd00:70::2') =>
      suggestAddresses(here, {
        engines: [engine({ id: 'e1' }), engine({ id: 'e2' })],
        networks: [here, there],
        containers: [container({ engineId: 'e2', endpoints: [endpoint(there, { ipv4: '', ipv6 })] })],
      });
    const lan = (engineId: string, ipRange?: string) =>
      network({ engineId, ipv6: true, subnets: [six(ipRange)] });
    expect(of(lan('e1', 'fd00:70::ff00/120'), lan('e2', 'fd00:70::fe00/120'))).toEqual({
      suggestedIpv6: 'fd00:70::ffff',
    });
    // Its range is used up by the other's, which lies there, too.
    expect(of(lan('e1', 'fd00:70::/112'), lan('e2', 'fd00:70::/111'))).toEqual({
      suggestedIpv6: 'fd00:70::2:0',
    });
    // One without a range hands out from the whole subnet.
    expect(of(lan('e1'), lan('e2'), 'fd00:70::ffff')).toEqual({ suggestedIpv6: 'fd00:70::fffe' });
    const both = network({ ipv6: true });
    both.subnets.push(six());
    expect(of(both, network({ engineId: 'e2' }))).toEqual({
      suggestedIpv4: '10.70.1.254',
      suggestedIpv6: 'fd00:70::ffff',
    });
    expect(of({ ...both, ipv6: false }, network({ engineId: 'e2' }))).toEqual({
      suggestedIpv4: '10.70.1.254',
    });
  });
});
