import type { Capabilities } from '../../shared/model';

/** The API version from which on an engine can do each thing. The one place that knows. */
const since: Record<keyof Capabilities, string> = {
  sharedParent: '1.46',
  macOnConnect: '1.54',
  gatewayPriority: '1.48',
  interfaceName: '1.48',
  nullIpam: '1.52',
  validatesIpam: '1.45',
};

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
export function capabilitiesOf(apiVersion: string): Capabilities {
  const can = (key: keyof Capabilities) => compareApiVersions(apiVersion, since[key]) >= 0;
  return {
    sharedParent: can('sharedParent'),
    macOnConnect: can('macOnConnect'),
    gatewayPriority: can('gatewayPriority'),
    interfaceName: can('interfaceName'),
    nullIpam: can('nullIpam'),
    validatesIpam: can('validatesIpam'),
  };
}
