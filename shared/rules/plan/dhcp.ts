import type { Container, DhcpPolicy, DhcpRequest, Network, Notice, Problem } from '../../model';
import { notice, problem } from '../../texts/messages';
import { networkMeant } from '../lans/network-meant';
import type { Inventory } from '../inventory/inventory';
import { identityOf } from '../membership/identity';
import { containerOfLease, endpointOfLease, leaseHelperFor, leaseMac, unfitForLease } from '../policies/dhcp';
import type { PolicyPlan } from '../policies/kind';
import { policySubject } from '../../model';
import { findEngine, findNetwork, findSubject, type Subject } from './subject';

type Put = Extract<DhcpRequest, { kind: 'put-dhcp' }>;
type Remove = Extract<DhcpRequest, { kind: 'remove-dhcp' }>;

const refused = (name: string, ...problems: Problem[]): PolicyPlan => ({
  ...{ name, before: null, after: null, steps: [], notices: [], problems },
});

/** Of the very container and network, whatever they were called. */
const policyFor = (container: Container, network: Network, kept: readonly DhcpPolicy[], world: Inventory) =>
  kept.find(
    (each) =>
      each.engineId === container.engineId &&
      containerOfLease(each, world)?.id === container.id &&
      networkMeant(each, world)?.id === network.id,
  );

function putNotices({ container, engine, live }: Subject, network: Network, mac: string): Notice[] {
  const names = { container: container.name, network: network.name };
  const endpoint = endpointOfLease(container, network);
  const address = endpoint?.ipv4 || endpoint?.pinned4;
  return [
    ...(live ? [] : [notice('lease_later', names)]),
    notice('lease_helper', { ...names, host: engine.name }),
    notice('lease_mac', { ...names, mac }),
    address
      ? notice('lease_paper', { ...names, address })
      : notice('lease_paper', { ...names, context: 'none' }),
  ];
}

function planPut(request: Put, world: Inventory, kept: readonly DhcpPolicy[], at: number): PolicyPlan {
  const { containerId, networkId, engineId } = request;
  const subject = findSubject(request, world);
  if (!subject.ok) return refused(`${containerId}@${networkId}`, subject.error);
  const { container, engine, live } = subject.value;
  const found = findNetwork(networkId, subject.value);
  if (!found.ok) return refused(`${container.name}@${networkId}`, found.error);
  const network = found.value;
  const subjectName = policySubject({ networkName: network.name, containerName: container.name });
  const unfit = unfitForLease(network, engine.name, engine.product === 'podman', container.name);
  if (unfit.length > 0) return refused(subjectName, ...unfit);
  if (!endpointOfLease(container, network)) {
    const params = { container: container.name, network: network.name };
    return refused(subjectName, problem('not_connected', params, { engineId, field: 'networkId' }));
  }
  const before = policyFor(container, network, kept, world) ?? null;
  const who = { identity: identityOf(container), networkName: network.name };
  const after: DhcpPolicy = {
    ...{ engineId, networkId: network.id, ...who, containerName: container.name },
    ...{ mac: leaseMac(who, network.id), since: at },
    ...before,
  };
  const dhcp = leaseHelperFor(after, container, network);
  const { networkName, containerName } = after;
  const step = { op: 'put-dhcp' as const, networkId: network.id, networkName, containerName, dhcp };
  return {
    ...{ name: policySubject(after), before, after, problems: [] },
    // Nothing can share the network of one that has none yet: the keeper puts it there once it runs.
    steps: live ? [step] : [],
    notices: putNotices(subject.value, network, after.mac),
  };
}

function planRemove(request: Remove, world: Inventory, kept: readonly DhcpPolicy[]): PolicyPlan {
  const { engineId, networkName, containerName } = request;
  const name = policySubject(request);
  const engine = findEngine(engineId, world);
  if (!engine.ok) return refused(name, engine.error);
  const policy = kept.find((each) => each.engineId === engineId && policySubject(each) === name);
  if (!policy) {
    const params = { context: 'no_lease', container: containerName, network: networkName } as const;
    return refused(name, problem('nothing_to_do', params, { engineId }));
  }
  const [container, network] = [containerOfLease(policy, world), networkMeant(policy, world)];
  const dhcp = leaseHelperFor(policy, container, network);
  const names = { container: containerName, network: networkName };
  return {
    ...{ name, before: policy, after: null, problems: [] },
    steps: [{ op: 'remove-dhcp', networkId: policy.networkId, networkName, containerName, dhcp }],
    notices: container && network ? [notice('lease_ends', names)] : [],
  };
}

/**
 * Turns what an admin asks of where a container has its address from into the steps on its host. Pure: the same request, world, policies
 * and time give the same plan.
 *
 * @param at milliseconds since the epoch, for a policy that is new
 */
export const planDhcp = (
  request: DhcpRequest,
  world: Inventory,
  kept: readonly DhcpPolicy[],
  at: number,
): PolicyPlan =>
  request.kind === 'put-dhcp' ? planPut(request, world, kept, at) : planRemove(request, world, kept);
