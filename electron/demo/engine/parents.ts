import type { DemoEngine } from './engine';
import { ParentError, systemError, type EngineError } from './errors';
import type { DemoNetwork, NicState } from './model';

const modes: Record<string, readonly string[]> = {
  macvlan: ['', 'private', 'vepa', 'bridge', 'passthru'],
  ipvlan: ['', 'l2', 'l3', 'l3s'],
};

/** The driver's option that holds the mode. */
export const modeOption = (driver: string): string => `${driver}_mode`;

export function checkMode(driver: string, options: Record<string, string>): void {
  const mode = options[modeOption(driver)] ?? '';
  if (modes[driver]?.includes(mode)) return;
  throw systemError(
    driver === 'macvlan'
      ? `requested macvlan mode '${mode}' is not valid, 'bridge' mode is the macvlan driver default`
      : `requested ipvlan mode '${mode}' is not valid, 'l2' mode is the ipvlan driver default`,
  );
}

function linkExists(engine: DemoEngine, name: string): boolean {
  if (engine.nicStates.get(name) === 'gone') return false;
  if (engine.host.nics.some((nic) => nic.name === name) || engine.vlanLinks.has(name)) return true;
  return [...engine.networks.values()].some(
    (network) => network.driver === 'bridge' && bridgeName(network) === name,
  );
}

/** `docker0` for the default bridge, `br-` and the short id for the others, unless the creator chose. */
export function bridgeName(network: DemoNetwork): string {
  return network.options['com.docker.network.bridge.name'] ?? `br-${network.id.slice(0, 12)}`;
}

/** The engine makes a VLAN link for exactly one dot and a number; its refusals are worded as in the driver. */
function vlanProblem(engine: DemoEngine, parent: string): EngineError | null {
  const parts = parent.split('.');
  if (parts.length === 1) {
    return systemError(`invalid subinterface vlan name ${parent}, example formatting is eth0.10`);
  }
  const [base = '', vlan = ''] = parts;
  if (parts.length > 2) {
    return systemError(
      `required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received ${parent}`,
    );
  }
  if (!/^[+-]?\d+$/.test(vlan)) {
    return systemError(`unable to parse a valid vlan id from: ${vlan} (ex. eth0.10 for vlan 10)`);
  }
  if (Number(vlan) < 1 || Number(vlan) > 4094) {
    return systemError(`vlan id must be between 1-4094, received: ${vlan}`);
  }
  if (linkExists(engine, base)) return null;
  const words = engine.quirks.validatesIpam ? 'was' : 'does was';
  return systemError(`-o parent interface ${words} not found on the host: ${base}`);
}

/** Networks of the same driver on the parent; the other driver is found out only when a container starts. */
function checkShared(engine: DemoEngine, network: DemoNetwork, parent: string): void {
  const others = [...engine.networks.values()].filter(
    (other) => other.driver === network.driver && other.options['parent'] === parent && !other.configOnly,
  );
  const [other] = others;
  if (!other) return;
  if (!engine.quirks.sharedParent || network.driver === 'ipvlan') {
    const dummy = network.driver === 'ipvlan' ? 'di' : 'dm';
    throw systemError(
      `network ${dummy}-${other.id.slice(0, 12)} is already using parent interface ${parent}`,
    );
  }
  if (network.options['macvlan_mode'] === 'passthru') {
    throw systemError(
      `cannot use mode passthru, macvlan network ${other.id} is already using parent interface ${parent}`,
    );
  }
  if (others.some(({ options }) => options['macvlan_mode'] === 'passthru')) {
    throw systemError(
      `macvlan network ${other.id} is already using parent interface ${parent} in mode passthru`,
    );
  }
}

/**
 * Checks that a container's interface can be put on the parent now, which the network's creation does not promise: it
 * may be gone, or a bridge's port, and it serves one driver at a time, from the first container on. One that is down
 * will do.
 * @throws ParentError 500 in the driver's words
 */
export function checkParentUsable(engine: DemoEngine, { driver, options }: DemoNetwork): void {
  const { parent } = options;
  if (!modes[driver] || !parent) return;
  if (!linkExists(engine, parent))
    throw new ParentError(`the requested parent interface ${parent} was not found on the Docker host`);
  const isTaken = [...engine.networks.values()].some(
    (other) =>
      modes[other.driver] &&
      other.driver !== driver &&
      other.options['parent'] === parent &&
      other.members.size > 0,
  );
  if (isTaken || engine.nicStates.get(parent) === 'port')
    throw new ParentError(`failed to create the ${driver} port: device or resource busy`);
}

/** How the NIC is that a link is, or stands on as a VLAN's. */
export const nicBelow = (engine: DemoEngine, link = ''): NicState =>
  engine.nicStates.get(link.split('.')[0] ?? '') ?? 'up';

/** Whether frames pass the network's parent. */
export const carries = (engine: DemoEngine, { options }: DemoNetwork): boolean =>
  nicBelow(engine, options['parent']) === 'up';

/**
 * Checks the parent of a macvlan or ipvlan network, and makes its VLAN link where the engine would.
 * @throws EngineError 500, as every engine version does.
 */
export function claimParent(engine: DemoEngine, network: DemoNetwork): void {
  const parent = network.options['parent'] ?? '';
  if (parent === 'lo') {
    throw systemError(`loopback interface is not a valid ${network.driver} parent link`);
  }
  if (!parent) {
    // No parent: a dummy link, and nothing but this host's containers behind it.
    network.internal = true;
    return;
  }
  checkShared(engine, network, parent);
  if (linkExists(engine, parent)) return;
  const problem = vlanProblem(engine, parent);
  if (problem) throw problem;
  engine.vlanLinks.add(parent);
  network.madeLink = parent;
}

/** The engine deletes a VLAN link that it made, with the last network on it. */
export function releaseParent(engine: DemoEngine, network: DemoNetwork): void {
  const parent = network.options['parent'];
  if (!network.madeLink || !parent) return;
  const heir = [...engine.networks.values()].find(({ options }) => options['parent'] === parent);
  if (heir) heir.madeLink = parent;
  else engine.vlanLinks.delete(parent);
}
