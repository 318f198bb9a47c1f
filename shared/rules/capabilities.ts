import type { Capabilities, Engine } from '../model';

interface Capability {
  /** The API version from which on an engine can do it. */
  api: string;
  /** Docker's first version with that API, for people. */
  docker: string;
  /** Podman says one version of Docker's API and does what it does: whether it can, measured on 4.3. */
  podman: boolean;
}

/** What engines can do, and since when. The one place that knows (docs/engines.md). */
export const capabilityTable: Readonly<Record<keyof Capabilities, Capability>> = {
  sharedParent: { api: '1.46', docker: '27', podman: true },
  macOnConnect: { api: '1.54', docker: '29', podman: true },
  gatewayPriority: { api: '1.48', docker: '28', podman: false },
  interfaceName: { api: '1.48', docker: '28', podman: false },
  nullIpam: { api: '1.52', docker: '29', podman: false },
  validatesIpam: { api: '1.45', docker: '26', podman: false },
};

export const capabilityNames = Object.keys(capabilityTable) as (keyof Capabilities)[];

/** Negative when `a` is older than `b`; what is no `major.minor` counts as 0.0. */
export function compareApiVersions(a: string, b: string): number {
  const [majorA, minorA] = parts(a);
  const [majorB, minorB] = parts(b);
  return majorA - majorB || minorA - minorB;
}

function parts(version: string): [number, number] {
  const match = /^v?(\d+)\.(\d+)/.exec(version);
  return match ? [Number(match[1]), Number(match[2])] : [0, 0];
}

/** What an engine of this API version can do; an unknown version can do none of it. */
export function capabilitiesOf(apiVersion: string, product: Engine['product'] = 'docker'): Capabilities {
  const can = (name: keyof Capabilities) =>
    product === 'podman'
      ? capabilityTable[name].podman
      : compareApiVersions(apiVersion, capabilityTable[name].api) >= 0;
  return {
    sharedParent: can('sharedParent'),
    macOnConnect: can('macOnConnect'),
    gatewayPriority: can('gatewayPriority'),
    interfaceName: can('interfaceName'),
    nullIpam: can('nullIpam'),
    validatesIpam: can('validatesIpam'),
  };
}
