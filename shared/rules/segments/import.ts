import type { ImportedSegment, Problem, ReservedRange, SegmentDraft, SegmentImport } from '../../model';
import { formatCidr, formatIp, parseCidr, parseIp } from '../cidr';
import { problem } from '../messages';
import { networkModes } from '../network-spec';
import { parseParent } from '../parent';
import { checkDraft, tidyDraft } from './check';
import { readCompose } from './import-compose';
import { readDockerLines } from './import-docker';
import type { DescribedNetwork } from './import-network';
import { SEGMENT_LABEL } from './spec';

type Host = ImportedSegment['hosts'][number];
interface Found {
  key: string;
  draft: SegmentDraft;
  host: Host;
}

const isLanDriver = (driver: string): driver is SegmentDraft['driver'] =>
  driver === 'macvlan' || driver === 'ipvlan';

/** Swarm's way: the settings are in one network, and name and driver in another that takes them from it. */
function resolveConfigs(networks: readonly DescribedNetwork[]): DescribedNetwork[] {
  return networks.flatMap((network) => {
    if (network.configFrom) return [];
    if (!network.configOnly) return [network];
    const user = networks.find((one) => one.configFrom === network.name);
    const guess = network.options.ipvlan_mode ? 'ipvlan' : 'macvlan';
    return [{ ...network, name: user?.name ?? network.name, driver: user?.driver ?? guess }];
  });
}

function reservedOf(network: DescribedNetwork): ReservedRange[] {
  return Object.entries(network.excluded).flatMap(([note, address]) => {
    const ip = parseIp(address);
    if (!ip) return [];
    const text = formatIp(ip);
    return [{ from: text, to: text, kind: 'reserved' as const, note }];
  });
}

function rangesOf(network: DescribedNetwork): Pick<Host, 'ipRange' | 'ipRange6'> {
  const of = (version: 4 | 6) =>
    network.pools.find((one) => parseCidr(one.subnet)?.version === version)?.ipRange;
  const [four, six] = [of(4), of(6)];
  return { ...(four ? { ipRange: four } : {}), ...(six ? { ipRange6: six } : {}) };
}

function read(network: DescribedNetwork): Found | Problem {
  const { name, driver } = network;
  const place = { field: 'text' };
  if (!isLanDriver(driver)) {
    return problem('import_skipped', { context: 'driver', network: name, driver }, place);
  }
  const parent = parseParent(network.options.parent ?? '');
  if (!parent.ok) return { ...parent.problem, field: 'text' };
  const [first] = network.pools;
  const cidr = first && parseCidr(first.subnet);
  if (!cidr) return problem('import_skipped', { context: 'subnet', network: name }, place);
  const draft = tidyDraft({
    name: name.slice(0, 60),
    vlan: parent.vlan,
    subnets: network.pools.map(({ subnet, gateway }) => ({ subnet, ...(gateway ? { gateway } : {}) })),
    driver,
    mode: network.options[`${driver}_mode`] ?? networkModes[driver][0],
    reserved: reservedOf(network),
  });
  const [wrong] = checkDraft(draft, []);
  if (wrong) return { ...wrong, field: 'text' };
  const host: Host = {
    hostName: network.hostName,
    parentNic: parent.nic,
    networkName: name,
    ...rangesOf(network),
  };
  const label = network.labels[SEGMENT_LABEL];
  return { key: label ?? `${String(parent.vlan)} ${formatCidr(cidr)}`, draft, host };
}

function merge(into: ImportedSegment, { draft, host }: Found): ImportedSegment {
  const known = new Set(into.segment.reserved.map((one) => `${one.from} ${one.to}`));
  const more = draft.reserved.filter((one) => !known.has(`${one.from} ${one.to}`));
  return {
    segment: { ...into.segment, reserved: [...into.segment.reserved, ...more] },
    hosts: [...into.hosts, host],
  };
}

/**
 * Reads a text into segments: networks of one label, or of one VLAN id and subnet, are one segment with several
 * hosts. Pure: `parseYaml` is needed for `compose` only.
 */
export function importSegmentText(
  source: string,
  format: 'docker' | 'compose',
  parseYaml: (text: string) => unknown,
): SegmentImport {
  const { networks, problems } =
    format === 'docker' ? readDockerLines(source) : readCompose(source, parseYaml);
  const segments = new Map<string, ImportedSegment>();
  for (const network of resolveConfigs(networks)) {
    const found = read(network);
    if ('code' in found) {
      problems.push(found);
      continue;
    }
    const known = segments.get(found.key);
    segments.set(found.key, known ? merge(known, found) : { segment: found.draft, hosts: [found.host] });
  }
  if (segments.size === 0 && problems.length === 0) {
    problems.push(problem('import_empty', {}, { field: 'text' }));
  }
  return { segments: [...segments.values()], problems };
}
