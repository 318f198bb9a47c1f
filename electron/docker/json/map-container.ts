import {
  containerStates,
  healthStates,
  type Container,
  type ContainerDetail,
  type ContainerState,
  type Health,
  type Limits,
  type Namespaces,
} from '../../../shared/model';
import { HELPER_LABEL } from './helper-label';
import {
  asFlag,
  asList,
  asMoment,
  asNumber,
  asRecord,
  asText,
  asTextList,
  asTextMap,
  type Json,
} from './json';
import { mapEndpoints, mapNetworkMode } from './map-endpoint';
import type { MapContext } from './map-network';
import { mapInspectedPorts, mapListedPorts } from './ports';

/** Podman's words for states that Docker has under other names. */
const podmanStates = new Map<string, ContainerState>([
  ['configured', 'created'],
  ['initialized', 'created'],
  ['stopped', 'exited'],
  ['stopping', 'running'],
]);

function mapState(state: string): ContainerState {
  const known: readonly string[] = containerStates;
  return known.includes(state) ? (state as ContainerState) : (podmanStates.get(state) ?? 'unknown');
}

/** The list gives `/name` and, for legacy links, `/other/alias` besides: the one with a single slash is the name. */
function nameOf(names: string[], id: string): string {
  const own = names.find((name) => name.lastIndexOf('/') <= 0) ?? names[0] ?? '';
  return own.replace(/^\//, '') || id.slice(0, 12);
}

/** One entry of `/containers/json`: no detail, and no aliases, which only inspect tells. */
export function mapListedContainer(json: unknown, context: MapContext): Container {
  const item = asRecord(json);
  const id = asText(item.Id);
  return {
    id,
    engineId: context.engineId,
    name: nameOf(asTextList(item.Names), id),
    image: asText(item.Image),
    state: mapState(asText(item.State)),
    created: asMoment(asNumber(item.Created) * 1000),
    networkMode: mapNetworkMode(asText(asRecord(item.HostConfig).NetworkMode)),
    endpoints: mapEndpoints(asRecord(item.NetworkSettings).Networks, id, context.podman),
    ports: mapListedPorts(item.Ports),
    labels: asTextMap(item.Labels),
    detail: null,
  };
}

/** The list of containers; entries without an id can't be spoken of and are left out, and so are our own helpers. */
export function mapContainers(json: unknown, context: MapContext): Container[] {
  return asList(json).flatMap((item) => takeListed(item, context) ?? []);
}

/** One entry of the list of containers; undefined for what {@link mapContainers} leaves out. */
export function takeListed(json: unknown, context: MapContext): Container | undefined {
  const container = mapListedContainer(json, context);
  return container.id === '' || HELPER_LABEL in container.labels ? undefined : container;
}

function mapNamespaces(host: Json): Namespaces {
  const network = asText(host.NetworkMode);
  const shared = network === 'host' || network.startsWith('container:');
  return {
    network: shared ? network : network === '' || network === 'default' ? '' : 'private',
    pid: asText(host.PidMode),
    ipc: asText(host.IpcMode),
    uts: asText(host.UTSMode),
    user: asText(host.UsernsMode),
    cgroup: asText(host.CgroupnsMode),
  };
}

function mapLimits(host: Json): Limits {
  return {
    memory: asNumber(host.Memory),
    memorySwap: asNumber(host.MemorySwap),
    memoryReservation: asNumber(host.MemoryReservation),
    nanoCpus: asNumber(host.NanoCpus),
    cpuShares: asNumber(host.CpuShares),
    cpuQuota: asNumber(host.CpuQuota),
    cpuPeriod: asNumber(host.CpuPeriod),
    cpuset: asText(host.CpusetCpus),
    // null, 0 and -1 all mean that there is no limit.
    pids: Math.max(0, asNumber(host.PidsLimit)),
    blkioWeight: asNumber(host.BlkioWeight),
    cgroupParent: asText(host.CgroupParent),
  };
}

/** Go's zero time stands for never. */
function mapTime(time: unknown): string {
  const text = asText(time);
  return text.startsWith('0001-') ? '' : text;
}

/** Docker says `none`, or nothing, where there is no health check; Podman says it under another name. */
function mapHealth(state: Json): Health {
  const text = asText(asRecord(state.Health).Status) || asText(asRecord(state.Healthcheck).Status);
  return healthStates.find((each) => each === text) ?? '';
}

function mapDetail(json: Json): ContainerDetail {
  const host = asRecord(json.HostConfig);
  const state = asRecord(json.State);
  const config = asRecord(json.Config);
  return {
    namespaces: mapNamespaces(host),
    limits: mapLimits(host),
    pid: asNumber(state.Pid),
    startedAt: mapTime(state.StartedAt),
    finishedAt: mapTime(state.FinishedAt),
    exitCode: asNumber(state.ExitCode),
    health: mapHealth(state),
    restartCount: asNumber(json.RestartCount),
    restartPolicy: asText(asRecord(host.RestartPolicy).Name) || 'no',
    ...(asFlag(host.AutoRemove) && { autoRemove: true as const }),
    hostname: asText(config.Hostname),
    privileged: asFlag(host.Privileged),
    capAdd: asTextList(host.CapAdd),
    configuredMac: asText(config.MacAddress).toLowerCase(),
  };
}

/** What is published now, or, while nothing is (stopped, macvlan only), what was asked for. */
function portsOf(json: Json): string[] {
  const active = mapInspectedPorts(asRecord(json.NetworkSettings).Ports);
  return active.length > 0 ? active : mapInspectedPorts(asRecord(json.HostConfig).PortBindings);
}

/** `/containers/{id}/json`. */
export function mapInspectedContainer(json: unknown, context: MapContext): Container {
  const item = asRecord(json);
  const id = asText(item.Id);
  const config = asRecord(item.Config);
  const created = Date.parse(asText(item.Created));
  const networkMode = mapNetworkMode(asText(asRecord(item.HostConfig).NetworkMode));
  // Podman shows the endpoints of the namespace's owner once more at each that shares it.
  const isBorrowed = context.podman && networkMode.kind === 'container';
  const networks = isBorrowed ? {} : asRecord(item.NetworkSettings).Networks;
  return {
    id,
    engineId: context.engineId,
    name: nameOf([asText(item.Name)], id),
    image: asText(config.Image) || asText(item.Image),
    state: mapState(asText(asRecord(item.State).Status)),
    // Whole seconds, as the list gives them: one container is equal to itself from either call.
    created: Number.isNaN(created) ? 0 : Math.floor(created / 1000) * 1000,
    networkMode,
    endpoints: mapEndpoints(networks, id, context.podman),
    ports: portsOf(item),
    labels: asTextMap(config.Labels),
    detail: mapDetail(item),
  };
}
