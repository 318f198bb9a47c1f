import type { Problem } from '../../model';
import { problem } from '../messages';
import { matchPools, noHeading, readHeading, type DescribedNetwork, type Heading } from './import-network';
import { joinLines, shellWords } from './shell-words';

/** Flags of `docker network create` that take a value, under their long names. */
const valued = new Set([
  '--driver',
  '--opt',
  '--subnet',
  '--gateway',
  '--ip-range',
  '--aux-address',
  '--label',
  '--ipam-driver',
  '--ipam-opt',
  '--config-from',
  '--scope',
]);
const plain = new Set(['--ipv4', '--ipv6', '--internal', '--attachable', '--config-only', '--ingress']);
const short: Record<string, string> = { '-d': '--driver', '-o': '--opt' };

interface Flags {
  values: Map<string, string[]>;
  names: string[];
}

interface Wrong {
  context: 'option' | 'value';
  option: string;
}

function readFlags(words: readonly string[]): Flags | Wrong {
  const flags: Flags = { values: new Map(), names: [] };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [head = '', ...tail] = word.split('=');
    const name = short[head] ?? head;
    if (!word.startsWith('-')) flags.names.push(word);
    else if (plain.has(name)) flags.values.set(name, [tail.join('=') || 'true']);
    else if (!valued.has(name)) return { context: 'option', option: head };
    else {
      const value = tail.length > 0 ? tail.join('=') : words[(index += 1)];
      if (value === undefined) return { context: 'value', option: head };
      flags.values.set(name, [...(flags.values.get(name) ?? []), value]);
    }
  }
  return flags;
}

/** `--subnet` and its like may hold several values, separated by commas. */
const listed = ({ values }: Flags, name: string): string[] =>
  (values.get(name) ?? []).flatMap((text) => text.split(','));

const pairs = (texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );

function described(flags: Flags, name: string, heading: Heading): DescribedNetwork {
  const { values } = flags;
  return {
    ...heading,
    name,
    driver: values.get('--driver')?.at(-1) ?? 'bridge',
    options: pairs(values.get('--opt') ?? []),
    labels: pairs(values.get('--label') ?? []),
    pools: matchPools(listed(flags, '--subnet'), listed(flags, '--gateway'), listed(flags, '--ip-range')),
    excluded: pairs(listed(flags, '--aux-address')),
    configOnly: values.get('--config-only')?.at(-1) === 'true',
    configFrom: values.get('--config-from')?.at(-1) ?? '',
  };
}

/** What follows `docker network create`, whatever stands before it (`sudo`, `docker -H …`). */
function commandOf(words: readonly string[]): string[] | null {
  const docker = words.findIndex((word) => word === 'docker' || word.endsWith('/docker'));
  const network = words.indexOf('network', docker);
  return docker >= 0 && network > docker && words[network + 1] === 'create' ? words.slice(network + 2) : null;
}

/** Reads the `docker network create` lines of a script; other lines are passed over. `# host: NAME` names the host. */
export function readDockerLines(text: string): { networks: DescribedNetwork[]; problems: Problem[] } {
  const networks: DescribedNetwork[] = [];
  const problems: Problem[] = [];
  let heading = noHeading;
  for (const [index, line] of joinLines(text).entries()) {
    heading = readHeading(line, heading);
    if (!/\bnetwork\s+create\b/.test(line) || line.trim().startsWith('#')) continue;
    const wrong = (params: Wrong | { context?: 'name' }) =>
      problems.push(problem('import_line', { line: index + 1, ...params }, { field: 'text' }));
    const words = shellWords(line);
    const command = words && commandOf(words);
    if (!command) {
      wrong({});
      continue;
    }
    const flags = readFlags(command);
    if ('option' in flags) wrong(flags);
    else if (flags.names.length !== 1) wrong({ context: 'name' });
    else networks.push(described(flags, flags.names[0] ?? '', heading));
  }
  return { networks, problems };
}
