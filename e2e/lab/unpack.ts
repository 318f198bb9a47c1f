import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cachedFolder, pruneCache } from './cache';
import type { PackageSet } from './engines';
import { debianMirror } from './mirror';
import { findLabs } from './remove';
import { run } from './run';

/** Unpacked package sets, by the hash of what they are made from. Kept. */
const cache = join(import.meta.dirname, '../../.cache/lab');

/**
 * Unpacks packages with all that they depend on: script OUT MIRROR RELEASE PACKAGE…
 *
 * apt runs with the machine's own configuration (proxies, transports), but with lists of its own and as if nothing were
 * installed: so it resolves, checks signatures and downloads, and neither reads nor changes what the machine has. The
 * packages' own scripts never run, so that no service is started and no user made.
 */
const unpack = `
out=$1 mirror=$2 release=$3
shift 3
apt=$out/apt
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
: >"$apt/status"
signed=
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
if [ -r $keyring ]; then signed="[signed-by=$keyring]"; fi
echo "deb $signed $mirror $release main" >"$apt/sources.list"
own_apt() {
  apt-get -qq -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=- \\
    -o Dir::State::lists="$apt/lists" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache" \\
    -o APT::Sandbox::User=root "$@"
}
own_apt update
own_apt install -y --no-install-recommends --download-only "$@"
# One tree for /bin and /usr/bin, as the machine has it.
for name in bin sbin lib lib64; do
  mkdir -p "$out/usr/$name"
  ln -s "usr/$name" "$out/$name"
done
for package in "$apt"/cache/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$out"
done
rm -rf "$apt" "$out/usr/share/doc" "$out/usr/share/man" "$out/usr/share/locale" "$out/usr/share/info"
`;

/**
 * A folder with `usr` and `etc` of the set and of all that it depends on, downloaded unless it is there.
 * @throws CommandError with apt's words; Error when apt knows no Debian mirror.
 */
export async function unpacked(set: PackageSet, say: (line: string) => void): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([set, unpack]));
  const name = `${set.name}-${hash.digest('hex').slice(0, 16)}`;
  const dir = await cachedFolder(cache, name, async (draft) => {
    say(`unpacking ${set.packages.join(', ')} of Debian ${set.release}, once`);
    // apt needs the caller's own environment: proxies, APT_CONFIG.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
    const argv = ['sh', '-ec', unpack, 'sh', draft, await debianMirror(), set.release, ...set.packages];
    await run(argv, { env, timeout: 900_000 });
  });
  const inUse = findLabs().flatMap((lab) => lab.hosts.map((host) => host.layer));
  const isOutdated = (other: string) =>
    other !== name && other.replace(/-[0-9a-f]{16}$/, '') === set.name && !inUse.includes(join(cache, other));
  pruneCache(cache, (other) => !isOutdated(other));
  return dir;
}
