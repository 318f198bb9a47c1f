import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ProblemError, type EngineConnection, type Reason } from '../../../shared/model';
import { problem } from '../../../shared/texts/messages';
import { reason } from '../../../shared/texts/reason';
import { systemReason } from '../../../shared/rules/basics/system-reason';
import type { AccessContext } from '../places/access';
import { connectionOf } from '../places/endpoint';
import { settingsOf, type HostSettings } from './config';
import { readSshConfig, SshConfigError, type ConfigLine } from './config-files';
import { knownName } from './known-hosts';

export type SshConnection = Extract<EngineConnection, { kind: 'ssh' }>;

/** One SSH host on the way, with all that is needed to reach it. */
export interface Hop {
  /** As the admin calls it. */
  name: string;
  host: string;
  port: number;
  user: string;
  /** How known_hosts may call it; the first is what it is kept under. */
  knownNames: string[];
  knownHostsFiles: string[];
  /** Key files that somebody named, in the order in which they are tried. */
  keyFiles: string[];
  /** Those that are tried when nobody named any. */
  usualKeyFiles: string[];
  /** Only keys of these files, even though the agent has others. */
  onlyThese: boolean;
  /** The agent's socket or pipe. */
  agent?: string;
}

/** More jump hosts than anybody has; a circle of them ends here. */
const MOST_HOPS = 8;

const refuse = (host: string, detail: Reason): never => {
  throw new ProblemError(problem('ssh_config_invalid', { host, detail }));
};

function ownName(env: AccessContext['env']): string {
  try {
    return userInfo().username;
  } catch {
    // An account without a name: containers have those.
    return env.USER ?? env.USERNAME ?? 'root';
  }
}

/** A jump host as it is written: `user@host:port`, or as an `ssh://` address. */
function readJump(text: string, of: string): SshConnection {
  const read = connectionOf(text.includes('://') ? text : `ssh://${text}`);
  if (read.ok && read.value.kind === 'ssh') return read.value;
  return refuse(of, reason('ssh_jump', { text: text.replace(/:[^:@]*@/, ':…@') }));
}

class Resolver {
  private readonly localUser: string;

  constructor(
    private readonly lines: readonly ConfigLine[],
    private readonly access: AccessContext,
  ) {
    this.localUser = ownName(access.env);
  }

  /** All hops to a host, itself the last. */
  chain(connection: SshConnection, depth = 0): Hop[] {
    const { host: name, user } = connection;
    const asked = { name, ...(user !== undefined && { user }), localUser: this.localUser };
    const settings = settingsOf(this.lines, asked);
    if (depth > MOST_HOPS) return refuse(name, reason('ssh_jump_circle'));
    if (settings.refused !== undefined) return refuse(name, settings.refused);
    if (/^(yes|always)$/i.test(settings.get('canonicalizehostname') ?? '') && !name.includes('.'))
      return refuse(name, reason('ssh_canonical'));
    const hop = this.hop(connection, settings);
    const jump = connection.jump ?? settings.get('proxyjump');
    if (jump === null) {
      // Set to "none", neither is used.
      if (settings.get('proxycommand') !== null && settings.all('proxyjump').length === 0)
        return refuse(name, reason('ssh_proxy_command'));
      return [hop];
    }
    const spelled = jump.split(',').map((each) => readJump(this.filled(each.trim(), hop, name), name));
    // Only the first is reached as its own settings say; each other through the one before.
    const [first, ...others] = spelled;
    const before = first ? this.chain({ ...first, ...keyOf(connection) }, depth + 1) : [];
    const through = others.map((each) => this.hop({ ...each, ...keyOf(connection) }, this.settings(each)));
    if (before.length + through.length > MOST_HOPS) return refuse(name, reason('ssh_jump_many'));
    return [...before, ...through, hop];
  }

  private settings({ host: name, user }: SshConnection): HostSettings {
    return settingsOf(this.lines, { name, ...(user !== undefined && { user }), localUser: this.localUser });
  }

  private hop(connection: SshConnection, settings: HostSettings): Hop {
    const { host: name } = connection;
    const host = (settings.get('hostname') ?? name).replaceAll('%h', name).replaceAll('%%', '%');
    const port = connection.port ?? Number(settings.get('port') ?? 22);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      return refuse(name, reason('ssh_port', { port: settings.get('port') ?? port }));
    // It becomes a line of known_hosts, where these mean something.
    if (!/^[^\s,*?!#|@[\]]+$/.test(host)) return refuse(name, reason('ssh_host', { text: host }));
    const user = connection.user ?? settings.get('user') ?? this.localUser;
    const basic = { name, host, port, user };
    const alias = settings.get('hostkeyalias');
    const bare = host.toLowerCase();
    return {
      ...basic,
      knownNames: alias === null ? [...new Set([knownName(host, port), bare])] : [alias.toLowerCase()],
      ...this.files(basic, settings, connection.keyFile),
      onlyThese: settings.get('identitiesonly')?.toLowerCase() === 'yes',
      ...this.agentOf(basic, settings),
    };
  }

  private files(basic: Basic, settings: HostSettings, keyFile: string | undefined) {
    const { home, knownHostsFile } = this.access;
    const usual = (name: string) => join(home, '.ssh', name);
    const listed = (name: string, otherwise: string[]): string[] => {
      const words = settings.all(name);
      if (words.length === 0) return otherwise;
      return words.filter((word) => word.toLowerCase() !== 'none').map((word) => this.path(word, basic));
    };
    const named = settings.all('identityfile').filter((word) => word.toLowerCase() !== 'none');
    const given = keyFile === undefined ? [] : [this.path(keyFile, basic)];
    const own = named.map((word) => this.path(word, basic));
    return {
      knownHostsFiles: [
        knownHostsFile,
        ...listed('userknownhostsfile', [usual('known_hosts'), usual('known_hosts2')]),
        ...listed('globalknownhostsfile', ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2']),
      ],
      keyFiles: [...new Set([...given, ...own])],
      usualKeyFiles: ['id_ed25519', 'id_ecdsa', 'id_rsa'].map(usual),
    };
  }

  private agentOf(basic: Basic, settings: HostSettings): { agent?: string } {
    const { env } = this.access;
    const usual =
      env.SSH_AUTH_SOCK || (process.platform === 'win32' ? '//./pipe/openssh-ssh-agent' : undefined);
    const word = settings.all('identityagent')[0];
    if (word?.toLowerCase() === 'none') return {};
    const variable = word === 'SSH_AUTH_SOCK' ? word : /^\$(\w+)$/.exec(word ?? '')?.[1];
    const chosen =
      word === undefined ? usual : variable === undefined ? this.path(word, basic) : env[variable];
    return chosen ? { agent: chosen } : {};
  }

  /** A path of the settings: `~`, `${VARIABLE}` and OpenSSH's tokens filled in. */
  private path(word: string, basic: Basic): string {
    const { home, env } = this.access;
    const expanded = word.replace(/\$\{(\w+)\}/g, (_, variable: string) => env[variable] ?? '');
    const filled = this.filled(expanded, basic, basic.name);
    if (filled === '~' || filled.startsWith('~/')) return join(home, filled.slice(1));
    // Relative to the home folder, as a console has no folder that it works in.
    return isAbsolute(filled) ? filled : join(home, filled);
  }

  private filled(text: string, { host, port, user }: Basic, name: string): string {
    const tokens: Record<string, string> = {
      '%': '%',
      h: host,
      n: name,
      p: String(port),
      r: user,
      u: this.localUser,
      d: this.access.home,
    };
    return text.replace(/%(.)/g, (whole, token: string) => {
      const value = tokens[token];
      return value ?? refuse(name, reason('ssh_token', { token: whole, text }));
    });
  }
}

type Basic = Pick<Hop, 'name' | 'host' | 'port' | 'user'>;

/** The key that the admin chose is tried on jump hosts as well. */
const keyOf = ({ keyFile }: SshConnection) => (keyFile === undefined ? {} : { keyFile });

/**
 * The SSH hosts on the way to an engine, the first one first, as the connection, `~/.ssh/config` and the
 * system's own say. Rejects with `ssh_config_invalid` for what can't be followed.
 */
export async function hopsTo(connection: SshConnection, access: AccessContext): Promise<Hop[]> {
  const lines = await readSshConfig(access.home, access.systemSshConfig).catch((error: unknown) => {
    const detail = error instanceof SshConfigError ? error.reason : systemReason(error);
    throw new ProblemError(problem('ssh_config_invalid', { host: connection.host, detail }), {
      cause: error,
    });
  });
  return new Resolver(lines, access).chain(connection);
}
