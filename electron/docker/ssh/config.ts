import type { Reason } from '../../../shared/model';
import { reason } from '../../../shared/texts/reason';
import type { ConfigLine } from './config-files';
import { matchesPatterns } from './patterns';

/** What `~/.ssh/config` says of one host. Names in lower case; of each, what was said first. */
export interface HostSettings {
  /** Null where nothing is said, or `none`. */
  get(name: string): string | null;
  /** All words of a setting that takes several, of `IdentityFile` all lines. */
  all(name: string): readonly string[];
  /** Why it can't be followed, for who reads it. */
  readonly refused?: Reason;
}

interface Asked {
  /** The name as the admin wrote it. */
  name: string;
  /** The user, where the admin gave one. */
  user?: string;
  localUser: string;
}

/** Settings by which a host is reached: a block that may or may not count is told of only where it has one of these. */
const ours = new Set([
  'hostname',
  'port',
  'user',
  'identityfile',
  'identitiesonly',
  'identityagent',
  'proxyjump',
  'proxycommand',
  'hostkeyalias',
  'userknownhostsfile',
  'globalknownhostsfile',
]);

function hasOurs(lines: readonly ConfigLine[]): boolean {
  return lines.some((line) => (line.kind === 'setting' ? ours.has(line.name) : hasOurs(line.lines)));
}

/** Goes through the lines in order, as OpenSSH does: what is said first counts. */
class Reading implements HostSettings {
  private readonly said = new Map<string, string[]>();
  refused?: Reason;
  private final = false;
  private wantsFinal = false;

  constructor(
    private readonly lines: readonly ConfigLine[],
    private readonly asked: Asked,
  ) {
    if (asked.user !== undefined) this.said.set('user', [asked.user]);
    this.follow(lines);
    if (!this.wantsFinal) return;
    this.final = true;
    this.follow(this.lines);
  }

  get(name: string): string | null {
    const word = this.said.get(name)?.[0];
    return word === undefined || word.toLowerCase() === 'none' ? null : word;
  }

  all(name: string): readonly string[] {
    return this.said.get(name) ?? [];
  }

  private follow(lines: readonly ConfigLine[]): void {
    for (const line of lines) {
      if (line.kind === 'setting') this.say(line.name, line.words);
      else if (line.kind === 'include' || this.applies(line)) this.follow(line.lines);
    }
  }

  private say(name: string, words: string[]): void {
    const before = this.said.get(name);
    if (before === undefined) this.said.set(name, [...words]);
    // A second pass finds the same files again.
    else if (name === 'identityfile') before.push(...words.filter((word) => !before.includes(word)));
  }

  private applies(line: Extract<ConfigLine, { kind: 'host' | 'match' }>): boolean {
    if (line.kind === 'host') return matchesPatterns(line.patterns, this.asked.name);
    const results = line.criteria.map(({ name, words }) => {
      const negated = name.startsWith('!');
      const met = this.meets(negated ? name.slice(1) : name, words);
      return met === undefined || !negated ? met : !met;
    });
    if (results.includes(false)) return false;
    if (!results.includes(undefined)) return true;
    const unknown = line.criteria.filter((_, index) => results[index] === undefined);
    // Whether it counts can't be known without running a command or the like, and nothing here is run.
    if (hasOurs(line.lines))
      this.refused ??= reason('ssh_match', { criteria: unknown.map((each) => each.name).join(' ') });
    return false;
  }

  /** Undefined for criteria that are not evaluated: `exec` above all. */
  private meets(name: string, words: readonly string[]): boolean | undefined {
    const patterns = words.flatMap((word) => word.split(','));
    switch (name) {
      case 'all':
        return true;
      case 'final':
        this.wantsFinal = true;
        return this.final;
      case 'canonical':
        return false;
      case 'host':
        return matchesPatterns(patterns, this.get('hostname') ?? this.asked.name);
      case 'originalhost':
        return matchesPatterns(patterns, this.asked.name);
      case 'user':
        return matchesPatterns(patterns, this.get('user') ?? this.asked.localUser);
      case 'localuser':
        return matchesPatterns(patterns, this.asked.localUser);
      default:
        return undefined;
    }
  }
}

/** What the lines say of a host. Commands in them are never run, and names not looked up. */
export function settingsOf(lines: readonly ConfigLine[], asked: Asked): HostSettings {
  return new Reading(lines, asked);
}
