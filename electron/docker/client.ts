import {
  ProblemError,
  type Capabilities,
  type Container,
  type EndpointRequest,
  type EngineConnection,
  type Network,
  type NetworkForm,
  type NetworkSpec,
  type Picture,
  type PictureSubject,
} from '../../shared/model';
import { hasChanged, lastWithOwnMac } from '../../shared/rules/engines/capabilities';
import { hostless, problem, reason } from '../../shared/texts';
import type { AccessContext } from './places/access';
import { Answers } from './wire/answers';
import { EndpointCount } from './json/bounds';
import { Connection } from './wire/connection';
import { dialerFor, hostHeaderOf, localDialer } from './dial';
import type { Dialer } from './wire/dialer';
import { addressOf, connectionOf } from './places/endpoint';
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
import { problemOfFailure } from './errors/errors';
import { eventReader } from './json/events';
import { clearHelpers, runHelper } from './helpers/helper';
import { keepHelper, keptHelpers, linesOf, removeKeptHelper } from './helpers/kept-helper';
import { sweepHelpers } from './helpers/helper-sweep';
import { imagesOf } from './helpers/images';
import { readInterfaceMacs } from './helpers/interface-macs';
import { asRecord, asText, isRecord } from './json/json';
import { LIBPOD, ownOf, withLibpod } from './json/libpod';
import { refusePaused, refuseStopped, refuseUnable, unknownOption, ignoredOption } from './wire/limits';
import { mapInspectedContainer, takeListed } from './json/map-container';
import { mapEngine } from './json/map-engine';
import { mapNetwork, mapNetworks, type MapContext } from './json/map-network';
import { NetworkEndpoints, withLeftovers } from './json/leftovers';
import { onNoneNetwork } from './json/none-network';
import { absentIf, attachmentPicture, networkPicture } from './json/picture';
import { createBody, endpointConfig, restoreBody, toldEndpoint, toldNetwork } from './json/request-bodies';
import { Streams } from './wire/streams';

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
    const detail = reason('connection_untold');
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
  private readonly answers: Answers;
  private readonly streams = new Streams((reason) => this.endProblem(reason));
  private readonly endpoints = new EndpointCount();
  private readonly attached = new NetworkEndpoints((id) => this.answers.entity(this.answers.networkPath(id)));
  private capabilities: Capabilities | undefined;
  private podman = false;
  private hidesMac = false;

  constructor(options: EngineClientOptions) {
    const timeoutMs = options.timeoutMs ?? 15_000;
    const { connection, dialer } = wayOf(options, timeoutMs);
    this.engineId = options.engineId;
    this.endpoint = addressOf(connection);
    const at = hostHeaderOf(connection);
    this.connection = new Connection(this.engineId, this.endpoint, timeoutMs, dialer, at);
    this.answers = new Answers(this.engineId, this.connection);
    this.images = imagesOf(this.connection);
  }

  async facts(): Promise<EngineFacts> {
    const { version, info } = await this.answers.versionAndInfo();
    if (!isRecord(version) || !isRecord(info)) throw this.answers.garbage(reason('answer_version'), version);
    return this.learnt(mapEngine(version, info));
  }

  async ping(timeoutMs: number): Promise<void> {
    await this.connection.bytes({ path: '/_ping', timeoutMs });
  }

  async networks(): Promise<Network[]> {
    const [networks, own] = await Promise.all([
      this.answers.listWithIds('/networks', (json) => json),
      this.libpodNetworks(),
    ]);
    const whole: unknown[] = [];
    // One after the other: a swarm has few of those that are asked for.
    for (const each of networks) whole.push(await this.inspectedWhere(each));
    return mapNetworks(
      whole.map((each) => withLibpod(each, own)),
      this.context(),
    );
  }

  async network(id: string): Promise<Network> {
    const [network, own] = await Promise.all([
      this.answers.entity(this.answers.networkPath(id)),
      this.libpodNetworks(),
    ]);
    return mapNetwork(withLibpod(network, own), this.context());
  }

  async containers(): Promise<Container[]> {
    const count = this.endpoints.anew();
    const take = (json: unknown) => {
      count(json);
      return takeListed(json, this.context());
    };
    return this.answers.listWithIds('/containers/json', take, { all: true });
  }

  nameless = (): number => this.answers.nameless();

  tellsPins = (): boolean => !this.podman;
  tellsOf: EngineClient['tellsOf'] = (request) => toldEndpoint(request, this.capabilities, this.podman);
  tellsOfNetwork: EngineClient['tellsOfNetwork'] = (spec) => toldNetwork(spec, this.podman);

  async container(id: string): Promise<Container> {
    const read = async () => {
      const json = await this.answers.entity(this.inspectPath(id));
      this.answers.counted(() => this.endpoints.add(json));
      return mapInspectedContainer(json, this.context());
    };
    return this.podman ? read() : withLeftovers(read, this.attached);
  }

  async raw(kind: 'engine' | 'network' | 'container', id: string): Promise<unknown> {
    if (kind === 'engine') return this.answers.writable(await this.answers.versionAndInfo());
    const path = kind === 'network' ? this.answers.networkPath(id) : `${this.answers.containerPath(id)}/json`;
    return this.answers.writable(await this.connection.json({ path }));
  }

  async connect(networkId: string, containerId: string, endpoint: EndpointRequest): Promise<void> {
    const can = await this.known();
    const config = endpointConfig(endpoint, can, this.engineId);
    if (!can.changesPaused) await refusePaused(this.connection, this.answers.containerPath(containerId));
    // For a stopped container 20.10 takes any network at all, one that does not exist included, and says 200.
    const network = await this.network(networkId);
    this.refuseConfigOnly(network);
    await this.send(`${this.answers.networkPath(network.id || networkId)}/connect`, {
      Container: containerId,
      EndpointConfig: config,
    }).catch(async (error: unknown) => {
      if (this.podman) await this.clearFailed(error, networkId, containerId);
      throw onNoneNetwork(error, network);
    });
  }

  async disconnect(networkId: string, containerId: string, force: boolean): Promise<void> {
    if (this.capabilities?.changesPaused === false)
      await refusePaused(this.connection, this.answers.containerPath(containerId));
    const body = { Container: containerId, Force: force };
    await this.send(`${this.answers.networkPath(networkId)}/disconnect`, body);
  }

  start(containerId: string): Promise<void> {
    return this.unlessSo(`${this.answers.containerPath(containerId)}/start`);
  }

  stop(containerId: string): Promise<void> {
    return this.unlessSo(`${this.answers.containerPath(containerId)}/stop`);
  }

  async createNetwork(spec: NetworkSpec): Promise<string> {
    refuseUnable(spec, await this.known(), this.engineId);
    const { id, ignored } = await this.made(createBody(spec, this.podman));
    if (ignored === undefined) return id;
    // It would not be the network that was asked for.
    await this.removeNetwork(id);
    throw unknownOption(ignored, this.engineId);
  }

  async restoreNetwork(form: NetworkForm): Promise<string> {
    await this.known();
    // What is ignored of it is told when the network is compared with what it was.
    return (await this.made(restoreBody(form, this.podman))).id;
  }

  async picture(subject: PictureSubject): Promise<Picture> {
    await this.known();
    const alone = subject.kind === 'network';
    const [network, own] = await Promise.all([
      this.answers
        .networkNamed(subject.networkName)
        // Old engines may have two of a name, and then tell of neither.
        .catch(alone ? absentIf('network_not_found') : () => undefined),
      this.libpodNetworks(),
    ]);
    const more = ownOf(network, own);
    if (alone) return networkPicture(network, more);
    const json = await this.answers
      .entity(this.inspectPath(subject.containerId))
      .catch(absentIf('container_not_found'));
    const link = asText(more?.network_interface);
    return attachmentPicture(json, subject.networkName, this.podman, { json: network, link });
  }

  /** `ignored`: an option that the engine does not know, and has made the network without. */
  private async made(body: object): Promise<{ id: string; ignored: string | undefined }> {
    const answer = await this.connection.json({ method: 'POST', path: '/networks/create', body });
    const id = asText(asRecord(answer).Id);
    if (id === '') throw this.answers.garbage(reason('answer_network'), answer);
    return { id, ignored: ignoredOption(answer) };
  }

  async removeNetwork(id: string): Promise<void> {
    // Podman looks for attached containers by name: given the id, it finds none and takes the network from them.
    const named = this.podman ? (await this.network(id)).name : id;
    await this.connection.bytes({ method: 'DELETE', path: this.answers.networkPath(named) });
  }

  async events(onEvent: (event: EngineEvent) => void, onEnd: (reason: Error) => void): Promise<Disposable> {
    const stream = await this.connection.stream({ path: '/events' });
    return this.streams.follow(stream, { onLine: eventReader(onEvent), onEnd });
  }

  counters(
    containerId: string,
    onSample: (sample: CountersSample) => void,
    onEnd: (reason: Error) => void,
  ): Disposable {
    return this.streams.counters(this.statsStream(containerId), onSample, onEnd);
  }

  interfaceMacs: EngineClient['interfaceMacs'] = (id) => readInterfaceMacs(this.connection, id);

  async runHelper(request: HelperRequest): Promise<HelperResult> {
    const [, joined] = /^container:(.*)$/.exec(request.network) ?? [];
    if (this.podman && joined !== undefined)
      await refuseStopped(this.connection, this.answers.containerPath(joined));
    return runHelper(this.connection, request);
  }

  sweepHelpers: EngineClient['sweepHelpers'] = () => sweepHelpers(this.connection);

  keepHelper: EngineClient['keepHelper'] = (request) => keepHelper(this.connection, request);
  keptHelpers: EngineClient['keptHelpers'] = (task) => keptHelpers(this.connection, task);
  removeKeptHelper: EngineClient['removeKeptHelper'] = (name) => removeKeptHelper(this.connection, name);
  helperLines: EngineClient['helperLines'] = (name, onLine, onEnd) =>
    this.streams.later(linesOf(this.connection, name), { onLine, onEnd });

  clearHelpers: EngineClient['clearHelpers'] = (run) => clearHelpers(this.connection, run);

  close(): void {
    this.streams.close();
    this.connection.close();
  }

  private async statsStream(containerId: string) {
    const path = `${this.answers.containerPath(containerId)}/stats`;
    return this.connection.stream({ path, query: { stream: true } });
  }

  private endProblem(error: Error): ProblemError {
    if (error instanceof SyntaxError) return this.answers.garbage(reason('answer_event'), error.message);
    return problemOfFailure(error, this.connection.contextOf({ path: '' }));
  }

  /**
   * The list tells nothing of what a swarm's network has from a config-only one, and inspect does (docs/engine-facts.md
   * §2). A worker that has not used it yet does not know it.
   */
  private async inspectedWhere(listed: unknown): Promise<unknown> {
    const network = asRecord(listed);
    if (network.Scope !== 'swarm' || network.Driver === 'overlay') return listed;
    return this.answers.entity(this.answers.networkPath(asText(network.Id))).catch((error: unknown) => {
      if (error instanceof ProblemError && error.problem.code === 'network_not_found') return listed;
      throw error;
    });
  }

  /**
   * Newer inspects leave out the MAC that a container was made with, and show it to whoever speaks an older version
   * (docs/engine-facts.md §2).
   */
  private inspectPath(containerId: string): string {
    return `${this.hidesMac ? `/v${lastWithOwnMac}` : ''}${this.answers.containerPath(containerId)}/json`;
  }

  /** The engine's capabilities, asked for when nobody has asked for its facts yet. */
  private async known(): Promise<Capabilities> {
    if (this.capabilities) return this.capabilities;
    return this.learnt(mapEngine(await this.connection.json({ path: '/version' }), {})).capabilities;
  }

  private learnt(facts: EngineFacts): EngineFacts {
    this.capabilities = facts.capabilities;
    this.podman = facts.product === 'podman';
    this.hidesMac = !this.podman && hasChanged(facts.apiVersion, 'hidesOwnMac');
    return facts;
  }

  /** What Podman says of its networks in its own API; nothing for another engine. */
  private async libpodNetworks(): Promise<unknown[]> {
    return this.podman ? this.answers.list(`${LIBPOD}/networks/json`, (json) => json) : [];
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

  /** Starts and stops answer 304 where it is so already. A stop takes as long as the container was given to end. */
  private async unlessSo(path: string): Promise<void> {
    await this.connection.bytes({ method: 'POST', path, timeoutMs: 120_000 }).catch((error: unknown) => {
      if (!(error instanceof ProblemError && error.problem.params?.status === 304)) throw error;
    });
  }

  private async send(path: string, body: object): Promise<void> {
    await this.connection.bytes({ method: 'POST', path, body });
  }

  private context(): MapContext {
    return { engineId: this.engineId, podman: this.podman };
  }

  private refuseConfigOnly(network: Network): void {
    if (!network.configOnly) return;
    const place = { engineId: this.engineId };
    throw new ProblemError(hostless('network_config_only', { network: network.name }, place));
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
