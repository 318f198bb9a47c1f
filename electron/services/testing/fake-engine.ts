import {
  ProblemError,
  type Capabilities,
  type Container,
  type EndpointRequest,
  type ErrorCode,
  type Network,
  type NetworkForm,
  type NetworkSpec,
  type Picture,
  type PictureSubject,
} from '../../../shared/model';
import type {
  CountersSample,
  EngineClient,
  EngineEvent,
  EngineFacts,
  EngineImage,
  EngineImages,
  HelperRequest,
  HelperResult,
  KeptHelper,
  KeptHelperRequest,
  Disposable,
  Sweep,
} from '../../docker';
import { toldEndpoint, toldNetwork } from '../../docker/json/request-bodies';
import { isLive, requestOf } from '../../../shared/rules';
import {
  attachment,
  checkCreate,
  checkRemove,
  checkRestore,
  disconnected,
  leftover,
  madeNetwork,
  phantom,
  restoredNetwork,
  stoppedEndpoint,
  withGoneId,
} from './fake-networking';
import { capabilities, facts, problem } from './fake-things';

export { capabilities, container, endpoint, facts, network, problem } from './fake-things';

/** An answer of the engine itself: whoever gets it knows that nothing was done. */
const refusal = (code: ErrorCode): ProblemError =>
  new ProblemError({ code, message: code, params: { status: 500 } });

const flat = (thing: object): Picture =>
  Object.fromEntries(
    Object.entries(thing)
      .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const)
      .filter(([, text]) => !['', '[]', '{}', '0', 'false', undefined].includes(text)),
  );

/** For unit tests only: the port as a handful of maps, with every call recorded and any call made to fail on demand. */
export class FakeEngine implements EngineClient {
  constructor(readonly engineId = 'e1') {}

  readonly endpoint = 'unix:///fake.sock';
  readonly calls: string[] = [];
  readonly networkMap = new Map<string, Network>();
  readonly containerMap = new Map<string, Container>();
  /** Called before each method with its name; throws to make that call fail. */
  before: (call: string) => void | Promise<void> = () => undefined;
  onEvent: (event: EngineEvent) => void = () => undefined;
  endEvents: (reason: Error) => void = () => undefined;
  readonly streams = new Map<string, (sample: CountersSample) => void>();
  macs = new Map<string, string>();
  /** What it can do; nothing that came after 20.10 unless told. */
  can: Capabilities = capabilities;
  /** Parents that are gone, or belong to a bridge: nothing can be put on them. */
  readonly unusable = new Set<string>();
  /** Up to 28.5 a live connect that fails on such a parent leaves an entry; 29.7 leaves nothing (docs/engine-facts.md §2). */
  keepsLeftovers = true;
  /** Podman's does not. */
  tellsPins: EngineClient['tellsPins'] = () => true;
  tellsOf: EngineClient['tellsOf'] = (request) => toldEndpoint(request, this.can, !this.tellsPins());
  tellsOfNetwork: EngineClient['tellsOfNetwork'] = (spec) => toldNetwork(spec, !this.tellsPins());
  private made = 0;

  add(...things: (Network | Container)[]): this {
    for (const each of things) {
      if ('driver' in each) this.networkMap.set(each.id, each);
      else this.containerMap.set(each.id, each);
    }
    return this;
  }

  /** The same engine for a new caller: what is there, and that ids of networks never come again. */
  another(): FakeEngine {
    const other = new FakeEngine(this.engineId).add(
      ...this.networkMap.values(),
      ...this.containerMap.values(),
    );
    other.made = this.made;
    other.can = this.can;
    other.keepsLeftovers = this.keepsLeftovers;
    other.tellsPins = this.tellsPins;
    for (const parent of this.unusable) other.unusable.add(parent);
    return other;
  }

  private async call(name: string): Promise<void> {
    this.calls.push(name);
    await this.before(name);
  }
  async facts(): Promise<EngineFacts> {
    await this.call('facts');
    return { ...facts, capabilities: this.can };
  }
  ping = () => this.call('ping');
  async networks(): Promise<Network[]> {
    await this.call('networks');
    return [...this.networkMap.values()];
  }
  async network(id: string): Promise<Network> {
    await this.call(`network ${id}`);
    return this.networkMap.get(id) ?? Promise.reject(problem('network_not_found'));
  }
  async containers(): Promise<Container[]> {
    await this.call('containers');
    return [...this.containerMap.values()].map((each) => ({ ...each, detail: null }));
  }
  /** Entries of its lists without an id. */
  withoutId = 0;
  nameless = () => this.withoutId;
  async container(id: string): Promise<Container> {
    await this.call(`container ${id}`);
    return this.containerMap.get(id) ?? Promise.reject(problem('container_not_found'));
  }
  raw = async () => ({});

  /** Not recorded among the calls: it only looks. */
  async picture(subject: PictureSubject): Promise<Picture> {
    if (subject.kind === 'attachment') {
      const who = this.containerMap.get(subject.containerId);
      const on = who?.endpoints.find((each) => each.networkName === subject.networkName);
      const live = who?.state === 'running' || who?.state === 'paused';
      const running: Picture = {
        ...(live && { 'State.Running': 'true' }),
        ...(who?.state === 'paused' && { 'State.Paused': 'true' }),
        ...this.placeOf(subject.networkName),
      };
      if (!on) return running;
      const { ipv4, prefix, ipv6, prefix6, gateway, mac, pinned4, pinned6, ...rest } = on;
      // By the engine's own names: what is in use only while a container runs is compared only then.
      const pins = { 'IPAMConfig.IPv4Address': pinned4, 'IPAMConfig.IPv6Address': pinned6 };
      const used = { IPAddress: ipv4, IPPrefixLen: prefix, GlobalIPv6Address: ipv6 };
      const besides = { GlobalIPv6PrefixLen: prefix6, Gateway: gateway, MacAddress: mac };
      const fixed = { ...rest, networkId: '', endpointId: '', attached: true };
      return { ...running, ...flat({ ...fixed, ...pins, ...used, ...besides }) };
    }
    const found = [...this.networkMap.values()].find((each) => each.name === subject.networkName);
    return found ? flat({ ...found, id: '', created: '' }) : {};
  }

  private placeOf(networkName: string): Picture {
    const found = [...this.networkMap.values()].find((each) => each.name === networkName);
    if (!found) return {};
    const subnets = found.subnets.map(({ subnet }) => subnet).join(' ');
    return { 'Network.Parent': found.parent ?? '', 'Network.Subnets': subnets };
  }

  async connect(networkId: string, containerId: string, wanted: EndpointRequest): Promise<void> {
    await this.call(`connect ${networkId} ${containerId} ${wanted.ipv4 ?? 'automatic'}`);
    const on = this.networkMap.get(networkId);
    const who = this.containerMap.get(containerId);
    if (!on && who && !isLive(who)) return void this.add(withGoneId(who, networkId, wanted));
    if (!on || !who) throw problem('network_not_found');
    // One entry a name: that of a network which is gone makes room.
    const isGone = (each: Container['endpoints'][number]) =>
      each.networkName === on.name && !this.networkMap.has(each.networkId);
    const others = who.endpoints.filter((each) => each.networkId !== networkId && !isGone(each));
    if (who.state === 'restarting') throw refusal('engine_error');
    // The second record of a stopped container for the same network is ignored, and answered with 200.
    if (!isLive(who) && others.length < who.endpoints.length) return;
    try {
      const made = attachment(on, who, wanted, this.containerMap.values(), this.can);
      if (who.state !== 'exited' && this.unusable.has(on.parent ?? '')) {
        if (this.keepsLeftovers)
          this.containerMap.set(containerId, { ...who, endpoints: leftover(on, who, made) });
        throw refusal('parent_busy');
      }
      this.containerMap.set(containerId, { ...who, endpoints: [...others, made] });
    } catch (error) {
      const now = this.containerMap.get(containerId) ?? who;
      this.containerMap.set(containerId, { ...now, endpoints: [...now.endpoints, ...phantom(on, now)] });
      throw error;
    }
  }
  async disconnect(networkId: string, containerId: string): Promise<void> {
    await this.call(`disconnect ${networkId} ${containerId}`);
    const who = this.containerMap.get(containerId);
    const left = disconnected(networkId, who, this.networkMap);
    this.containerMap.set(containerId, left);
  }
  async stop(containerId: string): Promise<void> {
    await this.call(`stop ${containerId}`);
    const who = await this.known(containerId);
    this.containerMap.set(containerId, {
      ...who,
      state: 'exited',
      endpoints: who.endpoints.map(stoppedEndpoint),
    });
  }
  async start(containerId: string): Promise<void> {
    await this.call(`start ${containerId}`);
    const who = await this.known(containerId);
    if (who.state === 'running') return;
    const running: Container = { ...who, state: 'running', endpoints: [] };
    const endpoints = who.endpoints.map((entry) => {
      const on = this.networkMap.get(entry.networkId);
      if (!on) throw refusal('network_not_found');
      if (this.unusable.has(on.parent ?? '')) throw refusal('parent_busy');
      return attachment(on, running, requestOf(entry), this.containerMap.values(), this.can);
    });
    this.containerMap.set(containerId, { ...running, endpoints });
  }
  private async known(containerId: string): Promise<Container> {
    return this.containerMap.get(containerId) ?? Promise.reject(problem('container_not_found'));
  }
  async createNetwork(spec: NetworkSpec): Promise<string> {
    await this.call(`create-network ${spec.name}`);
    checkCreate(spec, this.networkMap.values(), this.can);
    const id = `made-${++this.made}`;
    this.add({ ...madeNetwork(id, spec), engineId: this.engineId });
    return id;
  }
  async restoreNetwork(form: NetworkForm): Promise<string> {
    await this.call(`restore-network ${form.name}`);
    const id = `made-${++this.made}`;
    const made = restoredNetwork(id, form);
    checkRestore(made, this.networkMap.values(), this.can);
    this.add({ ...made, engineId: this.engineId });
    return id;
  }
  async removeNetwork(id: string): Promise<void> {
    await this.call(`remove-network ${id}`);
    if (!this.networkMap.has(id)) throw problem('network_not_found');
    checkRemove(id, this.containerMap.values());
    this.networkMap.delete(id);
  }
  async events(onEvent: (event: EngineEvent) => void, onEnd: (reason: Error) => void) {
    await this.call('events');
    this.onEvent = onEvent;
    this.endEvents = onEnd;
    return { dispose: () => void this.calls.push('events disposed') };
  }
  counters(containerId: string, onSample: (sample: CountersSample) => void) {
    this.calls.push(`counters ${containerId}`);
    this.streams.set(containerId, onSample);
    return { dispose: () => void this.streams.delete(containerId) };
  }
  async interfaceMacs(): Promise<Map<string, string>> {
    await this.call('interfaceMacs');
    return this.macs;
  }
  readonly imageMap = new Map<string, EngineImage>();
  /** What a load or build puts there, by reference. */
  loads: [string, EngineImage] | null = null;
  private readonly putImage = async (call: string) => {
    await this.call(call);
    if (this.loads) this.imageMap.set(...this.loads);
  };
  readonly images: EngineImages = {
    find: async (reference) => this.imageMap.get(reference) ?? null,
    load: () => this.putImage('load'),
    build: (_, reference) => this.putImage(`build ${reference}`),
    pull: (reference) => this.putImage(`pull ${reference}`),
    remove: async (reference) => {
      await this.call(`remove-image ${reference}`);
      this.imageMap.delete(reference);
    },
  };
  /** How helpers end. */
  helper: (request: HelperRequest) => HelperResult | Promise<HelperResult> = () => ({
    exitCode: 0,
    stdout: '',
    stderr: '',
  });
  async runHelper(request: HelperRequest): Promise<HelperResult> {
    await this.call(`helper ${request.task}`);
    return this.helper(request);
  }
  /** Helpers of others that a sweep finds and leaves. */
  waiting = 0;
  async sweepHelpers(): Promise<Sweep> {
    await this.call('sweep');
    return { removed: 0, waiting: this.waiting, left: this.left };
  }
  /** Those that go on, by name. */
  readonly kept = new Map<string, KeptHelperRequest & { ended?: true }>();
  /** Whoever follows the words of one, by its name. */
  readonly following = new Map<string, (line: string) => void>();

  async keepHelper(request: KeptHelperRequest): Promise<void> {
    await this.call(`keepHelper ${request.name}`);
    this.kept.set(request.name, request);
  }

  async keptHelpers(task: string): Promise<KeptHelper[]> {
    await this.call(`keptHelpers ${task}`);
    return [...this.kept.values()]
      .filter((each) => each.task === task)
      .map(({ name, made, ended }) => ({ name, made, ended: ended === true }));
  }

  async removeKeptHelper(name: string): Promise<void> {
    await this.call(`removeKeptHelper ${name}`);
    this.kept.delete(name);
  }

  helperLines(name: string, onLine: (line: string) => void): Disposable {
    this.following.set(name, onLine);
    return { dispose: () => void this.following.delete(name) };
  }

  async clearHelpers(): Promise<string[]> {
    await this.call('clear-helpers');
    return this.left;
  }
  /** Names of helpers that can't be removed. */
  left: string[] = [];
  close(): void {
    this.calls.push('close');
  }
}
