import type { Network, Notice, Problem, Shim, ShimPolicy, ShimRequest, Step } from '../../model';
import { notice, problem } from '../../texts/messages';
import { subnetsOf, suggestAddress } from '../addresses/suggest';
import { shortId } from '../basics/names';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { refuse, type Plan } from './result';
import { findEngine } from './subject';
import { lastKnownNotices } from './target';
import { shimFor, shimProblems } from '../policies/shim';
import { networkMeant } from '../lans/network-meant';
import { shimName } from '../lans/shim-link';
import { unfitForShim } from '../policies/shim-rules';
import { othersShim, unkeptShims, type UnkeptShim } from '../policies/unkept-shim';

/** A link answers ARP for its own addresses alone, and asks with them alone: the LAN hears one MAC per address. */
const answerForOneself = ['arp_ignore=1', 'arp_announce=2'];

/** What the toolbox runs on the host to put a shim there, as one would type it. */
export function shimCommands({ name, parent, address, routes }: Shim): string[] {
  return [
    `ip link add ${name} link ${parent} type macvlan mode bridge`,
    ...answerForOneself.flatMap((setting) =>
      [name, parent].map((link) => `sysctl -w net/ipv4/conf/${link}/${setting}`),
    ),
    `ip addr replace ${address}/32 dev ${name}`,
    `ip link set ${name} up`,
    ...routes.map((route) => `ip route replace ${route} dev ${name} src ${address}`),
  ];
}

/** Likewise to remove it. Its addresses and routes go with the link; what the parent had before is put back by the toolbox. */
export const removeShimCommands = ({ name }: Shim): string[] => [`ip link del ${name}`];

/** What a change of a shim would do, and what is kept of it before and after. */
export interface ShimPlan extends Plan {
  networkName: string;
  before: ShimPolicy | null;
  after: ShimPolicy | null;
}

type Put = Extract<ShimRequest, { kind: 'put-shim' }>;

/** What is wrong with giving the shim of a network this address. */
function wrongWith(address: string | undefined, network: Network, inventory: Inventory): Problem[] {
  if (address === undefined) {
    const subnet = network.subnets[0]?.subnet ?? '';
    const place = { engineId: network.engineId };
    if (!subnetsOf(network).some(({ version }) => version === 4))
      return [problem('no_ipv4_subnet', { network: network.name }, place)];
    return [problem('subnet_full', { subnet, network: network.name }, place)];
  }
  return shimProblems(address, network, inventory);
}

/** What is on the host for it already, and not of this console's making. */
function othersLink(
  { engineId, networkId }: Put,
  { facts = [], engines }: Inventory,
  own: readonly (string | undefined)[],
): Problem[] {
  const host = hostName(engineId, engines);
  const links = facts.filter((each) => each.engineId === engineId);
  return links
    .flatMap((each) => othersShim(each, networkId, own) ?? [])
    .map((link) => problem('change_stale', { context: 'kept_elsewhere', host, link }, { engineId }));
}

type Place = Pick<ShimPolicy, 'engineId' | 'networkId'>;

/** The link that is on the host by the name of a network's shim, whoever keeps it, as far as somebody has looked. */
const linkThere = (
  { engineId, networkId }: Place,
  { facts = [], networks }: Inventory,
): UnkeptShim | undefined =>
  facts
    .filter((each) => each.engineId === engineId)
    .flatMap((each) => unkeptShims(each, [], networks))
    .find(({ name }) => name === shimName(networkId));

/** A link that is there for the same address, and that a change which was cut off may have left. */
function sharedLink(request: Put, before: ShimPolicy | null, known: Inventory): Notice[] {
  const found = before ? undefined : linkThere(request, known);
  if (!found?.address) return [];
  const host = hostName(request.engineId, known.engines);
  return [notice('shim_unkept', { context: 'shared', link: found.name, host })];
}

/** A link that is there for another address than what is kept: it is not removed with that. */
function stayingLink(policy: ShimPolicy, known: Inventory): Notice[] {
  const found = linkThere(policy, known);
  if (!found?.address || found.address === policy.address) return [];
  const host = hostName(policy.engineId, known.engines);
  return [notice('shim_unkept', { context: 'others', link: found.name, host })];
}

function planPut({ address, ...request }: Put, network: Network, known: Inventory, at: number): ShimPlan {
  const { engineId, networkId } = request;
  const { name: networkName } = network;
  const policies = known.shims ?? [];
  const before = policies.find((each) => networkMeant(each, known) === network) ?? null;
  const inventory = { ...known, shims: policies.filter((each) => each !== before) };
  const suggestedIpv4 = suggestAddress(network, inventory, undefined, 4, true);
  const wanted = address ?? suggestedIpv4;
  const misfit = unfitForShim(network);
  const others = othersLink({ ...request, address }, known, [before?.address, wanted]);
  const problems =
    [misfit, others, wrongWith(wanted, network, inventory)].find((each) => each.length > 0) ?? [];
  const common = { networkName, before, ...(suggestedIpv4 ? { suggestedIpv4 } : {}) };
  const shim = wanted !== undefined && problems.length === 0 ? shimFor(network, wanted, inventory) : null;
  if (!shim) return { ...refuse(...problems), ...common, after: before };
  const since = before?.address === shim.address ? before.since : at;
  return {
    ...common,
    steps: [{ op: 'put-shim', networkId, networkName, shim }],
    notices: [
      ...sharedLink({ ...request, address }, before, known),
      ...lastKnownNotices(network, engineId, known),
    ],
    problems: [],
    after: { engineId, networkId, networkName, address: shim.address, since },
  };
}

/** By what is kept: its network may be gone, and the link of the one before it still there. */
function planRemove(policy: ShimPolicy, inventory: Inventory): ShimPlan {
  const { networkId, networkName, address } = policy;
  const network = networkMeant(policy, inventory);
  const shim = network && shimFor(network, address, inventory);
  const name = shimName(networkId);
  const notices = stayingLink(policy, inventory);
  const step: Step = {
    ...{ op: 'remove-shim', networkId, networkName },
    shim: { ...(shim ?? { parent: '', address, routes: [] }), name },
  };
  return {
    ...{ networkName, before: policy, after: null, problems: [], notices },
    steps: notices.length > 0 ? [] : [step],
  };
}

/** What nobody here keeps, and the host has all the same; null where it has not, as far as somebody has looked. */
function planUnkept({ engineId, networkId }: ShimRequest, inventory: Inventory): ShimPlan | null {
  const found = linkThere({ engineId, networkId }, inventory);
  if (!found) return null;
  const { name: link, parent, address } = found;
  const networkName = found.networkName || link;
  const shim = { name: link, parent, address, routes: [] };
  return {
    ...{ networkName, before: null, after: null, problems: [] },
    notices: [notice('shim_unkept', { link, host: hostName(engineId, inventory.engines) })],
    steps: [{ op: 'remove-shim', networkId, networkName, shim }],
  };
}

/**
 * Turns what an admin asks of the way from a host to its own containers into the steps on that host. Pure: the same request,
 * world and time give the same plan.
 *
 * @param at milliseconds since the epoch, for a policy that is new
 */
export function planShim(request: ShimRequest, inventory: Inventory, at: number): ShimPlan {
  const { engineId, networkId } = request;
  const refused = (...problems: Problem[]): ShimPlan => ({
    ...refuse(...problems),
    ...{ networkName: networkId, before: null, after: null },
  });
  const engine = findEngine(engineId, inventory);
  if (!engine.ok) return refused(engine.error);
  const host = hostName(engineId, inventory.engines);
  const place = { engineId, field: 'networkId' };
  const network = inventory.networks.find((each) => each.engineId === engineId && each.id === networkId);
  if (request.kind === 'put-shim')
    return network
      ? planPut(request, network, inventory, at)
      : refused(problem('network_not_found', { network: shortId(networkId), host }, place));
  const policy = inventory.shims?.find((each) => each.engineId === engineId && each.networkId === networkId);
  const planned = policy ? planRemove(policy, inventory) : planUnkept(request, inventory);
  if (planned) return planned;
  const params = { context: 'no_shim', host, network: network?.name ?? shortId(networkId) } as const;
  return refused(problem('nothing_to_do', params, { engineId }));
}
