import type { Problem } from '../../model';
import { problem } from '../../texts/messages';
import { oneNameEach } from '../membership/spec-pools';
import { filesOf } from './import-files';
import { Interpolation, list, merged, record, text, textMap, type Json } from './import-json';
import {
  noHeading,
  readHeading,
  type DescribedNetwork,
  type Heading,
  type UnknownKey,
} from './import-network';
import type { Variables } from './import-variables';

/** A YAML text, read: its data, with `<<` followed, and the line of what stands at a path, from 1. */
export interface ReadYaml {
  data: unknown;
  lineOf: (path: readonly (string | number)[]) => number;
}
/** Throws where the text is no YAML, with `linePos` as the library `yaml` gives it. */
export type YamlReader = (text: string) => ReadYaml;

/** What Compose calls the variable of a project's name. */
const PROJECT = 'COMPOSE_PROJECT_NAME';

const networkKeys = [
  ...['name', 'driver', 'driver_opts', 'attachable', 'enable_ipv6', 'enable_ipv4', 'external'],
  ...['internal', 'ipam', 'labels'],
];
const ipamKeys = ['driver', 'config', 'options'];
const poolKeys = ['subnet', 'gateway', 'ip_range', 'aux_addresses'];

interface Entry {
  key: string;
  json: Json;
  path: (string | number)[];
  heading: Heading;
  lineOf: ReadYaml['lineOf'];
  /** The project's name: the file's own, or as the admin gave it; empty where nobody has told it. */
  project: string;
  /** The file tells it. */
  projectTold: boolean;
}

/** The keys of a network that are on or off, and what Compose takes for that. */
const switches = ['enable_ipv6', 'enable_ipv4', 'internal', 'attachable'];
const isSwitch = (value: unknown): boolean => /^(?:true|false|yes|no|on|off|y|n|1|0)$/i.test(text(value));

/** Neither on nor off: to take it for off would make another network than the one meant. */
function oddSwitches(json: Json, { key, path, lineOf }: Entry): Problem[] {
  const odd = switches.filter(
    (name) => json[name] !== undefined && json[name] !== null && !isSwitch(json[name]),
  );
  return odd.map((name) => {
    const params = { network: text(json.name) || key, line: lineOf([...path, name]), key: name };
    const value = text(json[name]) || JSON.stringify(json[name]);
    return problem('import_skipped', { ...params, context: 'boolean', value }, { field: 'text' });
  });
}

const isOn = (value: unknown): boolean => /^(?:true|yes|on|y|1)$/i.test(text(value));

function unknownIn({ json, path, lineOf }: Entry): UnknownKey[] {
  const find = (at: Json, known: readonly string[], under: (string | number)[]): UnknownKey[] =>
    Object.keys(at)
      .filter((key) => !known.includes(key) && !key.startsWith('x-') && key !== '<<')
      .map((key) => ({ key, line: lineOf([...path, ...under, key]) }));
  const ipam = record(json.ipam);
  return [
    ...find(json, networkKeys, []),
    ...find(ipam, ipamKeys, ['ipam']),
    ...list(ipam.config).flatMap((one, index) => find(record(one), poolKeys, ['ipam', 'config', index])),
  ];
}

function leftOutOf(json: Json): string[] {
  const ipam = record(json.ipam);
  const driver = text(ipam.driver);
  const hasSix = list(ipam.config).some((one) => text(record(one).subnet).includes(':'));
  return [
    ...(isOn(json.attachable) ? ['attachable'] : []),
    ...(driver && driver !== 'default' ? [`ipam.driver ${driver}`] : []),
    ...(Object.keys(record(ipam.options)).length > 0 ? ['ipam.options'] : []),
    ...(isOn(json.enable_ipv6) && !hasSix ? ['enable_ipv6'] : []),
    ...(json.enable_ipv4 !== undefined && !isOn(json.enable_ipv4) ? ['enable_ipv4: false'] : []),
  ];
}

function described(entry: Entry, variables: Variables): DescribedNetwork & { wrong: Problem[] } {
  const { key, heading, project, path, lineOf } = entry;
  const values = new Interpolation(variables);
  const json = record(values.of(entry.json));
  const own = text(json.name);
  const config = list(record(json.ipam).config).map(record);
  // What its variables stand for comes first.
  const wrong = values.missing.length > 0 ? [] : oddSwitches(json, entry);
  return {
    wrong,
    refused: wrong.length > 0,
    ...heading,
    name: own || (project ? `${project}_${key}` : key),
    title: own || key,
    line: lineOf(path),
    driver: text(json.driver) || 'bridge',
    options: textMap(json.driver_opts),
    labels: textMap(json.labels),
    pools: config.map((one) => ({
      subnet: text(one.subnet),
      ...(text(one.gateway) ? { gateway: text(one.gateway) } : {}),
      ...(text(one.ip_range) ? { ipRange: text(one.ip_range) } : {}),
    })),
    excluded: oneNameEach(config.flatMap((one) => Object.entries(textMap(one.aux_addresses)))),
    internal: isOn(json.internal),
    configOnly: false,
    configFrom: '',
    missing: values.missing,
    leftOut: leftOutOf(json),
    unknown: unknownIn(entry),
  };
}

/** YAML parsers tell where they got stuck; their own words are English only. Position as `yaml` gives it, from 1. */
function unreadable(error: unknown, before: number): Problem {
  const [start] = list(record(error).linePos).map(record);
  const [line, column] = [start?.line, start?.col];
  const place = { field: 'text' };
  if (typeof line !== 'number' || typeof column !== 'number') return problem('import_unreadable', {}, place);
  const context = record(error).code === 'DUPLICATE_KEY' ? 'twice' : 'position';
  return problem('import_unreadable', { context, line: line + before, column }, place);
}

const looksLikeNetwork = (value: unknown): boolean =>
  ['driver', 'driver_opts', 'ipam', 'external'].some((key) => key in record(value));

/** Where networks stand: under `networks:`, also deeper down, else the text is a part of that. */
function mapsOf(data: unknown): { path: string[]; map: Json }[] {
  const found: { path: string[]; map: Json }[] = [];
  const visit = (at: Json, path: string[]) => {
    for (const [key, value] of Object.entries(at)) {
      const map = record(value);
      if (key === 'networks' && (path.length === 0 || Object.values(map).some(looksLikeNetwork))) {
        found.push({ path: [...path, key], map });
      } else if (key !== 'services' && path.length < 4) visit(map, [...path, key]);
    }
  };
  visit(record(data), []);
  if (found.length > 0) return found;
  const values = Object.entries(record(data)).filter(([, value]) => looksLikeNetwork(value));
  return values.length > 0 ? [{ path: [], map: Object.fromEntries(values) }] : [];
}

/** As Compose makes a project's name of any text. */
const projectName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, '')
    .replace(/^[_-]+/, '');

type Read = { entries: Entry[]; problems: Problem[] };

function readFile(source: string, firstLine: number, parse: YamlReader, variables: Variables): Read {
  let read: ReadYaml;
  try {
    read = parse(source);
  } catch (error) {
    return { entries: [], problems: [unreadable(error, firstLine)] };
  }
  const { data, lineOf } = read;
  const lines = (path: readonly (string | number)[]) => lineOf(path) + firstLine;
  const heading = source.split('\n').reduce((so, line) => readHeading(line, so), noHeading);
  const told = text(record(data).name);
  const project = projectName(told ? variables.expand(told).text : (variables.known(PROJECT) ?? ''));
  const entries = mapsOf(data).flatMap(({ path, map }) =>
    Object.entries(map).map(([key, value]): Entry => ({
      ...{
        key,
        json: record(value),
        path: [...path, key],
        heading,
        lineOf: lines,
        project,
        projectTold: told !== '',
      },
    })),
  );
  return { entries, problems: [] };
}

/** What `docker-compose.override.yml` says of a network of the file before it; a file of another host is none. */
function withOverrides(entries: readonly Entry[]): Entry[] {
  const all = new Map<string, Entry>();
  for (const entry of entries) {
    const name = `${entry.heading.hostName}/${entry.key}`;
    const base = entry.json.driver ? undefined : all.get(name);
    const adds = base !== undefined && !base.json.external && Object.keys(entry.json).length > 0;
    if (adds) all.set(name, { ...base, json: record(merged(base.json, entry.json)) });
    // Another network of that name, for another file's project.
    else all.set(all.has(name) ? `${name}/${String(all.size)}` : name, entry);
  }
  return [...all.values()];
}

/** `KEY=value` lines, those of an `.env` file, pasted above or below the compose file. */
function takeEnvironment(source: string, variables: Variables): string {
  return source
    .split('\n')
    .map((line) => {
      const found = /^(?:export )?([A-Za-z_]\w*)=(["']?)(.*?)\2\s*$/.exec(line);
      if (!found) return line;
      variables.assign(found[1] ?? '', found[3] ?? '');
      return '';
    })
    .join('\n');
}

/** What a text without a network is: one of another kind, or one whose networks stand elsewhere. */
const emptyContext = (source: string): 'compose' | 'include' | 'ansible' => {
  if (/^\s*(?:[\w.]+\.)?docker_network:/m.test(source)) return 'ansible';
  return /^include:/m.test(source) ? 'include' : 'compose';
};

/** Its settings stand elsewhere, the driver among them. */
const extendsAnother = ({ json }: Entry): boolean => json.extends !== undefined && !text(json.driver);

/** The project's name is asked for where a network's depends on it and no file tells it. */
const wantsProject = ({ json, projectTold }: Entry): boolean => !text(json.name) && !projectTold;

/**
 * Reads the networks of a compose file, of a part of one, or of several one below the other. A comment `# host: NAME` in a
 * file names its host.
 */
export function readCompose(
  source: string,
  parse: YamlReader,
  variables: Variables,
): { networks: DescribedNetwork[]; problems: Problem[]; nameless: string[] } {
  const files = filesOf(takeEnvironment(source, variables)).map((one) =>
    readFile(one.text, one.firstLine, parse, variables),
  );
  const entries = withOverrides(files.flatMap((one) => one.entries));
  const problems = files.flatMap((one) => one.problems);
  if (entries.length === 0 && problems.length === 0) {
    problems.push(problem('import_empty', { context: emptyContext(source) }, { field: 'text' }));
  }
  const isExternal = ({ json }: Entry) => json.external !== undefined && json.external !== false;
  const elsewhere = entries.filter((entry) => isExternal(entry) || extendsAnother(entry));
  const own = entries.filter((entry) => !elsewhere.includes(entry));
  const isLan = ({ json }: Entry) => /^(?:mac|ip)vlan$/.test(text(json.driver));
  const open = own.filter((entry) => wantsProject(entry) && isLan(entry));
  const nameless = open.filter((one) => one.project === '').map((one) => one.key);
  if (open.length > 0) variables.valueOf(`\${${PROJECT}}`);
  const networks = own.map((entry) => described(entry, variables));
  return {
    networks,
    problems: [
      ...problems,
      ...networks.flatMap(({ wrong }) => wrong),
      ...elsewhere.map((entry) => {
        const context = isExternal(entry) ? 'external' : 'extends';
        const params = { context, network: entry.key, line: entry.lineOf(entry.path) } as const;
        return problem('import_skipped', params, { field: 'text' });
      }),
    ],
    nameless,
  };
}
