import type { Problem } from '../../model';
import { problem } from '../../texts/messages';
import { readFlags, type Flags } from './import-flags';
import { commandOf, mayCreate, type CreateCommand } from './import-command';
import { matchPools, noHeading, readHeading, type DescribedNetwork, type Heading } from './import-network';
import { PassedLines, type PlacedNotice } from './import-passed';
import { choiceLines } from './import-choices';
import { LoopDepth } from './import-loops';
import type { Variables } from './import-variables';
import { joinLines, shellCommands, type NumberedLine, type ShellCommand } from './shell-words';

/** `--subnet` and its like may hold several values, separated by commas. */
const listed = ({ values }: Flags, name: string): string[] =>
  (values.get(name) ?? []).flatMap((text) => text.split(',')).map((text) => text.trim());

const pairs = (texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );

/** Flags that a segment does not hold; with `true` where they take no value. */
const notHeld = [
  '--attachable',
  '--ingress',
  '--disable-dns',
  '--ipam-driver',
  '--ipam-opt',
  '--scope',
  '--dns',
  '--route',
];

function leftOutOf({ values }: Flags): string[] {
  const flags = notHeld.flatMap((name) =>
    (values.get(name) ?? []).flatMap((value) => {
      if (value === 'false' || (name === '--ipam-driver' && value === 'default')) return [];
      return value === 'true' ? [name] : [`${name} ${value}`];
    }),
  );
  // IPv4 is what a segment is made of.
  return values.get('--ipv4')?.at(-1) === 'false' ? [...flags, '--ipv4=false'] : flags;
}

interface Told {
  heading: Heading;
  line: number;
  missing: string[];
}

/** A subnet has one gateway and one range: what was given besides. */
function besides(flag: string, given: readonly string[], taken: readonly (string | undefined)[]): string[] {
  return [...new Set(given)].filter((each) => !taken.includes(each)).map((each) => `${flag} ${each}`);
}

function described(flags: Flags, { heading, line, missing }: Told): DescribedNetwork {
  const { values, names } = flags;
  const gateways = listed(flags, '--gateway');
  const ranges = listed(flags, '--ip-range');
  const pools = matchPools(listed(flags, '--subnet'), gateways, ranges);
  const last = (flag: string) => values.get(flag)?.at(-1);
  const options = pairs(values.get('--opt') ?? []);
  // Podman's own ways to name the parent.
  const nic = last('--interface-name') ?? last('--macvlan');
  // What stands behind a flag that is none may be its value; the name comes last.
  const name = names.at(-1) ?? '';
  return {
    ...heading,
    name,
    title: name,
    line,
    driver: last('--driver') ?? (last('--macvlan') ? 'macvlan' : 'bridge'),
    options: { ...(nic ? { parent: nic } : {}), ...options },
    labels: pairs(values.get('--label') ?? []),
    pools,
    excluded: pairs(listed(flags, '--aux-address')),
    internal: last('--internal') === 'true',
    configOnly: last('--config-only') === 'true',
    configFrom: last('--config-from') ?? '',
    missing,
    leftOut: [
      ...leftOutOf(flags),
      ...(pools.length > 0
        ? besides(
            '--gateway',
            gateways,
            pools.map((each) => each.gateway),
          )
        : []),
      ...(pools.length > 0
        ? besides(
            '--ip-range',
            ranges,
            pools.map((each) => each.ipRange),
          )
        : []),
    ],
    unknown: [],
  };
}

const creates = /\bnetwork\s+create\b/;
const assigns = /^\s*(?:(?:export|readonly|local|declare)\s+)?[A-Za-z_]\w*=/;
/** What a terminal shows in front of what is typed: `$ `, `root@box:~# `, `PS C:\\> `; not `# ` alone, which begins a comment. */
const prompt =
  /^[^"'`|;=]{0,120}?[$#%>❯➜»]\s*(?=(?:sudo\s[^|;&]{0,60}?)?(?:[\w./-]*\/)?(?:docker|podman|nerdctl)\b)/;
const commented = /^\s*#\s*(?=(?:sudo\s+)?(?:docker|podman|nerdctl)\s)/;

/** What make takes off the front of a command: whether it is echoed, and whether it may fail. */
const recipe = /^\s+[@+-]+\s*(?=(?:sudo\s+)?(?:docker|podman|nerdctl)\s)/;

/**
 * The line as it was typed. A line that begins with `# docker` is a comment in a script and root's prompt in a manual: it
 * is read where no other line of the text is a command.
 */
function typed({ text }: NumberedLine, rootPrompt: boolean): string {
  if (text.trimStart().startsWith('#')) return rootPrompt ? text.replace(commented, '') : text;
  return mayCreate.test(text) ? text.replace(recipe, '').replace(prompt, '') : text.replace(/^\s*\$\s+/, '');
}

/** `NET=192.168.1.0/24`, also behind `export`: what later lines of a script speak of. */
function assignments({ words, missing }: ShellCommand, variables: Variables): boolean {
  const own = /^(?:export|readonly|local|declare)$/.test(words[0] ?? '') ? words.slice(1) : words;
  const read = own.map((word) => /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word));
  if (read.some((one) => one === null)) return false;
  if (missing.length > 0) return true;
  for (const one of read) variables.assign(one?.[1] ?? '', one?.[2] ?? '');
  return true;
}

type LineParams =
  | { context?: 'name' | 'loop' | 'choice' }
  | { context: 'option' | 'value'; option: string }
  | { context: 'command'; command: string };

/** What the lines of a text come to. */
class Lines {
  readonly networks: DescribedNetwork[] = [];
  readonly problems: Problem[] = [];
  readonly passed = new PassedLines();
  private readonly loops: LoopDepth;
  private readonly choices: ReadonlySet<number>;
  private heading = noHeading;

  constructor(
    private readonly variables: Variables,
    all: readonly NumberedLine[],
  ) {
    this.loops = new LoopDepth(all.some(({ text }) => /^\s*end\s*$/.test(text)));
    this.choices = choiceLines(all);
  }

  take(one: NumberedLine, rootPrompt: boolean): void {
    this.heading = readHeading(one.text, this.heading);
    const text = typed(one, rootPrompt);
    if (text.trimStart().startsWith('#')) return;
    const wanted = creates.test(text);
    if (this.loops.take(text) && wanted) {
      this.wrong(one.line, { context: 'loop' });
      return;
    }
    if (wanted && this.choices.has(one.line)) {
      this.wrong(one.line, { context: 'choice' });
      return;
    }
    if (wanted || mayCreate.test(text) || assigns.test(text)) this.read({ text, line: one.line }, wanted);
    else this.passed.takeOther(one.line, text);
  }

  private read({ text, line }: NumberedLine, wanted: boolean): void {
    const commands = shellCommands(text, (expression) => this.variables.valueOf(expression, !wanted));
    const own = (commands ?? [])
      .filter((each) => !assignments(each, this.variables))
      .map((each) => ({ each, create: commandOf(each) }));
    const found = own.flatMap(({ each, create }) =>
      create ? [this.filled(create, each.missing, text)] : [],
    );
    if (found.length === 0 && (wanted || (commands === null && mayCreate.test(text)))) this.wrong(line, {});
    else if (commands === null) this.passed.takeOther(line, text);
    else {
      const others = own.flatMap(({ each, create }) => (create ? [] : [each]));
      this.passed.take(line, others, found.length > 0);
    }
    for (const each of found) this.create(line, each);
  }

  /** In a unit of systemd, its specifiers have values, as variables do. */
  private filled(create: CreateCommand, missing: readonly string[], text: string) {
    const open = [...missing];
    const fill = (written: string) => {
      if (written === '%%') return '%';
      const value = this.variables.valueOf(written);
      if (value === null) open.push(written);
      return value ?? written;
    };
    const isUnit = /^\s*Exec[A-Z]\w*\s*=/.test(text);
    const words = isUnit ? create.words.map((word) => word.replace(/%[%A-Za-z]/g, fill)) : create.words;
    return { ...create, words, missing: open };
  }

  private create(line: number, { words, misspelt, missing }: CreateCommand & { missing: string[] }): void {
    const flags = readFlags(words);
    if (misspelt) this.wrong(line, { context: 'command', command: misspelt });
    for (const each of flags.wrong) this.wrong(line, each);
    const named = flags.names.length === 1;
    // Whether a further word is a name is not known beside a flag that is none.
    if (!named && flags.wrong.length === 0) this.wrong(line, { context: 'name' });
    const refused = !named || misspelt !== '' || flags.wrong.length > 0;
    const { heading } = this;
    if (flags.names.length > 0)
      this.networks.push({ ...described(flags, { heading, line, missing }), refused });
  }

  private wrong(line: number, params: LineParams): void {
    this.problems.push(problem('import_line', { line, ...params }, { field: 'text' }));
  }
}

/**
 * Reads the `network create` lines of a script or terminal; of other lines it is told that nothing is made of them. A
 * comment `# host: NAME` names the host.
 */
export function readDockerLines(
  text: string,
  variables: Variables,
): { networks: DescribedNetwork[]; problems: Problem[]; notices: PlacedNotice[] } {
  const lines = joinLines(text);
  const rootPrompt = !lines.some((one) => creates.test(one.text) && !one.text.trimStart().startsWith('#'));
  const read = new Lines(variables, lines);
  for (const one of lines) read.take(one, rootPrompt);
  const { networks, problems, passed } = read;
  return { networks, problems, notices: passed.notices(networks.length > 0) };
}
