import type { DemoEngine } from './engine';
import { isLive } from './model';

/** `GET /version` */
export function versionJson({ quirks, host }: DemoEngine): object {
  const details = { GitCommit: quirks.gitCommit, GoVersion: quirks.goVersion };
  return {
    Platform: { Name: 'Docker Engine - Community' },
    Components: [
      {
        Name: 'Engine',
        Version: quirks.version,
        Details: {
          ...details,
          ApiVersion: quirks.apiVersion,
          MinAPIVersion: quirks.minApiVersion,
          Arch: 'amd64',
          Os: 'linux',
          KernelVersion: host.kernel,
          Experimental: 'false',
        },
      },
    ],
    Version: quirks.version,
    ApiVersion: quirks.apiVersion,
    MinAPIVersion: quirks.minApiVersion,
    ...details,
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: host.kernel,
    BuildTime: '2026-05-07T21:09:36.000000000+00:00',
  };
}

function swarmJson({ host }: DemoEngine): object {
  const manager = host.swarm === 'manager';
  return {
    NodeID: manager ? host.engineId.slice(0, 25) : '',
    NodeAddr: '',
    LocalNodeState: manager ? 'active' : 'inactive',
    ControlAvailable: manager,
    Error: '',
    RemoteManagers: null,
  };
}

/** `GET /info`: what Trunkline and the docker CLI read of it. */
export function infoJson(engine: DemoEngine): object {
  const { host, quirks } = engine;
  const all = [...engine.containers.values()];
  const paused = all.filter(({ state }) => state === 'paused').length;
  const live = all.filter(isLive).length;
  return {
    ID: host.engineId,
    Containers: all.length,
    ContainersRunning: live - paused,
    ContainersPaused: paused,
    ContainersStopped: all.length - live,
    Images: engine.images.length,
    Driver: 'overlay2',
    DriverStatus: [['Backing Filesystem', 'extfs']],
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
      Authorization: null,
      Log: ['json-file', 'local', 'journald'],
    },
    MemoryLimit: true,
    SwapLimit: true,
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    Debug: false,
    NFd: 32,
    NGoroutines: 54,
    SystemTime: new Date(engine.clock()).toISOString(),
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    NEventsListener: 0,
    KernelVersion: host.kernel,
    OperatingSystem: host.os,
    OSVersion: host.osVersion,
    OSType: 'linux',
    Architecture: 'x86_64',
    NCPU: host.cpus,
    MemTotal: host.memory,
    GenericResources: null,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: host.name,
    Labels: ['io.trunkline.demo=true'],
    ExperimentalBuild: false,
    ServerVersion: quirks.version,
    Runtimes: { runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    Swarm: swarmJson(engine),
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    SecurityOptions: ['name=apparmor', 'name=seccomp,profile=default', 'name=cgroupns'],
    Warnings: null,
  };
}
