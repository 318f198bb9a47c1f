import type { Container, Endpoint, Network, Problem } from '../../model';
import { contains, parseCidr, parseIp, type Cidr } from '../basics/cidr';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { isLive } from '../membership/leftover';
import { problem } from '../../texts/messages';
import { networkOfStep, type LanJob } from '../plan/lan-claims';
import { makesNetwork } from '../plan/making-steps';

/** A container that comes onto a network that was made anew, and what is fixed for it there. */
interface Comer {
  container: Container;
  endpoint: Pick<Endpoint, 'pinned4' | 'pinned6'>;
}

const pinOf = ({ pinned4, pinned6 }: Comer['endpoint'], version: 4 | 6): string =>
  (version === 4 ? pinned4 : pinned6) ?? '';

/** What engines hand out from on a network, of one family. */
function poolsOf(network: Network, version: 4 | 6): { pool: Cidr; excluded: number }[] {
  return network.subnets.flatMap(({ subnet, ipRange, exclusions }) => {
    const pool = parseCidr(ipRange || subnet);
    return pool?.version === version ? [{ pool, excluded: Object.keys(exclusions).length }] : [];
  });
}

/**
 * No engine holds the fixed address of a stopped container. On a network that was made anew it hands out the lowest free
 * ones first: to those that come back there without one of their own.
 */
export function notHeldProblems(
  next: Network,
  comers: readonly Comer[],
  inventory: Inventory,
  context?: 'back',
): Problem[] {
  return ([4, 6] as const).flatMap((version) => {
    const fixed = comers.filter(({ endpoint }) => pinOf(endpoint, version) !== '');
    const automatic = comers.filter((one) => !fixed.includes(one) && isLive(one.container));
    const [other] = automatic;
    if (!other || (version === 6 && !next.ipv6)) return [];
    return fixed.flatMap(({ container, endpoint }): Problem[] => {
      const address = pinOf(endpoint, version);
      const ip = parseIp(address);
      const found = poolsOf(next, version).find(({ pool }) => ip && contains(pool, ip));
      if (isLive(container) || !ip || !found) return [];
      // At most so many are passed over: fixed and excluded ones, the gateway, and the network's own address.
      const reach = automatic.length + fixed.length + found.excluded + 2;
      if (ip.value - found.pool.base > BigInt(reach)) return [];
      const host = hostName(next.engineId, inventory.engines);
      const params = {
        container: container.name,
        address,
        other: other.container.name,
        network: next.name,
        host,
        ...(context && { context }),
      };
      return [problem('address_not_held', params, { engineId: next.engineId })];
    });
  });
}

/** The same of steps that take a change back: whoever they put on a network that they make anew. Null when nothing is wrong. */
export function notHeldBack(jobs: readonly LanJob[], inventory: Inventory): Problem | null {
  for (const job of jobs)
    for (const step of job.steps.filter(makesNetwork)) {
      const network = networkOfStep(step, job, inventory);
      const comers = job.steps.flatMap((each): Comer[] => {
        if (each.op !== 'connect' || each.networkName !== step.networkName) return [];
        const container = inventory.containers.find(
          (one) => one.engineId === job.engineId && one.id === each.containerId,
        );
        const { ipv4: pinned4, ipv6: pinned6 } = each.endpoint;
        return container
          ? [{ container, endpoint: { ...(pinned4 && { pinned4 }), ...(pinned6 && { pinned6 }) } }]
          : [];
      });
      const [found] = network ? notHeldProblems(network, comers, inventory, 'back') : [];
      if (found) return found;
    }
  return null;
}
