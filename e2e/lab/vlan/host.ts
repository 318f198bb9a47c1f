import { until } from '../poll';
import { run, cleanEnv, CommandError } from '../run';
import { quote, shell } from './agent';
import { taggedVlans } from './layout';
import type { VlanHostRecord, VlanLabRecord } from './record';

/** A host inside the machine: a real dockerd, a NIC on the trunk, and a kernel that knows 802.1Q. */
export interface VlanHost {
  /** `v1`; also the engine's own name, and that of its network namespace and of its port on the trunk. */
  readonly name: string;
  /** Its NIC on the trunk, `eth1`: VLANs as `eth1.10`. */
  readonly nic: string;
  /** The host's own address, untagged. */
  readonly address: string;
  /** `tcp://127.0.0.1:PORT`, as `--host` takes it. Stays the same over reboots. */
  readonly endpoint: string;
  /** The docker CLI against this engine; gives stdout, trimmed. @throws CommandError with its stderr. */
  docker(...args: string[]): Promise<string>;
  /** Runs a command on the host, in its namespaces; gives stdout. @throws CommandError with its stderr. */
  exec(...argv: string[]): Promise<string>;
  /** Names of its VLAN links, sorted: `eth1.10`. */
  vlanLinks(): Promise<string[]>;
  /** Back to how the lab started: no containers, no networks but the engine's own, no VLAN links, trunk as after boot. */
  clean(): Promise<void>;
}

/** A handle on a host of a running lab. */
export function openVlanHost(lab: VlanLabRecord, record: VlanHostRecord): VlanHost {
  const endpoint = `tcp://127.0.0.1:${record.port}`;
  const nic = 'eth1';
  const docker = async (...args: string[]) => {
    // DOCKER_CONFIG: nobody's contexts and credentials.
    const env = { ...cleanEnv, DOCKER_CONFIG: lab.dir };
    return (await run(['docker', '-H', endpoint, ...args], { env })).trim();
  };
  const exec = (...argv: string[]) => {
    const enter = `exec nsenter -t "$(cat /run/hosts/${record.name})" -m -u -n -- `;
    return shell(lab.shellPort, enter + quote(argv), { argv });
  };
  const vlanLinks = async () => {
    const links = JSON.parse(await exec('ip', '-j', 'link', 'show', 'type', 'vlan')) as { ifname?: string }[];
    return links.flatMap(({ ifname }) => ifname ?? []).sort();
  };
  const clean = async () => {
    await removeObjects(docker);
    for (const link of await vlanLinks()) await exec('ip', 'link', 'del', link);
    for (const vlan of taggedVlans) await setAllowed(lab, record.name, vlan, true);
  };
  return { name: record.name, nic, address: record.address, endpoint, docker, exec, vlanLinks, clean };
}

async function removeObjects(docker: VlanHost['docker']): Promise<void> {
  // A helper that has ended is being removed by the engine, which refuses to be told so a second time.
  await until('no container to be left', async () => {
    const left = words(await docker('ps', '-aq', '--no-trunc'));
    if (left.length > 0) await docker('rm', '-fv', ...left).catch(unlessUnderWay);
    return left.length === 0;
  });
  // `custom` leaves out bridge, host and none. Config-only networks can't go before those made from them.
  const networks = async () =>
    words(await docker('network', 'ls', '-q', '--no-trunc', '--filter', 'type=custom'));
  for (const id of await networks()) await docker('network', 'rm', id).catch(() => undefined);
  for (const id of await networks()) await docker('network', 'rm', id);
}

/** `removal of container X is already in progress`, measured on 20.10. */
function unlessUnderWay(error: unknown): void {
  if (!(error instanceof CommandError) || !/already in progress/.test(error.stderr)) throw error;
}

const words = (text: string) => text.split(/\s+/).filter(Boolean);

/** Whether frames of a VLAN pass a host's port of the trunk, as a switch's administrator would set it. */
export async function setAllowed(
  lab: VlanLabRecord,
  host: string,
  vlan: number,
  allowed: boolean,
): Promise<void> {
  if (!lab.hosts.some(({ name }) => name === host)) throw new Error(`the trunk has no port ${host}`);
  const argv = ['bridge', '-n', 'trunk', 'vlan', allowed ? 'add' : 'del', 'dev', host, 'vid', String(vlan)];
  await shell(lab.shellPort, quote(argv), { argv });
}
