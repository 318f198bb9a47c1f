import { firstUsable, formatIp, parseCidr } from '../../../shared/rules';

/** Where routers usually are in the subnet that was typed: its first address. Of `usual` while none can be read. */
export function exampleGateway(subnet: string, usual = ''): string {
  const cidr = parseCidr(subnet.trim()) ?? parseCidr(usual);
  return cidr && cidr.prefix < (cidr.version === 4 ? 31 : 127) ? formatIp(firstUsable(cidr)) : '';
}
