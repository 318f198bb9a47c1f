import type { Problem } from '../../model';
import { problem } from '../messages';
import { noHeading, readHeading, type DescribedNetwork, type Heading } from './import-network';

type Json = Record<string, unknown>;

const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** Compose takes maps, and lists of `name=value`. */
function textMap(value: unknown): Record<string, string> {
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(record(value)).map(([name, one]) => [name, text(one)]));
  }
  return Object.fromEntries(
    value.map(text).map((one) => {
      const at = one.indexOf('=');
      return at < 0 ? [one, ''] : [one.slice(0, at), one.slice(at + 1)];
    }),
  );
}

function described(key: string, json: Json, heading: Heading): DescribedNetwork {
  const config = list(record(json.ipam).config).map(record);
  return {
    ...heading,
    name: text(json.name) || key,
    driver: text(json.driver) || 'bridge',
    options: textMap(json.driver_opts),
    labels: textMap(json.labels),
    pools: config.map((one) => ({
      subnet: text(one.subnet),
      ...(text(one.gateway) ? { gateway: text(one.gateway) } : {}),
      ...(text(one.ip_range) ? { ipRange: text(one.ip_range) } : {}),
    })),
    excluded: Object.assign({}, ...config.map((one) => textMap(one.aux_addresses))) as Record<string, string>,
    configOnly: false,
    configFrom: '',
  };
}

/** YAML parsers tell where they got stuck; their own words are English only. Position as `yaml` gives it, from 1. */
function unreadable(error: unknown): Problem {
  const [start] = list(record(error).linePos).map(record);
  const [line, column] = [start?.line, start?.col];
  const place = { field: 'text' };
  if (typeof line !== 'number' || typeof column !== 'number') return problem('import_unreadable', {}, place);
  return problem('import_unreadable', { context: 'position', line, column }, place);
}

const headingLine = /^\s*#\s*(?:host:|Segment )/i;

/**
 * The files of several hosts, one below the other, are one text each: YAML takes no key twice. They keep their lines'
 * numbers, for what is wrong in them.
 */
function filesOf(source: string): string[] {
  const lines = source.split('\n');
  const keys = lines.flatMap((line, index) => (/^networks:/.test(line) ? [index] : []));
  const starts = keys.slice(1).map((key, index) => {
    const after = (keys[index] ?? 0) + 1;
    const heading = lines.slice(after, key).findIndex((line) => headingLine.test(line));
    return heading < 0 ? key : after + heading;
  });
  const bounds = [0, ...starts, lines.length];
  return bounds
    .slice(0, -1)
    .map((start, index) => '\n'.repeat(start) + lines.slice(start, bounds[index + 1]).join('\n'));
}

/**
 * Reads the `networks:` of a compose file, or of several one below the other. `parse` is a YAML parser; it may throw. A
 * comment `# host: NAME` in a file names its host.
 */
export function readCompose(
  source: string,
  parse: (text: string) => unknown,
): { networks: DescribedNetwork[]; problems: Problem[] } {
  const files = filesOf(source).map((one) => readFile(one, parse));
  return {
    networks: files.flatMap((one) => one.networks),
    problems: files.flatMap((one) => one.problems),
  };
}

function readFile(
  source: string,
  parse: (text: string) => unknown,
): { networks: DescribedNetwork[]; problems: Problem[] } {
  let document: unknown;
  try {
    document = parse(source);
  } catch (error) {
    return { networks: [], problems: [unreadable(error)] };
  }
  const heading = source.split('\n').reduce((so, line) => readHeading(line, so), noHeading);
  const entries = Object.entries(record(record(document).networks));
  if (entries.length === 0) {
    return { networks: [], problems: [problem('import_empty', { context: 'compose' }, { field: 'text' })] };
  }
  const external = entries.filter(([, json]) => record(json).external);
  return {
    networks: entries
      .filter((entry) => !external.includes(entry))
      .map(([key, json]) => described(key, record(json), heading)),
    problems: external.map(([network]) =>
      problem('import_skipped', { context: 'external', network }, { field: 'text' }),
    ),
  };
}
