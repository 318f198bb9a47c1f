import type { DemoEngine } from './engine';
import { networksJson } from './endpoint-json';
import { formatAddress } from './ip';
import { isLive, type DemoContainer } from './model';
import { hostConfigDefaults } from './host-config';
import { goTime, humanDuration } from './times';

/** The engine's own sentence, `Up 3 minutes (Paused)`. */
export function statusOf(container: DemoContainer, now: number): string {
  const since = (at: number): string => humanDuration(now - at);
  switch (container.state) {
    case 'created':
      return 'Created';
    case 'running':
      return `Up ${since(container.startedAt)}`;
    case 'paused':
      return `Up ${since(container.startedAt)} (Paused)`;
    case 'restarting':
      return `Restarting (${container.exitCode}) ${since(container.finishedAt)} ago`;
    case 'exited':
      return `Exited (${container.exitCode}) ${since(container.finishedAt)} ago`;
  }
}

interface ListPort {
  IP?: string;
  PrivatePort: number;
  PublicPort?: number;
  Type: string;
}

/** Published ports only while the container runs, on both wildcard addresses, as the engine binds them. */
function portsOf(container: DemoContainer): ListPort[] {
  if (!isLive(container)) return [];
  return Object.keys(container.exposedPorts).flatMap((key): ListPort[] => {
    const [port, type = 'tcp'] = key.split('/');
    const bindings = container.portBindings[key] ?? [];
    const inside = { PrivatePort: Number(port), Type: type };
    if (bindings.length === 0) return [inside];
    return bindings.flatMap(({ HostIp, HostPort }) =>
      (HostIp ? [HostIp] : ['0.0.0.0', '::']).map((IP) => ({
        IP,
        PrivatePort: inside.PrivatePort,
        PublicPort: Number(HostPort),
        Type: type,
      })),
    );
  });
}

function portMap(container: DemoContainer): Record<string, { HostIp: string; HostPort: string }[] | null> {
  const map: Record<string, { HostIp: string; HostPort: string }[] | null> = {};
  for (const { IP, PrivatePort, PublicPort, Type } of portsOf(container)) {
    const key = `${PrivatePort}/${Type}`;
    if (IP === undefined) map[key] = null;
    else map[key] = [...(map[key] ?? []), { HostIp: IP, HostPort: String(PublicPort) }];
  }
  return map;
}

function listEntry(engine: DemoEngine, container: DemoContainer, status: string): object {
  return {
    Id: container.id,
    Names: [`/${container.name}`],
    Image: container.image,
    ImageID: container.imageId,
    Command: container.command.join(' '),
    Created: Math.floor(container.created / 1000),
    Ports: portsOf(container),
    Labels: container.labels,
    State: container.state,
    Status: status,
    HostConfig: { NetworkMode: container.networkMode },
    NetworkSettings: { Networks: networksJson(engine, container) },
    Mounts: [],
  };
}

/** One entry of `/containers/json`, kept as text until the container or its status sentence changes. */
export function listJson(engine: DemoEngine, container: DemoContainer): string {
  const status = statusOf(container, engine.clock());
  if (container.listCache?.status !== status) {
    container.listCache = { status, json: JSON.stringify(listEntry(engine, container, status)) };
  }
  return container.listCache.json;
}

function stateJson(container: DemoContainer): object {
  return {
    Status: container.state,
    Running: isLive(container) || container.state === 'restarting',
    Paused: container.state === 'paused',
    Restarting: container.state === 'restarting',
    OOMKilled: false,
    Dead: false,
    Pid: container.pid,
    ExitCode: container.exitCode,
    Error: container.error,
    StartedAt: goTime(container.startedAt),
    FinishedAt: goTime(container.finishedAt),
  };
}

/** The MAC that the container was made with. API 1.52 does not tell it, and older versions of the same engine do. */
function macJson(engine: DemoEngine, container: DemoContainer, older: boolean): object {
  const mac = container.configuredMac;
  return mac && (engine.quirks.deprecatedFields || older) ? { MacAddress: mac } : {};
}

function configJson(engine: DemoEngine, container: DemoContainer, older: boolean): object {
  const ports = Object.keys(container.exposedPorts).length > 0;
  return {
    Hostname: container.hostname,
    Domainname: '',
    User: '',
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    ...(ports ? { ExposedPorts: container.exposedPorts } : {}),
    Tty: false,
    OpenStdin: false,
    StdinOnce: false,
    Env: container.env,
    Cmd: container.command,
    Image: container.image,
    Volumes: null,
    WorkingDir: '',
    Entrypoint: null,
    ...macJson(engine, container, older),
    OnBuild: null,
    Labels: container.labels,
  };
}

/** The default bridge's address at the top level, which API 1.52 dropped. */
function deprecatedNetworkFields(engine: DemoEngine, container: DemoContainer): object {
  if (!engine.quirks.deprecatedFields) return {};
  const attached = container.endpoints.get('bridge')?.attached;
  return {
    Bridge: '',
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: attached?.endpointId ?? '',
    Gateway: attached?.gateway ?? '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: attached?.ipv4 ? formatAddress(attached.ipv4) : '',
    IPPrefixLen: attached?.prefix ?? 0,
    IPv6Gateway: '',
    MacAddress: attached?.mac ?? '',
  };
}

function sandboxKey(container: DemoContainer): string {
  if (!container.sandboxId) return '';
  const file = container.networkMode === 'host' ? 'default' : container.sandboxId.slice(0, 12);
  return `/var/run/docker/netns/${file}`;
}

/**
 * `GET /containers/{id}/json`
 * @param older asked in a version of the API before 1.52
 */
export function inspectJson(engine: DemoEngine, container: DemoContainer, older = false): object {
  const home = `/var/lib/docker/containers/${container.id}`;
  const [path = '', ...args] = container.command;
  return {
    Id: container.id,
    Created: goTime(container.created),
    Path: path,
    Args: args,
    State: stateJson(container),
    Image: container.imageId,
    ResolvConfPath: `${home}/resolv.conf`,
    HostnamePath: `${home}/hostname`,
    HostsPath: `${home}/hosts`,
    LogPath: `${home}/${container.id}-json.log`,
    Name: `/${container.name}`,
    RestartCount: container.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: 'docker-default',
    ExecIDs: container.execIds.length > 0 ? container.execIds : null,
    HostConfig: { ...hostConfigDefaults, ...container.hostConfig, NetworkMode: container.networkMode },
    GraphDriver: { Data: {}, Name: 'overlay2' },
    Mounts: [],
    Config: configJson(engine, container, older),
    NetworkSettings: {
      ...deprecatedNetworkFields(engine, container),
      SandboxID: container.sandboxId,
      SandboxKey: sandboxKey(container),
      Ports: portMap(container),
      Networks: networksJson(engine, container),
    },
  };
}
