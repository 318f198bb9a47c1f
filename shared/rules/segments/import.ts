import type { ImportedSegment, Problem, ReservedRange, SegmentDraft, SegmentImport } from '../../model';
import { formatIp, parseCidr, parseIp } from '../cidr';
import { problem } from '../messages';
import { modeProblem, networkModes } from '../network-spec';
import { parseParent } from '../parent';
import { checkRange } from '../spec-subnet';
import { checkDraft, tidyDraft } from './check';
import { readCompose } from './import-compose';
import { readDockerLines } from './import-docker';
import type { DescribedNetwork } from './import-network';
import { SEGMENT_LABEL, subnetOf } from './spec';

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
    // One whose settings are not in the text stays, to be told so.
    if (network.configFrom) return networks.some((one) => one.name === network.configFrom) ? [] : [network];
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
  const subnets = network.pools;
  const [four, six] = [subnetOf({ subnets }, 4)?.ipRange, subnetOf({ subnets }, 6)?.ipRange];
  return { ...(four ? { ipRange: four } : {}), ...(six ? { ipRange6: six } : {}) };
}

/** What engines refuse and no draft holds: a mode that is none, a range outside its subnet. */
function settingsProblem(
  { options, pools }: DescribedNetwork,
  driver: SegmentDraft['driver'],
): Problem | null {
  const place = { field: 'text' };
  const mode = options[`${driver}_mode`];
  const wrong = pools.map(({ subnet, ipRange }) => {
    const cidr = parseCidr(subnet);
    return cidr && checkRange(ipRange, cidr, place);
  });
  const noMode = mode === undefined ? null : modeProblem(driver, mode, place);
  return noMode ?? wrong.find((one) => one !== null) ?? null;
}

function read(network: DescribedNetwork): Found | Problem {
  const { name, driver, configFrom, segmentName } = network;
  const place = { field: 'text' };
  if (configFrom) {
    return problem('import_skipped', { context: 'config', network: name, config: configFrom }, place);
  }
  if (!isLanDriver(driver)) {
    return problem('import_skipped', { context: 'driver', network: name, driver }, place);
  }
  if (!network.options.parent) return problem('import_skipped', { context: 'parent', network: name }, place);
  const parent = parseParent(network.options.parent);
  if (!parent.ok) return { ...parent.problem, field: 'text' };
  const [first] = network.pools;
  const cidr = first && parseCidr(first.subnet);
  if (!cidr) return problem('import_skipped', { context: 'subnet', network: name }, place);
  const draft = tidyDraft({
    name: (segmentName || name).slice(0, 60),
    vlan: parent.vlan,
    subnets: network.pools.map(({ subnet, gateway }) => ({ subnet, ...(gateway ? { gateway } : {}) })),
    driver,
    mode: network.options[`${driver}_mode`] ?? networkModes[driver][0],
    reserved: reservedOf(network),
  });
  const wrong = checkDraft(draft, [])[0] ?? settingsProblem(network, driver);
  if (wrong) return { ...wrong, field: 'text' };
  const host: Host = {
    hostName: network.hostName,
    parentNic: parent.nic,
    networkName: name,
    ...rangesOf(network),
  };
  // A label that stands on unlike networks was copied by hand: what they are counts.
  const lan = [driver, draft.mode, parent.vlan, ...draft.subnets.map((one) => one.subnet)].join(' ');
  const label = network.labels[SEGMENT_LABEL] ?? '';
  return { key: `${label} ${lan}`, draft, host };
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
    const { hostName } = found.host;
    // A segment is made once on each host; a second NIC there would be left out without a word.
    if (hostName && known?.hosts.some((one) => one.hostName === hostName)) {
      problems.push(problem('host_repeated', { host: hostName }, { field: 'text' }));
      continue;
    }
    segments.set(found.key, known ? merge(known, found) : { segment: found.draft, hosts: [found.host] });
  }
  if (segments.size === 0 && problems.length === 0) {
    problems.push(problem('import_empty', {}, { field: 'text' }));
  }
  return { segments: [...segments.values()], problems };
}
