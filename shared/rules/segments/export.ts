import type {
  Engine,
  NetworkSpec,
  Segment,
  SegmentFile,
  SegmentFormat,
  SegmentMember,
  Subnet,
} from '../../model';
import { hostName } from '../engines/engines';
import { poolsOf } from '../membership/spec-pools';
import { visible } from '../basics/visible';
import { networkNameFor, specFor } from '../membership/segment-spec';
import { shellQuote } from './shell-words';

/** One line of text, whatever the name holds: it goes into a comment. */
const oneLine = (text: string): string => visible(text.replace(/\s+/g, ' ').trim());

const shell = (words: readonly string[]): string => words.map(shellQuote).join(' ');

function poolFlags(spec: NetworkSpec): string[] {
  return poolsOf(spec).flatMap(({ subnet, gateway, ipRange, exclusions }) => [
    '--subnet',
    subnet,
    ...(gateway ? ['--gateway', gateway] : []),
    ...(ipRange ? ['--ip-range', ipRange] : []),
    ...Object.entries(exclusions).flatMap(([name, address]) => ['--aux-address', `${name}=${address}`]),
  ]);
}

const optionsOf = (spec: NetworkSpec): [string, string][] => [
  ['parent', spec.parent],
  [`${spec.driver}_mode`, spec.mode],
  ...Object.entries(spec.options ?? {}),
];

const optionFlags = (spec: NetworkSpec): string[] =>
  optionsOf(spec).flatMap(([name, value]) => ['--opt', `${name}=${value}`]);

const labelFlags = (spec: NetworkSpec): string[] =>
  Object.entries(spec.labels ?? {}).flatMap(([name, value]) => ['--label', `${name}=${value}`]);

const create = ['docker', 'network', 'create'];
const hasIpv6 = (spec: NetworkSpec): boolean => poolsOf(spec).some(({ subnet }) => subnet.includes(':'));
const ipv6 = (spec: NetworkSpec): string[] => (hasIpv6(spec) ? ['--ipv6'] : []);
const internal = (spec: Pick<NetworkSpec, 'internal'>): string[] => (spec.internal ? ['--internal'] : []);

function dockerLine(spec: NetworkSpec): string {
  const flags = [
    '--driver',
    spec.driver,
    ...optionFlags(spec),
    ...internal(spec),
    ...ipv6(spec),
    ...poolFlags(spec),
  ];
  return shell([...create, ...flags, ...labelFlags(spec), spec.name]);
}

/** What no engine can be told: whoever goes by the file alone has to keep it free. Single addresses it may well exclude. */
function reservedLines({ reserved }: Segment, spec: NetworkSpec): string[] {
  const excluded = new Set(poolsOf(spec).flatMap(({ exclusions }) => Object.values(exclusions)));
  const lines = reserved
    .filter(({ from, to }) => from !== to || !excluded.has(from))
    .map(({ from, to, kind, note }) => {
      const why = [kind === 'dhcp' ? 'foreign DHCP' : '', note].filter(Boolean).join(', ');
      return `#   ${oneLine(`${from === to ? from : `${from} - ${to}`}${why ? ` (${why})` : ''}`)}`;
    });
  return lines.length > 0 ? ['# Reserved, and kept free by nothing in this file:', ...lines] : [];
}

const heading = (segment: Segment, spec: NetworkSpec, host: string): string[] => {
  const lan = segment.vlan === null ? 'untagged' : `VLAN ${String(segment.vlan)}`;
  // The importer reads the first two lines.
  return [
    `# Segment ${oneLine(segment.name)} (${lan})`,
    `# host: ${oneLine(host)}`,
    ...reservedLines(segment, spec),
  ];
};

const script = (segment: Segment, spec: NetworkSpec, host: string, lines: string[]): string =>
  ['#!/bin/sh', ...heading(segment, spec, host), 'set -e', ...lines, ''].join('\n');

/** A JSON string is a YAML string too (YAML 1.2), and never a number, a boolean or an anchor by accident. */
const yaml = (text: string): string => JSON.stringify(text);

function composeText(segment: Segment, spec: NetworkSpec, host: string): string {
  const map = (entries: [string, string][], indent: string) =>
    entries.map(([name, value]) => `${indent}${yaml(name)}: ${yaml(value)}`);
  const pool = ({ subnet, gateway, ipRange, exclusions }: Subnet) => [
    `        - subnet: ${yaml(subnet)}`,
    ...(gateway ? [`          gateway: ${yaml(gateway)}`] : []),
    ...(ipRange ? [`          ip_range: ${yaml(ipRange)}`] : []),
    ...(Object.keys(exclusions).length > 0
      ? ['          aux_addresses:', ...map(Object.entries(exclusions), '            ')]
      : []),
  ];
  return [
    ...heading(segment, spec, host),
    'networks:',
    `  ${yaml(spec.name)}:`,
    `    name: ${yaml(spec.name)}`,
    `    driver: ${yaml(spec.driver)}`,
    '    driver_opts:',
    ...map(optionsOf(spec), '      '),
    ...(spec.internal ? ['    internal: true'] : []),
    ...(hasIpv6(spec) ? ['    enable_ipv6: true'] : []),
    '    ipam:',
    '      config:',
    ...poolsOf(spec).flatMap(pool),
    '    labels:',
    ...map(Object.entries(spec.labels ?? {}), '      '),
    '',
  ].join('\n');
}

/** For services on a network that is there already: Compose neither makes it nor removes it. */
const externalText = (segment: Segment, spec: NetworkSpec, host: string): string =>
  [
    ...heading(segment, spec, host),
    'networks:',
    `  ${yaml(spec.name)}:`,
    `    name: ${yaml(spec.name)}`,
    '    external: true',
    '',
  ].join('\n');

interface Target {
  member: SegmentMember;
  spec: NetworkSpec;
  host: string;
}

function swarmFiles(segment: Segment, targets: readonly Target[], base: string): SegmentFile[] {
  const name = targets[0]?.spec.name ?? networkNameFor(segment);
  // Every node must have a config of one name: that is how a manager speaks of it.
  const config = `${name}-config`;
  const nodes = targets.map(({ member, spec, host }): SegmentFile => {
    const flags = ['--config-only', ...optionFlags(spec), ...ipv6(spec), ...poolFlags(spec)];
    const text = script(segment, spec, host, [shell([...create, ...flags, config])]);
    return { engineId: member.engineId, name: `${base}.${fileName(host)}.swarm-node.sh`, text };
  });
  const flags = ['--driver', segment.driver, '--scope', 'swarm', '--attachable'];
  const from = ['--config-from', config];
  const lines = [
    '# On one manager, after the configs are on every node. Swarm ignores fixed addresses on this network.',
    shell([...create, ...flags, ...internal({ internal: segment.internal ?? false }), ...from, name]),
  ];
  const manager = ['#!/bin/sh', 'set -e', ...lines, ''].join('\n');
  return [...nodes, { engineId: null, name: `${base}.swarm-manager.sh`, text: manager }];
}

const fileName = (text: string): string => text.replace(/[^\w.-]+/g, '-') || 'host';

/** Writes a segment for use without Trunkline: one file for each host, and for Swarm one for a manager. Pure. */
export function exportSegmentFiles(
  segment: Segment,
  format: SegmentFormat,
  engines: readonly Engine[],
): SegmentFile[] {
  const base = networkNameFor(segment);
  const targets = segment.members.map((member): Target => {
    const host = hostName(member.engineId, engines);
    return { member, spec: specFor(segment, member), host };
  });
  if (format === 'swarm') return swarmFiles(segment, targets, base);
  return targets.map(({ member: { engineId }, spec, host }): SegmentFile => {
    const file = `${base}.${fileName(host)}`;
    if (format === 'docker') {
      return { engineId, name: `${file}.sh`, text: script(segment, spec, host, [dockerLine(spec)]) };
    }
    const text = format === 'compose' ? composeText(segment, spec, host) : externalText(segment, spec, host);
    return { engineId, name: `${file}.compose.yaml`, text };
  });
}
