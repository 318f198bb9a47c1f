import type { AddressPool, Engine } from '../../../shared/model';
import { capabilitiesOf, formatCidr, parseCidr } from '../../../shared/rules';
import type { EngineFacts } from '../engine-client';
import { asFlag, asList, asNumber, asRecord, asText, asTextList, type Json } from './json';

/** A host's name has 64 characters, a system's about a hundred. All facts are sent whenever an engine's state is. */
const LONGEST_FACT = 256;

const asFact = (value: unknown): string => {
  const text = asText(value);
  return text.length > LONGEST_FACT ? `${text.slice(0, LONGEST_FACT - 1)}…` : text;
};

/** Engines inside a hidden VM, told by the name that they give their system. */
const VM_SYSTEMS = /docker desktop|orbstack|rancher desktop/i;

function productOf(version: Json): Engine['product'] {
  const names = asList(version.Components).map((item) => asText(asRecord(item).Name));
  if (names.some((name) => /podman/i.test(name))) return 'podman';
  if (names.includes('Engine')) return 'docker';
  return /docker/i.test(asText(asRecord(version.Platform).Name)) ? 'docker' : 'unknown';
}

function swarmOf(info: Json): Engine['swarm'] {
  const swarm = asRecord(info.Swarm);
  if (swarm.LocalNodeState !== 'active') return 'inactive';
  return asFlag(swarm.ControlAvailable) ? 'manager' : 'worker';
}

/** More pools than anybody writes into a file by hand. */
const MOST_POOLS = 256;

/** The pools that the engine was told of; none where it tells none, which means that it has its usual ones. */
function poolsOf(info: Json): AddressPool[] {
  const told = asList(info.DefaultAddressPools).slice(0, MOST_POOLS).map(asRecord);
  return told.flatMap(({ Base, Size }): AddressPool[] => {
    const cidr = parseCidr(asText(Base));
    const size = asNumber(Size);
    const most = cidr?.version === 6 ? 128 : 32;
    const right = cidr !== null && Number.isInteger(size) && size >= cidr.prefix && size <= most;
    return right ? [{ base: formatCidr(cidr), size }] : [];
  });
}

/** `/version` and `/info` as one set of facts. Missing fields come out empty; nothing throws. */
export function mapEngine(versionJson: unknown, infoJson: unknown): EngineFacts {
  const version = asRecord(versionJson);
  const info = asRecord(infoJson);
  const apiVersion = asFact(version.ApiVersion);
  const product = productOf(version);
  const own = asFact(version.Version) || asFact(info.ServerVersion);
  const security = asTextList(info.SecurityOptions);
  const addressPools = poolsOf(info);
  return {
    hostName: asFact(info.Name),
    product,
    version: own,
    apiVersion,
    os: asFact(info.OperatingSystem) || asFact(version.Os),
    kernel: asFact(info.KernelVersion) || asFact(version.KernelVersion),
    architecture: asFact(info.Architecture) || asFact(version.Arch),
    cpus: asNumber(info.NCPU),
    memory: asNumber(info.MemTotal),
    rootless: asFlag(info.Rootless) || security.some((option) => /(^|=|,)rootless/.test(option)),
    desktopVm: VM_SYSTEMS.test(asFact(info.OperatingSystem)),
    swarm: swarmOf(info),
    cgroupVersion: asFact(info.CgroupVersion),
    ...(addressPools.length > 0 && { addressPools }),
    capabilities: capabilitiesOf(apiVersion, product, own),
  };
}
