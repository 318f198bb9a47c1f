import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { makeCgroups, settleIn, type CgroupTree } from './cgroup';
import { isPodman } from './engines';
import { readIfThere } from './files';
import { allPids, identify, statusField } from './procfs';
import type { HostRecord, ProcessRecord } from './record';
import { cleanEnv } from './run';

/**
 * First process of a host. It owns the host's pid and mount namespaces, so its end is the end of every daemon,
 * container and mount in them. It ends when its standard input does, which is a pipe held by the lab's owner:
 * an owner that is killed takes its engines with it.
 *
 * - `/etc` and `/opt` are overlays in memory: dockerd writes /etc/docker/key.json and containerd makes /opt/containerd.
 *   The machine's own key is taken out: 20.10 makes its engine id of it, and two hosts would be one.
 * - `/run` is empty, so that dockerd neither finds the machine's own containerd nor leaves sockets there. The engine's
 *   socket has its usual name there: who comes over SSH looks for it under that.
 * - The shell stays (no exec), because the first process has to reap what daemons leave behind.
 * - A layer of packages lies over `/usr`; of its `/etc` there is what the machine hasn't. No package of it is installed,
 *   and dpkg says no at once: Podman would search the machine's lists of files for its own at each look at it.
 * - `/dev/shm` is empty: Podman has its locks there.
 * - Arguments are pairs, where a tree of cgroups is mounted and which group of it is the host's: it sees that as the
 *   whole tree (./cgroup.ts).
 * - `/sys` stays as it is: a new one would hide the cgroups, without which dockerd doesn't start.
 */
const initScript = `
set -e
hostname "$LAB_HOST"
mkdir -p "$LAB_DIR/private"
mount -t tmpfs tmpfs "$LAB_DIR/private"
private() {
  mkdir -p "$LAB_DIR/private$1" "$LAB_DIR/private/work$1"
  mount -t overlay overlay -o "lowerdir=\${2-$1},upperdir=$LAB_DIR/private$1,workdir=$LAB_DIR/private/work$1" "$1"
}
if [ -n "$LAB_LAYER" ]; then
  mkdir "$LAB_DIR/private/layer"
  mount --bind "$LAB_LAYER" "$LAB_DIR/private/layer"
  private /etc "/etc:$LAB_DIR/private/layer/etc"
  mount -t overlay overlay -o "lowerdir=$LAB_DIR/private/layer/usr:/usr" /usr
  for name in dpkg dpkg-query; do
    if [ -e /usr/bin/$name ]; then mount --bind /usr/bin/false /usr/bin/$name; fi
  done
else
  private /etc
fi
rm -f /etc/docker/key.json
if [ -d /opt ]; then private /opt; fi
mount -t tmpfs tmpfs /run
ln -s "$LAB_SOCKET" /run/docker.sock
mount -t tmpfs tmpfs /dev/shm
if [ $# -gt 0 ]; then umount /sys/fs/cgroup/unified 2>/dev/null || true; fi
while [ $# -gt 0 ]; do
  mount --bind "$2" "$1"
  shift 2
done
echo ready
cat >/dev/null
exit 0
`;

/** Starts the host's first process and records it in `host`. @throws Error with its words when it can't. */
export async function startNamespaces(host: HostRecord): Promise<void> {
  mkdirSync(host.dir, { recursive: true, mode: 0o700 });
  const log = join(host.dir, 'init.log');
  const fd = openSync(log, 'a');
  const trees = isPodman(host.engine) ? makeCgroups(host) : [];
  const [command = '', ...args] = startIn(host, trees);
  const child = spawn(command, args, {
    env: {
      ...cleanEnv,
      LAB_HOST: host.name,
      LAB_DIR: host.dir,
      LAB_LAYER: host.layer ?? '',
      LAB_SOCKET: host.socket,
    },
    stdio: ['pipe', 'pipe', fd],
    // A session of its own: Ctrl-C is for the owner, who then removes the host in order.
    detached: true,
  });
  closeSync(fd);
  host.holder = child.pid === undefined ? undefined : identify(child.pid);
  // The log is gone once the lab is removed, and then nobody asks for it.
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => {
      resolve();
    });
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`${host.name} did not start: ${readIfThere(log).trim()}`));
    });
  });
  host.init = firstChild(child.pid);
  if (!host.init) throw new Error(`${host.name} ended as it started: ${readIfThere(log).trim()}`);
  if (host.holder && trees.length > 0) settleIn(host, [host.holder, host.init]);
  for (const handle of [child, child.stdin, child.stdout]) (handle as { unref?: () => void }).unref?.();
}

/** The command line of the first process, which is in the host's part of those trees of cgroups from its start. */
function startIn(host: HostRecord, trees: readonly CgroupTree[]): string[] {
  const first = ['sh', '-c', initScript, 'sh', ...trees.flatMap(({ mount, group }) => [mount, group])];
  const net = `--net=/run/netns/${host.netns}`;
  if (trees.length === 0) return ['nsenter', net, ...unshare, ...first];
  const enter = 'while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs"; shift; done; shift; exec "$@"';
  const groups = trees.map(({ group }) => group);
  return ['sh', '-ec', enter, 'sh', ...groups, '--', 'nsenter', net, ...unshare, '--cgroup', ...first];
}

/** nsenter becomes unshare, which forks the init and kills it should unshare itself be killed. */
const unshare = [
  ...['unshare', '--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child=SIGKILL'],
  ...['--mount-proc', '--propagation', 'private'],
];

function firstChild(parent: number | undefined): ProcessRecord | undefined {
  const pid = allPids().find((candidate) => statusField(candidate, 'PPid')[0] === String(parent));
  return pid === undefined ? undefined : identify(pid);
}

/** The command line that runs `argv` inside the host: its network, mounts, processes, cgroups and host name. */
export function inside(host: HostRecord, argv: string[]): string[] {
  if (!host.init) throw new Error(`${host.name} is not running`);
  return ['nsenter', '-t', String(host.init.pid), '-m', '-u', '-i', '-n', '-p', '-C', '--', ...argv];
}
