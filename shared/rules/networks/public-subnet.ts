import type { NetworkSpec, Notice } from '../../model';
import { containsCidr, parseCidr, type Cidr } from '../basics/cidr';
import { poolsOf } from '../membership/spec-pools';
import { notice } from '../../texts/messages';

/** Addresses that are nobody's on the internet: private, of carriers, of a link, for tests and documentation (RFC 6890). */
const notPublic = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '198.18.0.0/15'],
  ...['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '192.0.0.0/24'],
  ...['2001:db8::/32', '3fff::/20', '2001:2::/48'],
].flatMap((text) => parseCidr(text) ?? []);
/** Beyond these IPv6 addresses are unique local ones, or not given out. */
const global6 = parseCidr('2000::/3');

const isPublic = (subnet: Cidr): boolean => {
  if (subnet.version === 6 && !(global6 && containsCidr(global6, subnet))) return false;
  return !notPublic.some((range) => containsCidr(range, subnet));
};

/** Tells of subnets whose addresses are somebody's on the internet: perhaps the admin's own, which nobody here knows. */
export const publicNotices = (spec: NetworkSpec): Notice[] =>
  poolsOf(spec).flatMap(({ subnet }) => {
    const cidr = parseCidr(subnet);
    return cidr && isPublic(cidr) ? [notice('subnet_public', { subnet })] : [];
  });
