import { describe, expect, it } from 'vitest';
import { decodeEndpoint, decodeIpam } from './netip';

describe('addresses as 29 decodes them', () => {
  it.each([
    ['nonsense', 'unable to parse IP'],
    ['10.20.0', 'IPv4 address too short'],
    ['10.20.0.1.2', 'IPv4 address too long'],
    ['10.20.0.300', 'IPv4 field has value >255'],
    ['10.20.0.01', 'IPv4 field has octet with leading zero'],
    ['10..0.1', 'IPv4 field must have at least one digit (at ".0.1")'],
    ['10.20.0.x', 'unexpected character (at "x")'],
    ['fd00::zz', 'each colon-separated field must have at least one digit (at "zz")'],
  ])('%s is refused', (text, why) => {
    expect(() => decodeEndpoint({ IPAMConfig: { IPv4Address: text } })).toThrow(
      `invalid JSON: ParseAddr("${text}"): ${why}`,
    );
  });

  it.each([
    ['nonsense', "no '/'"],
    ['300.180.0.0/24', 'ParseAddr("300.180.0.0"): IPv4 field has value >255'],
    ['10.20.0.0/33', 'prefix length out of range'],
    ['10.20.0.0/x', 'bad bits after slash: "x"'],
  ])('a subnet %s is refused', (text, why) => {
    expect(() => decodeIpam([{ Subnet: text }])).toThrow(
      `invalid JSON: netip.ParsePrefix("${text}"): ${why}`,
    );
  });

  it('takes what is right, and what is not given', () => {
    decodeEndpoint({});
    decodeEndpoint({
      IPAMConfig: { IPv4Address: '', IPv6Address: 'fd00::1', LinkLocalIPs: ['169.254.0.9'] },
    });
    decodeIpam([{ Subnet: 'fd00::/64', Gateway: 'fd00::1', AuxiliaryAddresses: { a: '10.20.0.1' } }, {}]);
  });
});
