import { homedir } from 'node:os';
import { join } from 'node:path';

/** What connecting needs besides the settings. Nothing of it is kept by a client longer than the attempt lasts. */
export interface AccessContext {
  /** The admin's home folder, for `~/.ssh` and `~/.docker`, which are read and never written. */
  home: string;
  /** `process.env`, or a part of it: `SSH_AUTH_SOCK`, `DOCKER_CONFIG` and their like. */
  env: Readonly<Record<string, string | undefined>>;
  /** SSH's settings for everybody on this machine, read after the admin's own; without it there are none. */
  systemSshConfig?: string;
  /** The console's own known_hosts: keys of SSH hosts that the admin accepted here. */
  knownHostsFile: string;
  /** The passphrase of a private key, by its file; undefined when none is known. */
  passphrase(keyFile: string): Promise<string | undefined>;
}

/** Where OpenSSH looks for it, on Windows too. */
const systemSshConfig = (platform: string, env: AccessContext['env']): string =>
  platform === 'win32'
    ? join(env.ProgramData ?? 'C:\\ProgramData', 'ssh', 'ssh_config')
    : '/etc/ssh/ssh_config';

/** The access of whoever runs this process: nobody to ask for a passphrase, accepted keys in `userDataDir`. */
export const ownAccess = (userDataDir: string): AccessContext => ({
  home: homedir(),
  env: process.env,
  systemSshConfig: systemSshConfig(process.platform, process.env),
  knownHostsFile: join(userDataDir, 'known_hosts'),
  passphrase: () => Promise.resolve(undefined),
});
