import { readIfThere } from './files';

/**
 * The engines a host can run. `docker` is the machine's own docker.io (20.10 on Debian 12); the others are unpacked
 * from Debian's packages and seen by their hosts alone: nothing of them is installed on the machine. `docker-28` and
 * `podman-5` are those of Debian testing, which moves on: what they answer is expected by the version that they say.
 */
export const engineKinds = ['docker', 'docker-26.1', 'docker-28', 'podman', 'podman-5'] as const;
export type EngineKind = (typeof engineKinds)[number];

/** Debian packages that a host sees over the machine's own. */
export interface PackageSet {
  /** Names its folder, with a hash of the rest behind. */
  name: string;
  /** Debian's code name. Not older than the machine's: its programs run with the set's libraries. */
  release: string;
  packages: readonly string[];
}

/** For hosts that are reached over SSH or TLS. */
const remote = ['openssh-server', 'openssh-client', 'openssl'];

const podman = ['podman', 'netavark', 'aardvark-dns'];

const ownRelease = (): string =>
  /^VERSION_CODENAME=(.+)$/m.exec(readIfThere('/etc/os-release'))?.[1] ?? 'stable';

/** What a host needs beyond the machine's own packages; undefined when that is nothing. */
export function packageSetOf(engine: EngineKind, isRemote: boolean): PackageSet | undefined {
  switch (engine) {
    case 'docker':
      return isRemote ? { name: 'remote', release: ownRelease(), packages: remote } : undefined;
    case 'docker-26.1':
      return { name: engine, release: 'trixie', packages: ['docker.io', ...remote] };
    case 'docker-28':
      return { name: engine, release: 'testing', packages: ['docker.io', ...remote] };
    case 'podman':
      return { name: engine, release: ownRelease(), packages: [...podman, ...remote] };
    case 'podman-5':
      // Its netavark writes rules with nft, and only recommends it.
      return { name: engine, release: 'testing', packages: [...podman, 'nftables', ...remote] };
  }
}

export const isPodman = (engine: EngineKind): boolean => engine === 'podman' || engine === 'podman-5';

/** What runs as the host's engine, as the kernel names the process. */
export const processNameOf = (engine: EngineKind): string => (isPodman(engine) ? 'podman' : 'dockerd');
