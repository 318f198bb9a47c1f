import type { AddressPlan, AddressUse, Network } from '../../model';
import { strangers } from './answering';
import { lanOf } from './lan-read';
import { subnetsOf, suggestAddresses } from './suggest';
import { pinNotices } from './check';
import { contains, formatCidr, parseIp } from '../basics/cidr';
import type { Inventory } from '../inventory/inventory';

/**
 * Who holds what in the subnets of a network, over all engines that share the LAN, and what is reserved there; and the
 * addresses that are free next, with what to know about those. A network without address management gives an empty
 * plan with an empty `subnet`.
 */
export function addressPlan(network: Network, inventory: Inventory): AddressPlan {
  const subnets = subnetsOf(network);
  const first = subnets.find((cidr) => cidr.version === 4) ?? subnets[0];
  if (!first) return { subnet: '', subnets: [], gateways: [], ranges: [], used: [], notices: [] };
  const lan = lanOf(network, inventory);
  const foreign = [...strangers(network, inventory)].map(([address, macs]): AddressUse => ({
    address,
    kind: 'foreign',
    engineId: network.engineId,
    owner: macs.join(', '),
  }));
  const used = [...lan.holders.map((holder) => holder.use), ...foreign].filter(({ address }) => {
    const ip = parseIp(address);
    return ip !== null && subnets.some((subnet) => contains(subnet, ip));
  });
  const gateways = used.filter((use) => use.kind === 'gateway').map((use) => use.address);
  const ranges = lan.ranges.map(({ cidr, network: { engineId, id } }) => ({
    engineId,
    networkId: id,
    range: formatCidr(cidr),
  }));
  const { suggestedIpv4, suggestedIpv6 } = suggestAddresses(network, inventory);
  const notices = [suggestedIpv4, suggestedIpv6].flatMap((address) => {
    const ip = address ? parseIp(address) : null;
    return ip ? pinNotices(ip, network, inventory) : [];
  });
  return {
    subnet: formatCidr(first),
    subnets: subnets.map(formatCidr),
    gateways: [...new Set(gateways)],
    ranges,
    used,
    notices,
    ...(suggestedIpv4 ? { suggestion: suggestedIpv4 } : {}),
    ...(suggestedIpv6 ? { suggestion6: suggestedIpv6 } : {}),
  };
}
