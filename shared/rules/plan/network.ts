import {
  fail,
  ok,
  type EngineRequest,
  type Engine,
  type Network,
  type NetworkSpec,
  type Notice,
  type Problem,
  type Result,
} from '../../model';
import { membersOf } from '../membership/on-network';
import { isEnginesOwn, lacks } from '../engines/capabilities';
import type { Verdict } from '../addresses/check';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { isLive } from '../membership/leftover';
import { notice, problem } from '../../texts/messages';
import { shortId, sortNatural } from '../basics/names';
import { hasTwin, isBeyondMaking, isToldWhole } from '../networks/network-form';
import { checkNetworkSpec, plainSpec, tidySpec } from '../networks/network-spec';
import { parseParent } from '../lans/parent';
import { networkMeant } from '../lans/network-meant';
import { shimName } from '../lans/shim-link';
import { againstFacts } from '../host/check-host';
import { madeWithNotices } from './made-with';
import { refuse, type Plan } from './result';
import { findEngine } from './subject';

type Create = Extract<EngineRequest, { kind: 'create-network' }>;
type Remove = Extract<EngineRequest, { kind: 'remove-network' }>;

const on = (engineId: string, inventory: Inventory): Network[] =>
  inventory.networks.filter((network) => network.engineId === engineId);

/** Judges the parent by what the host really has, where somebody has looked, as a segment's are judged. */
function onHost(
  checked: Verdict,
  { parent, driver }: NetworkSpec,
  engineId: string,
  inventory: Inventory,
): Verdict {
  const parsed = parseParent(parent);
  const facts = inventory.facts?.find((one) => one.engineId === engineId);
  if (!parsed.ok) return checked;
  return againstFacts(
    checked,
    { vlan: parsed.vlan, driver },
    { engineId, parentNic: parsed.nic },
    facts,
    inventory,
  );
}

/** Makes a macvlan or ipvlan network. */
export function planCreateNetwork({ engineId, spec }: Create, inventory: Inventory): Plan {
  const engine = findEngine(engineId, inventory);
  if (!engine.ok) return refuse(engine.error);
  const tidy = tidySpec(spec);
  const checked = checkNetworkSpec(tidy, {
    engine: engine.value,
    networks: on(engineId, inventory),
    allNetworks: inventory.networks,
    engines: inventory.engines,
  });
  const { problems, notices } = onHost(checked, tidy, engineId, inventory);
  if (problems.length > 0) return { steps: [], notices, problems };
  const sent = plainSpec(tidy);
  return { steps: [{ op: 'create-network', networkName: tidy.name, spec: sent }], notices, problems };
}

function findOn(request: Remove, engine: Engine, inventory: Inventory): Result<Network> {
  const { networkId, engineId } = request;
  const here = on(engineId, inventory);
  const network = here.find((one) => one.id === networkId) ?? here.find((one) => one.name === networkId);
  if (network) return ok(network);
  const params = { network: shortId(networkId), host: engine.name };
  return fail(problem('network_not_found', params, { engineId, field: 'networkId' }));
}

function ownProblem(network: Network, engineId: string): Problem | null {
  const params = { network: network.name };
  if (network.ingress) return problem('network_ingress', params, { engineId });
  return isEnginesOwn(network) ? problem('network_predefined', params, { engineId }) : null;
}

function memberProblem(network: Network, inventory: Inventory): Problem | null {
  const place = { engineId: network.engineId };
  const members = membersOf(network, inventory).map((member) => member.container);
  const list = (live: boolean) =>
    members
      .filter((container) => isLive(container) === live)
      .map((container) => container.name)
      .sort(sortNatural)
      .join(', ');
  const [running, stopped] = [list(true), list(false)];
  if (running) return problem('network_in_use', { network: network.name, container: running }, place);
  // The engine would remove it without a word, and none of these could start again.
  if (!stopped) return null;
  return problem('network_has_stopped_members', { network: network.name, container: stopped }, place);
}

function configProblem(network: Network, networks: Network[]): Problem | null {
  if (!network.configOnly) return null;
  const users = networks.filter((one) => one.configFrom === network.name).map((one) => one.name);
  if (users.length === 0) return null;
  const params = { network: network.name, name: users.sort(sortNatural).join(', ') };
  return problem('network_in_use', { ...params, context: 'config' }, { engineId: network.engineId });
}

/** The engine deletes a VLAN link that it made with the link's last network. */
function linkNotices(network: Network, networks: Network[], engine: Engine): Notice[] {
  if (lacks(engine, 'vlanLinks')) return [];
  const parent = network.parent ? parseParent(network.parent) : null;
  if (!network.parent || !parent?.ok || parent.vlan === null || network.configOnly) return [];
  const others = networks.some((one) => one !== network && !one.configOnly && one.parent === network.parent);
  if (others) return [];
  return [notice('vlan_link_made', { context: 'removed', parent: network.parent, vlan: parent.vlan })];
}

/** The host's own link to a network is no member of it, and outlives it. */
function shimNotices(network: Network, inventory: Inventory): Notice[] {
  const { engineId, id, name } = network;
  const host = hostName(engineId, inventory.engines);
  return (inventory.shims ?? [])
    .filter((each) => each.engineId === engineId && networkMeant(each, inventory)?.id === id)
    .map(({ address }) => notice('shim_stays', { host, network: name, link: shimName(id), address }));
}

/** Why it can't be made again. */
function againNotices(network: Network, networks: readonly Network[], { name: host }: Engine): Notice[] {
  const params = { network: network.name, host };
  if (hasTwin(network, networks)) return [notice('undo_impossible', { ...params, context: 'twin' })];
  if (isBeyondMaking(network)) return [notice('undo_impossible', { ...params, context: 'ipam' })];
  return isToldWhole(network) ? [] : [notice('undo_impossible', params)];
}

/** Removes a network that nothing uses any more. */
export function planRemoveNetwork(request: Remove, inventory: Inventory): Plan {
  const engine = findEngine(request.engineId, inventory);
  if (!engine.ok) return refuse(engine.error);
  const found = findOn(request, engine.value, inventory);
  if (!found.ok) return refuse(found.error);
  const network = found.value;
  const networks = on(request.engineId, inventory);
  const wrong =
    ownProblem(network, request.engineId) ??
    configProblem(network, networks) ??
    memberProblem(network, inventory);
  if (wrong) return refuse(wrong);
  return {
    steps: [{ op: 'remove-network', networkId: network.id, networkName: network.name }],
    notices: [
      ...linkNotices(network, networks, engine.value),
      ...shimNotices(network, inventory),
      ...againNotices(network, networks, engine.value),
      ...madeWithNotices(network, inventory),
    ],
    problems: [],
  };
}
