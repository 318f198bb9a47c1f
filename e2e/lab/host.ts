import { daemonOf, restartDaemon, startDaemon } from './daemon';
import { openDocker } from './docker';
import { callEngine, type ApiAnswer } from './engine-api';
import type { EngineKind } from './engines';
import { inside } from './namespace';
import { setCable } from './network';
import type { HostRecord, Nic } from './record';
import { showsGood } from './remote/certificates';
import { openSsh, type LabSsh } from './remote/ssh';
import { resetSshd } from './remote/sshd';
import { openTls, type LabTls } from './remote/tls';
import { cleanEnv, run } from './run';
import { findService, killService, pauseService, resumeService, stopService } from './service';

/** A machine of the lab: a real dockerd with its own network, processes, mounts and host name. */
export interface LabHost {
  /** `h1`; also the engine's own name in `/info`. */
  readonly name: string;
  readonly engine: EngineKind;
  /** Name of its network namespace, as `ip netns` lists it. */
  readonly netns: string;
  /** The NIC on the LAN that has the host's address, `eth1`. */
  readonly nic: string;
  /** Every NIC: `eth1` on `lan`, `eth2` on `iot`. */
  readonly nics: readonly Nic[];
  /** The host's own address on the LAN. */
  readonly address: string;
  readonly socket: string;
  /** `unix://…`, as `--host` takes it. */
  readonly endpoint: string;
  /** The way to its engine over TLS; undefined unless the lab was asked for it. */
  readonly tls: LabTls | undefined;
  /** The way to it over SSH; undefined unless the lab was asked for it. */
  readonly ssh: LabSsh | undefined;
  /** What the docker CLI does with this engine, by its API where that is known (./docker); gives stdout, trimmed. Rejects with its stderr. */
  docker(...args: string[]): Promise<string>;
  /** The same by the CLI itself, for what is about its reading of the arguments. */
  cli(...args: string[]): Promise<string>;
  /** The engine's API as it is. A Buffer goes as a tar, anything else as JSON. Any status resolves. */
  api(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
  /** Runs a command on the host, in its namespaces; gives stdout. */
  exec(...argv: string[]): Promise<string>;
  /** SIGKILL. Containers run on until the next daemon starts, which ends those without a restart policy. */
  killDaemon(): Promise<void>;
  /** Resolves when the engine answers; at once when it does already. */
  startDaemon(): Promise<void>;
  /** An orderly end (SIGTERM), and no new start. Containers end too. */
  stopDaemon(): Promise<void>;
  /** An orderly restart (SIGTERM). */
  restartDaemon(): Promise<void>;
  /** SIGSTOP: connections are accepted and never answered. */
  pauseDaemon(): void;
  resumeDaemon(): void;
  /** Pulls the LAN cable: the NIC keeps its address and loses its carrier. */
  linkDown(): Promise<void>;
  linkUp(): Promise<void>;
  /** Back to how the lab started: cable in, engine running, no containers, no networks but the engine's own. */
  clean(): Promise<void>;
}

/** A handle on a host that runs already, from its record: any process may have one. */
export function openHost(record: HostRecord): LabHost {
  const [nic] = record.nics;
  if (!nic) throw new Error(`${record.name} has no NIC`);
  const endpoint = `unix://${record.socket}`;
  const byApi = openDocker(record.socket);
  // DOCKER_CONFIG: nobody's contexts and credentials.
  const env = { ...cleanEnv, DOCKER_CONFIG: record.dir };
  const cli = async (...args: string[]) => (await run(['docker', '-H', endpoint, ...args], { env })).trim();
  const docker = async (...args: string[]) => (await byApi(args))?.trim() ?? cli(...args);
  const host: LabHost = {
    name: record.name,
    engine: record.engine,
    netns: record.netns,
    nic: nic.name,
    nics: record.nics,
    address: nic.address,
    socket: record.socket,
    endpoint,
    tls: openTls(record, () => restartDaemon(record)),
    ssh: openSsh(record),
    docker,
    cli,
    api: (method, path, body) => callEngine(record.socket, method, path, body),
    exec: (...argv) => run(inside(record, argv)),
    killDaemon: () => killService(daemonOf(record)),
    startDaemon: () => startDaemon(record),
    stopDaemon: () => stopService(daemonOf(record)),
    restartDaemon: () => restartDaemon(record),
    pauseDaemon: () => {
      pauseService(daemonOf(record));
    },
    resumeDaemon: () => {
      resumeService(daemonOf(record));
    },
    linkDown: () => setCable(record, nic, 'down'),
    linkUp: () => setCable(record, nic, 'up'),
    clean: () => cleanHost(record, host),
  };
  return host;
}

async function cleanHost(record: HostRecord, host: LabHost): Promise<void> {
  for (const nic of record.nics) await setCable(record, nic, 'up');
  if (findService(daemonOf(record))) host.resumeDaemon();
  if (record.tls && !showsGood(record)) await host.tls?.show('good');
  if (record.ssh) await resetSshd(record);
  await host.startDaemon();
  // Podman removes no container before those that share its namespaces, and tells no order.
  await removeAll(
    () => containersOf(host),
    (ids) =>
      Promise.allSettled(ids.map((id) => callHost(host, 'DELETE', `/containers/${id}?force=true&v=true`))),
  );
  // Config-only networks can't go before those made from them. One after the other, as the CLI removes them.
  await removeAll(
    () => networksOf(host),
    async (ids) => {
      const ends = [];
      for (const id of ids)
        ends.push(...(await Promise.allSettled([callHost(host, 'DELETE', `/networks/${id}`)])));
      return ends;
    },
  );
}

/** Asked of the API: a test's every beginning and end waits for this, and the CLI takes ten times as long to start. */
async function callHost(host: LabHost, method: string, path: string): Promise<unknown> {
  const { status, body } = await host.api(method, path);
  if (status >= 300) throw new Error(`${method} ${path} of ${host.name}: ${status} ${JSON.stringify(body)}`);
  return body;
}

const containersOf = async (host: LabHost) =>
  ((await callHost(host, 'GET', '/containers/json?all=true')) as { Id: string }[]).map(({ Id }) => Id);

/** Networks but for the engine's own. Podman knows no filter for them, and calls its one `bridge` here. */
const networksOf = async (host: LabHost) =>
  ((await callHost(host, 'GET', '/networks')) as { Id: string; Name: string }[])
    .filter(({ Name }) => !['bridge', 'host', 'none'].includes(Name))
    .map(({ Id }) => Id);

/** Again and again, for as long as fewer are left each time. @throws Error of the try that removed nothing. */
async function removeAll(
  list: () => Promise<string[]>,
  remove: (ids: string[]) => Promise<PromiseSettledResult<unknown>[]>,
): Promise<void> {
  for (let ids = await list(); ids.length > 0;) {
    const ends = await remove(ids);
    const left = await list();
    if (left.length >= ids.length) {
      const failure = ends.find((end) => end.status === 'rejected');
      throw failure?.reason ?? new Error(`what was removed is still there: ${left.join(', ')}`);
    }
    ids = left;
  }
}
