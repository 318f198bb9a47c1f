import type { ImportedSegment, Notice, Problem, SegmentDraft, SegmentImport } from '../../model';
import { formatCidr, parseIp } from '../basics/cidr';
import { notice, problem } from '../../texts/messages';
import { networkModes } from '../networks/network-spec';
import { isLanDriver, parseParent } from '../lans/parent';
import { tidyDraft } from './check';
import { readCompose, type YamlReader } from './import-compose';
import { readDockerLines } from './import-docker';
import { faultsOf, optionNotices } from './import-faults';
import type { DescribedNetwork } from './import-network';
import type { PlacedNotice } from './import-passed';
import { cleanText } from './import-text';
import { Variables } from './import-variables';
import { furtherSubnets, SEGMENT_LABEL, subnetOf } from '../membership/segment-spec';

type Host = ImportedSegment['hosts'][number];
interface Found {
  key: string;
  draft: SegmentDraft;
  host: Host;
}

/** Where networks of the text were taken from: the first line of each name on a host, and of each LAN on a host. */
class Taken {
  private readonly names = new Map<string, { line: number; key: string }>();
  private readonly lans = new Map<string, number>();

  /** What keeps a network from being taken beside those before it. */
  problemOf({ host, key }: Found, { title, line, name }: DescribedNetwork): Problem | null {
    // Lines that name no host may be those of several.
    const named = host.hostName
      ? keyed(this.names, `${host.hostName} ${name}`, { line, key })
      : { line, key };
    const [at, place] = [{ network: title, line }, { field: 'text' }];
    if (named.key !== key)
      return problem('import_skipped', { ...at, context: 'name_again', other: named.line }, place);
    // A segment is made once on each host; a second NIC there would be left out without a word.
    const other = host.hostName ? keyed(this.lans, `${host.hostName} ${key}`, line) : line;
    if (other === line) return null;
    return problem('import_skipped', { ...at, context: 'lan_again', host: host.hostName, other }, place);
  }
}

/** What a map has of a key already; what is given becomes that where it has nothing. */
function keyed<T>(map: Map<string, T>, key: string, first: T): T {
  const known = map.get(key) ?? first;
  map.set(key, known);
  return known;
}

/** Swarm's way: the settings are in one network, and name and driver in another that takes them from it. */
function resolveConfigs(networks: readonly DescribedNetwork[]): DescribedNetwork[] {
  const names = new Set(networks.map((one) => one.name));
  // The first that takes its settings from it.
  const users = new Map(networks.toReversed().map((one) => [one.configFrom, one]));
  return networks.flatMap((network) => {
    // One whose settings are not in the text stays, to be told so.
    if (network.configFrom) return names.has(network.configFrom) ? [] : [network];
    if (!network.configOnly) return [network];
    const user = users.get(network.name);
    const guess = network.options.ipvlan_mode ? 'ipvlan' : 'macvlan';
    if (!user) return [{ ...network, driver: guess }];
    const { name, title, driver, internal } = user;
    const leftOut = [...new Set([...network.leftOut, ...user.leftOut])];
    return [{ ...network, name, title, driver, internal, leftOut }];
  });
}

/** Podman writes a range as its first and last address; a segment's is a part of the subnet in CIDR notation. */
function rangeOfSpan(text: string): string {
  const [from, to] = text.split('-').map((one) => parseIp(one.trim()));
  if (!from || !to || from.version !== to.version || to.value < from.value) return text;
  const span = to.value - from.value + 1n;
  const hostBits = span.toString(2).length - 1;
  if (1n << BigInt(hostBits) !== span || from.value % span !== 0n) return text;
  const prefix = (from.version === 4 ? 32 : 128) - hostBits;
  return formatCidr({
    version: from.version,
    base: from.value,
    prefix,
    hostBitsSet: false,
    address: from.value,
  });
}

function rangesOf(pools: DescribedNetwork['pools']): Pick<Host, 'ipRange' | 'ipRange6' | 'moreRanges'> {
  const [four, six] = [subnetOf({ subnets: pools }, 4)?.ipRange, subnetOf({ subnets: pools }, 6)?.ipRange];
  const more = furtherSubnets({ subnets: pools }).flatMap((one) => one.ipRange ?? []);
  return {
    ...(four ? { ipRange: four } : {}),
    ...(six ? { ipRange6: six } : {}),
    ...(more.length > 0 ? { moreRanges: more } : {}),
  };
}

function draftOf(
  network: DescribedNetwork,
  pools: DescribedNetwork['pools'],
  parsed: { vlan: number | null },
) {
  const driver = isLanDriver(network.driver) ? network.driver : 'macvlan';
  const { mode, mtu, options } = settingsOf(network.options, driver);
  return tidyDraft({
    name: (network.segmentName || network.title).slice(0, 60),
    vlan: parsed.vlan,
    subnets: pools.map(({ subnet, gateway }) => ({ subnet, ...(gateway ? { gateway } : {}) })),
    driver,
    mode,
    ...(mtu === undefined ? {} : { mtu }),
    reserved: [],
    internal: network.internal,
    options,
  });
}

const MTU = 'com.docker.network.driver.mtu';

/** The MTU that an option says; null for what is none that a segment takes. */
function mtuOf(text: string | undefined): number | null {
  const mtu = Number(text ?? '');
  return Number.isInteger(mtu) && mtu >= 68 && mtu <= 65_535 ? mtu : null;
}

/** A driver's options: those that a segment has fields for, and the others. Podman calls mode and MTU by their plain names. */
function settingsOf(options: Record<string, string>, driver: SegmentDraft['driver']) {
  const { parent: _parent, ...rest } = options;
  const own = [`${driver}_mode`, 'mode', MTU, 'mtu'];
  const mtu = mtuOf(rest[MTU] ?? rest.mtu);
  return {
    mode: rest[`${driver}_mode`] || rest.mode || networkModes[driver][0],
    ...(mtu === null ? {} : { mtu }),
    options: Object.fromEntries(Object.entries(rest).filter(([name]) => !own.includes(name))),
  };
}

function read(network: DescribedNetwork, format: ImportSource['format']): Found | Problem[] {
  const pools = network.pools.map((one) =>
    one.ipRange?.includes('-') ? { ...one, ipRange: rangeOfSpan(one.ipRange) } : one,
  );
  const parent = parseParent(network.options.parent ?? '');
  const draft = draftOf(network, pools, parent.ok ? parent : { vlan: null });
  const faults = faultsOf({ ...network, pools }, draft, format);
  if (faults.length > 0 || network.refused || !parent.ok) return faults;
  const { driver, mode, internal, options = {} } = draft;
  const host: Host = {
    hostName: network.hostName,
    parentNic: parent.nic,
    networkName: network.name,
    ...rangesOf(pools),
    ...(Object.keys(network.excluded).length > 0 ? { exclusions: network.excluded } : {}),
  };
  // A label that stands on unlike networks was copied by hand: what they are counts.
  const lan = [driver, mode, parent.vlan, internal, ...draft.subnets.map((one) => one.subnet)].join(' ');
  const label = network.labels[SEGMENT_LABEL] ?? '';
  return { key: `${label} ${lan} ${JSON.stringify(options)}`, draft, host };
}

/** In the order of the text; what is about none of its lines stays behind. */
const byLine = <T>(all: readonly T[], lineOf: (one: T) => number): T[] =>
  all.toSorted((one, other) => lineOf(one) - lineOf(other));

const lineOfProblem = ({ params }: Problem): number => Number(params?.['line'] ?? Infinity);

/** What a network says and its segment will not have. */
function noticesOf(network: DescribedNetwork): Notice[] {
  const { title, leftOut, unknown, labels, options } = network;
  const mtu = [MTU, 'mtu'].filter((name) => options[name] !== undefined && !mtuOf(options[name]));
  const foreign = Object.keys(labels).filter((name) => !name.startsWith('io.trunkline.'));
  const what = [
    ...leftOut,
    ...mtu.map((name) => `${name}=${options[name] ?? ''}`),
    ...foreign.map((name) => `label ${name}`),
  ].join(', ');
  return [
    ...unknown.map(({ key, line }) =>
      notice('import_left_out', { context: 'unknown', network: title, key, line }),
    ),
    ...(what ? [notice('import_left_out', { network: title, what })] : []),
  ];
}

function projectNotices(networks: readonly DescribedNetwork[], nameless: readonly string[]): PlacedNotice[] {
  const names = new Set(nameless);
  const [first, ...more] = networks.filter((one) => names.has(one.name));
  if (!first) return [];
  const all = [...new Set([first, ...more].map((one) => one.name))];
  const told =
    all.length > 1
      ? notice('import_project', { context: 'many', networks: all.join(', ') })
      : notice('import_project', { network: first.name });
  return [{ line: first.line, notice: told }];
}

/** The nodes of a swarm say the same one after the other. */
function oneOfEach(notices: readonly PlacedNotice[]): Notice[] {
  const sorted = byLine(notices, ({ line }) => line).map((one) => one.notice);
  return [...new Map(sorted.map((one) => [one.message, one])).values()];
}

/** The answer of `network inspect`. */
const inspected = /^\s*[[{][\s\S]*"(?:IPAM|ipam_options|subnets)"\s*:/i;

/** A text to be read into segments. */
export interface ImportSource {
  text: string;
  format: 'docker' | 'compose';
  /** What the admin says of the text's variables: name → value. */
  values?: Readonly<Record<string, string>>;
}

/** A text describes more networks than are read at once. */
export class TooManyNetworksError extends Error {}

/**
 * Reads a text into segments: networks of one label, or of one VLAN id and subnet, are one segment with several
 * hosts. Pure: `parseYaml` is needed for `compose` only.
 *
 * @param most networks, whatever becomes of them
 * @throws TooManyNetworksError before any of them is made a segment of
 */
export function importSegmentText(
  source: ImportSource,
  parseYaml: YamlReader,
  most = Infinity,
): SegmentImport {
  const variables = new Variables(source.values);
  const text = cleanText(source.text);
  const { networks, problems, nameless, notices } =
    source.format === 'docker'
      ? { ...readDockerLines(text, variables), nameless: [] }
      : { ...readCompose(text, parseYaml, variables), notices: new Array<PlacedNotice>() };
  // Each problem up to here is that of a network, too.
  if (networks.length + problems.length > most) throw new TooManyNetworksError();
  const segments = new Map<string, ImportedSegment>();
  const taken = new Taken();
  for (const network of resolveConfigs(networks)) {
    const found = read(network, source.format);
    const tell = (all: readonly Notice[]) =>
      notices.push(...all.map((one) => ({ line: network.line, notice: one })));
    tell(optionNotices(network));
    if (Array.isArray(found)) {
      problems.push(...found);
      continue;
    }
    tell(noticesOf(network));
    const known = segments.get(found.key);
    const again = taken.problemOf(found, network);
    if (again) problems.push(again);
    else if (known) known.hosts.push(found.host);
    else segments.set(found.key, { segment: found.draft, hosts: [found.host] });
  }
  if (segments.size === 0 && problems.length === 0) {
    const context = inspected.test(text) ? { context: 'inspect' as const } : {};
    problems.push(problem('import_empty', context, { field: 'text' }));
  }
  return {
    segments: [...segments.values()],
    problems: byLine(problems, lineOfProblem),
    notices: oneOfEach([...notices, ...projectNotices(networks, nameless)]),
    asks: [...variables.asks.values()],
  };
}
