/** Flags of `network create` that take a value, under their long names: Docker's, and Podman's and nerdctl's besides. */
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
  '--interface-name',
  '--macvlan',
  '--dns',
  '--route',
]);
const plain = new Set([
  '--ipv4',
  '--ipv6',
  '--internal',
  '--attachable',
  '--config-only',
  '--ingress',
  '--disable-dns',
  '--ignore',
]);
const short: Readonly<Record<string, string>> = { '-d': '--driver', '-o': '--opt' };

/** The flags of one command, and the words that are none. */
export interface Flags {
  values: Map<string, string[]>;
  names: string[];
  /** Flags that are none, and those that lack their value. */
  wrong: WrongFlag[];
}

export interface WrongFlag {
  context: 'option' | 'value';
  option: string;
}

/** `--name=value` and `-ovalue` in their parts; blogs make one dash of two. */
function partsOf(word: string): { name: string; value: string | undefined } {
  const dashed = word.replace(/^[–—](?=\w(?:=|$))/, '-').replace(/^(?:[–—]{1,2}-?|-[–—])/, '--');
  const shortly = /^(-[do])(?:=?([\s\S]+))?$/.exec(dashed);
  if (shortly) return { name: short[shortly[1] ?? ''] ?? '', value: shortly[2] };
  const at = dashed.indexOf('=');
  return at < 0
    ? { name: dashed, value: undefined }
    : { name: dashed.slice(0, at), value: dashed.slice(at + 1) };
}

/** Reads the words behind `network create`. */
export function readFlags(words: readonly string[]): Flags {
  const flags: Flags = { values: new Map(), names: [], wrong: [] };
  const put = (name: string, value: string) => {
    const own = flags.values.get(name);
    if (own) own.push(value);
    else flags.values.set(name, [value]);
  };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    // A bracket of the script around it: `{ docker network create lan; }`.
    if (word === '{' || word === '}') continue;
    if (!/^[-–—]/.test(word)) {
      flags.names.push(word);
      continue;
    }
    const { name, value } = partsOf(word);
    if (plain.has(name)) put(name, value ?? 'true');
    else if (!valued.has(name)) flags.wrong.push({ context: 'option', option: word.split('=')[0] ?? word });
    else {
      const given = value ?? words[(index += 1)];
      if (given === undefined) flags.wrong.push({ context: 'value', option: word });
      else put(name, given);
    }
  }
  return flags;
}
