import {
  ProblemError,
  type Capabilities,
  type Container,
  type EndpointRequest,
  type EngineConnection,
  type Network,
  type NetworkSpec,
} from '../../shared/model';
import { problem } from '../../shared/rules/messages';
import type { AccessContext } from './access';
import { Connection } from './connection';
import { parseStatsLine } from './counters';
import { dialerFor, hostHeaderOf, localDialer } from './dial';
import type { Dialer } from './dialer';
import { addressOf, connectionOf } from './endpoint';
import type {
  CountersSample,
  Disposable,
  EngineClient,
  EngineEvent,
  EngineFacts,
  EngineImages,
  HelperRequest,
  HelperResult,
} from './engine-client';
import { problemOfFailure, problemOfGarbage } from './errors';
import { eventReader } from './events';
import { followLines, type LineHandlers } from './follow-lines';
import { runHelper, sweepHelpers } from './helper';
import { imagesOf } from './images';
import { readInterfaceMacs } from './interface-macs';
import { asRecord, asText, isRecord, isWritable } from './json';
import { LIBPOD, withLibpod } from './libpod';
import { refusePaused, refuseStopped, refuseUnable } from './limits';
import { mapContainers, mapInspectedContainer } from './map-container';
import { mapEngine } from './map-engine';
import { mapNetwork, mapNetworks, type MapContext } from './map-network';
import { onNoneNetwork } from './none-network';
import { createBody, endpointConfig } from './request-bodies';

interface CommonOptions {
  engineId: string;
  /** A simulated engine. Spoken to like any other; kept for whoever made the client. */
  demo?: boolean;
  /** Deadline of each call, milliseconds; 15 000 unless told. */
  timeoutMs?: number;
}

export type EngineClientOptions = CommonOptions &
  (
    | { connection: EngineConnection; access: AccessContext }
    /** A socket's or a TCP address as text; whoever writes it so accepts that TCP is plain. */
    | { endpoint: string; connection?: undefined }
  );

function wayOf(
  options: EngineClientOptions,
  timeoutMs: number,
): { connection: EngineConnection; dialer: Dialer } {
  const { connection, engineId } = options;
  if (connection) return { connection, dialer: dialerFor(connection, options.access, timeoutMs) };
  const read = connectionOf(options.endpoint);
  if (!read.ok) throw new ProblemError({ ...read.error, engineId });
  const { value } = read;
  if (value.kind === 'ssh' || value.kind === 'context') {
    const detail = 'SSH and contexts need to be told what may be read for them';
    throw new ProblemError(problem('invalid_input', { detail }, { engineId, field: 'host' }));
  }
  const accepted = value.kind === 'tcp' ? { ...value, plainAccepted: true } : value;
  return { connection: accepted, dialer: localDialer(accepted, timeoutMs) };
}

class DockerEngineClient implements EngineClient {
  readonly engineId: string;
  readonly endpoint: string;
  readonly images: EngineImages;
  private readonly connection: Connection;
  private readonly streams = new Set<Disposable>();
  private capabilities: Capabilities | undefined;
  private podman = false;

  constructor(options: EngineClientOptions) {
    const timeoutMs = options.timeoutMs ?? 15_000;
    const { connection, dialer } = wayOf(options, timeoutMs);
    this.engineId = options.engineId;
    this.endpoint = addressOf(connection);
    const at = hostHeaderOf(connection);
    this.connection = new Connection(this.engineId, this.endpoint, timeoutMs, dialer, at);
    this.images = imagesOf(this.connection);
  }

  async facts(): Promise<EngineFacts> {
    const { version, info } = await this.versionAndInfo();
    if (!isRecord(version) || !isRecord(info)) throw this.garbage('no engine’s /version', version);
    return this.learnt(mapEngine(version, info));
  }

  async ping(timeoutMs: number): Promise<void> {
    await this.connection.bytes({ path: '/_ping', timeoutMs });
  }

  async networks(): Promise<Network[]> {
    const [networks, own] = await Promise.all([this.list('/networks'), this.libpodNetworks()]);
    return mapNetworks(
      networks.map((each) => withLibpod(each, own)),
      this.context(),
    );
  }

  async network(id: string): Promise<Network> {
    const [network, own] = await Promise.all([this.entity(this.networkPath(id)), this.libpodNetworks()]);
    return mapNetwork(withLibpod(network, own), this.context());
  }

  async containers(): Promise<Container[]> {
    return mapContainers(await this.list('/containers/json', { all: true }), this.context());
  }

  async container(id: string): Promise<Container> {
    const json = await this.entity(`${this.containerPath(id)}/json`);
    return mapInspectedContainer(json, this.context(), Date.now());
  }

  async raw(kind: 'engine' | 'network' | 'container', id: string): Promise<unknown> {
    if (kind === 'engine') return this.writable(await this.versionAndInfo());
    const path = kind === 'network' ? this.networkPath(id) : `${this.containerPath(id)}/json`;
    return this.writable(await this.connection.json({ path }));
  }

  async connect(networkId: string, containerId: string, endpoint: EndpointRequest): Promise<void> {
    const can = await this.known();
    const config = endpointConfig(endpoint, can, this.engineId);
    if (!can.changesPaused) await refusePaused(this.connection, this.containerPath(containerId));
    // For a stopped container 20.10 takes any network at all, one that does not exist included, and says 200.
    const network = await this.network(networkId);
    this.refuseConfigOnly(network);
    await this.send(`${this.networkPath(network.id || networkId)}/connect`, {
      Container: containerId,
      EndpointConfig: config,
    }).catch(async (error: unknown) => {
      if (this.podman) await this.clearFailed(error, networkId, containerId);
      throw onNoneNetwork(error, network);
    });
  }

  async disconnect(networkId: string, containerId: string, force: boolean): Promise<void> {
    if (this.capabilities?.changesPaused === false)
      await refusePaused(this.connection, this.containerPath(containerId));
    await this.send(`${this.networkPath(networkId)}/disconnect`, { Container: containerId, Force: force });
  }

  async createNetwork(spec: NetworkSpec): Promise<string> {
    refuseUnable(spec, await this.known(), this.engineId);
    const body = createBody(spec, this.podman);
    const answer = await this.connection.json({ method: 'POST', path: '/networks/create', body });
    const id = asText(asRecord(answer).Id);
    if (id === '') throw this.garbage('a network without an id', answer);
    return id;
  }

  async removeNetwork(id: string): Promise<void> {
    // Podman looks for attached containers by name: given the id, it finds none and takes the network from them.
    const named = this.podman ? (await this.network(id)).name : id;
    await this.connection.bytes({ method: 'DELETE', path: this.networkPath(named) });
  }

  async events(onEvent: (event: EngineEvent) => void, onEnd: (reason: Error) => void): Promise<Disposable> {
    const stream = await this.connection.stream({ path: '/events' });
    return this.follow(stream, { onLine: eventReader(onEvent), onEnd });
  }

  counters(
    containerId: string,
    onSample: (sample: CountersSample) => void,
    onEnd: (reason: Error) => void,
  ): Disposable {
    let following: Disposable | undefined;
    let disposed = false;
    const handle: Disposable = {
      dispose: () => {
        disposed = true;
        this.streams.delete(handle);
        following?.dispose();
      },
    };
    this.streams.add(handle);
    const ended = (reason: Error) => {
      this.streams.delete(handle);
      if (!disposed) onEnd(reason);
    };
    const onLine = (line: string) => {
      const sample = parseStatsLine(line);
      if (sample) onSample(sample);
    };
    this.statsStream(containerId).then((stream) => {
      if (disposed) stream.destroy();
      else following = this.follow(stream, { onLine, onEnd: ended });
    }, ended);
    return handle;
  }

  async interfaceMacs(containerId: string): Promise<Map<string, string>> {
    return readInterfaceMacs(this.connection, containerId);
  }

  async runHelper(request: HelperRequest): Promise<HelperResult> {
    const [, joined] = /^container:(.*)$/.exec(request.network) ?? [];
    if (this.podman && joined !== undefined) await refuseStopped(this.connection, this.containerPath(joined));
    return runHelper(this.connection, request);
  }

  sweepHelpers(): Promise<number> {
    return sweepHelpers(this.connection, Date.now());
  }

  close(): void {
    for (const stream of [...this.streams]) stream.dispose();
    this.connection.close();
  }

  private async statsStream(containerId: string) {
    return this.connection.stream({
      path: `${this.containerPath(containerId)}/stats`,
      query: { stream: true },
    });
  }

  /** Follows a stream, keeps it for close(), and words its end as a problem. */
  private follow(stream: Parameters<typeof followLines>[0], handlers: LineHandlers): Disposable {
    const following = followLines(stream, {
      onLine: (line) => handlers.onLine(line),
      onEnd: (reason) => {
        this.streams.delete(handle);
        handlers.onEnd(this.endProblem(reason));
      },
    });
    const handle: Disposable = {
      dispose: () => {
        this.streams.delete(handle);
        following.dispose();
      },
    };
    this.streams.add(handle);
    return handle;
  }

  private endProblem(reason: Error): ProblemError {
    if (reason instanceof SyntaxError) return this.garbage('a broken event', reason.message);
    return problemOfFailure(reason, this.connection.contextOf({ path: '' }));
  }

  private async versionAndInfo(): Promise<{ version: unknown; info: unknown }> {
    const [version, info] = await Promise.all([
      this.connection.json({ path: '/version' }),
      this.connection.json({ path: '/info' }),
    ]);
    return { version, info };
  }

  /** The engine's capabilities, asked for when nobody has asked for its facts yet. */
  private async known(): Promise<Capabilities> {
    if (this.capabilities) return this.capabilities;
    return this.learnt(mapEngine(await this.connection.json({ path: '/version' }), {})).capabilities;
  }

  private learnt(facts: EngineFacts): EngineFacts {
    this.capabilities = facts.capabilities;
    this.podman = facts.product === 'podman';
    return facts;
  }

  /** What Podman says of its networks in its own API; nothing for another engine. */
  private async libpodNetworks(): Promise<unknown[]> {
    return this.podman ? this.list(`${LIBPOD}/networks/json`) : [];
  }

  /**
   * A connect that Podman has refused leaves an entry for which inspecting the container fails from then on. Taking it
   * away is answered with an error as well, and works.
   */
  private async clearFailed(error: unknown, networkId: string, containerId: string): Promise<void> {
    const refused = error instanceof ProblemError && error.problem.params?.status === 500;
    if (refused && error.problem.code !== 'already_connected')
      await this.disconnect(networkId, containerId, true).catch(() => undefined);
  }

  private async send(path: string, body: object): Promise<void> {
    await this.connection.bytes({ method: 'POST', path, body });
  }

  private async list(path: string, query?: Record<string, boolean>): Promise<unknown[]> {
    const json = await this.connection.json({ path, ...(query && { query }) });
    if (!Array.isArray(json)) throw this.garbage('no list', json);
    return json;
  }

  private async entity(path: string): Promise<unknown> {
    const json = await this.connection.json({ path });
    if (!isRecord(json) || asText(json.Id) === '') throw this.garbage('no record with an id', json);
    return json;
  }

  private context(): MapContext {
    return { engineId: this.engineId, podman: this.podman };
  }

  private networkPath(id: string): string {
    return `/networks/${this.segment(id, 'network')}`;
  }

  private containerPath(id: string): string {
    return `/containers/${this.segment(id, 'container')}`;
  }

  /** An empty id or dots would make another path: `/networks/` is the list. */
  private segment(id: string, what: 'network' | 'container'): string {
    if (!/^\.*$/.test(id)) return encodeURIComponent(id);
    throw new ProblemError({
      code: `${what}_not_found`,
      message: `"${id}" names no ${what}.`,
      params: { [what]: id },
      engineId: this.engineId,
    });
  }

  private refuseConfigOnly(network: Network): void {
    if (!network.configOnly) return;
    throw new ProblemError({
      code: 'network_config_only',
      message: `The network "${network.name}" only holds settings for others; nothing can be attached to it.`,
      hint: 'Attach to a network that is made from it.',
      params: { network: network.name },
      engineId: this.engineId,
    });
  }

  private writable(json: unknown): unknown {
    if (isWritable(json)) return json;
    throw this.garbage('JSON that is nested beyond measure', '');
  }

  private garbage(what: string, sample: unknown): ProblemError {
    const text =
      typeof sample === 'string' ? sample : isWritable(sample) ? (JSON.stringify(sample) ?? '') : '';
    return problemOfGarbage(what, text, this.connection.contextOf({ path: '' }));
  }
}

/**
 * A client for one engine. Connects at the first call: nothing is read and nothing sent before, and what connecting
 * needs (certificates, contexts, keys) is read anew each time.
 *
 * @throws ProblemError for an endpoint that can't be read (`invalid_input`).
 */
export function createEngineClient(options: EngineClientOptions): EngineClient {
  return new DockerEngineClient(options);
}
