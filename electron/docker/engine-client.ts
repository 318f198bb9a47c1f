import type {
  Capabilities,
  Container,
  EndpointRequest,
  Engine,
  Network,
  NetworkForm,
  NetworkSpec,
  Picture,
  PictureSubject,
} from '../../shared/model';

/** Facts an engine tells of itself and its host: an {@link Engine} without the console's own view of it. */
export type EngineFacts = Omit<
  Engine,
  'id' | 'name' | 'colour' | 'group' | 'position' | 'endpoint' | 'demo' | 'state' | 'since' | 'problem'
> & { capabilities: Capabilities };

/** An engine event worth acting on, already freed of noise (exec_*, health_status, duplicates of 20.10). */
export type EngineEvent =
  | { kind: 'container'; action: string; containerId: string }
  | { kind: 'network'; action: 'create' | 'destroy'; networkId: string }
  | { kind: 'attachment'; action: 'connect' | 'disconnect'; networkId: string; containerId: string }
  | { kind: 'daemon'; action: string };

/** Counters of one interface as the kernel counts them since it was made. Bytes and packets. */
export interface InterfaceCounters {
  interface: string;
  rxBytes: number;
  txBytes: number;
  rxPackets: number;
  txPackets: number;
  rxErrors: number;
  txErrors: number;
  rxDropped: number;
  txDropped: number;
}

/** One reading of all interfaces of a container. */
export interface CountersSample {
  /** When the engine read the counters, milliseconds since the epoch, by the engine's own clock. */
  at: number;
  interfaces: InterfaceCounters[];
}

/** Something running that must be ended. Safe to dispose twice. */
export interface Disposable {
  dispose(): void;
}

/** A container that does one task and is gone afterwards. Nothing is granted that is not named here. */
export interface HelperRequest {
  /** What it is for, `facts`: part of the container's name, and its label. */
  task: string;
  /** An image that the engine has. */
  image: string;
  command: string[];
  /** `host`, `none` or `container:<id>`. */
  network: string;
  /** It sees the host's processes. */
  hostPids: boolean;
  /** Linux capabilities, all others are dropped. Without any it runs as nobody. */
  capabilities: string[];
  /** Without AppArmor's usual profile. */
  unconfined: boolean;
  /** How long the task may take, milliseconds. */
  timeoutMs: number;
  /** The run that it belongs to, by which `clearHelpers` finds it. */
  run?: string;
  /** Ends the task early, with its reason where that is a `ProblemError`; the container is removed all the same. */
  signal?: AbortSignal;
  /** The container could not be removed, however the task ended: a sweep will find it. */
  onLeft?: () => void;
}

/** A container that goes on with its task: the engine starts it again whenever it ends, until it is removed. */
export interface KeptHelperRequest extends Omit<HelperRequest, 'timeoutMs' | 'run' | 'signal' | 'onLeft'> {
  /** Of the container; one that has it already makes way. */
  name: string;
  /** What it is made for, by which it is told from others later; as JSON on its label. */
  made: object;
}

/** One of these as the engine has it. */
export interface KeptHelper {
  name: string;
  /** As it was given; null where its label can't be read. */
  made: unknown;
  /** It has ended and is not started again, or never began. */
  ended: boolean;
}

/** What a look for helpers that were left has come to, in numbers of them. */
export interface Sweep {
  removed: number;
  /** Those of others that are still there and may become leftovers. */
  waiting: number;
  /** Names of this console's own that could not be removed. */
  left: string[];
}

/** How a helper ended. */
export interface HelperResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** An image as it is on the engine. */
export interface EngineImage {
  id: string;
  /** Bytes. */
  size: number;
  /** `amd64`, `arm64`, as the image says. */
  architecture: string;
  labels: Record<string, string>;
}

/** The images of one engine. Tars are whole in memory: ours are some 12 MB. */
export interface EngineImages {
  /** Null when the engine has none of this name. */
  find(reference: string): Promise<EngineImage | null>;
  /** A tar as `docker save` writes it. */
  load(tar: Buffer): Promise<void>;
  /** A build context, its Dockerfile included. */
  build(context: Buffer, reference: string): Promise<void>;
  /** Asks the registry that the reference names. */
  pull(reference: string): Promise<void>;
  /** Takes the name away, and the image with its last name. One that is not there is no failure. */
  remove(reference: string): Promise<void>;
}

/**
 * One engine, spoken to in Trunkline's own models. Every method rejects with a `ProblemError` (shared/model/errors)
 * whose `engineText` holds the engine's words, and never with anything else. All calls have a deadline.
 */
export interface EngineClient {
  readonly engineId: string;
  readonly endpoint: string;
  /** `/version` and `/info`: cheap enough for a health check. */
  facts(): Promise<EngineFacts>;
  /** Answers in milliseconds or rejects within `timeoutMs`. */
  ping(timeoutMs: number): Promise<void>;
  /** All networks, with the IPAM configuration that the list carries. */
  networks(): Promise<Network[]>;
  network(id: string): Promise<Network>;
  /** All containers, stopped ones too; `detail` is null and pins may be missing until inspected. */
  containers(): Promise<Container[]>;
  /** How many entries of the last lists of networks and containers have no id: nothing can be asked or shown of them. */
  nameless(): number;
  /**
   * Whether its inspect tells which addresses of a container are fixed: Podman's does not (docs/engine-facts.md §10), and of a
   * stopped container there nothing says what it was asked for.
   */
  tellsPins(): boolean;
  /** Of what an attachment is asked for besides its addresses, what inspect has to show again: its version takes it, and tells it. */
  tellsOf(
    request: EndpointRequest,
  ): Pick<EndpointRequest, 'mac' | 'aliases' | 'gatewayPriority' | 'driverOptions'>;
  /** The same of a network that is made. */
  tellsOfNetwork(spec: NetworkSpec): Pick<NetworkSpec, 'options' | 'attachable'>;
  /** One container in full. */
  container(id: string): Promise<Container>;
  /** The engine's own JSON. For `engine`, `/info` and `/version` under those names. */
  raw(kind: 'engine' | 'network' | 'container', id: string): Promise<unknown>;
  /** What the engine's own inspect says, for comparing before and after; empty where it is not there. */
  picture(subject: PictureSubject): Promise<Picture>;
  connect(networkId: string, containerId: string, endpoint: EndpointRequest): Promise<void>;
  disconnect(networkId: string, containerId: string, force: boolean): Promise<void>;
  /** One that runs already is no failure. */
  start(containerId: string): Promise<void>;
  /** Waits for its end, however long the container was given for that. One that does not run is no failure. */
  stop(containerId: string): Promise<void>;
  /** Gives the new network's id. */
  createNetwork(spec: NetworkSpec): Promise<string>;
  /** Makes a network again, exactly as it was. Gives its new id. */
  restoreNetwork(form: NetworkForm): Promise<string>;
  removeNetwork(id: string): Promise<void>;
  /**
   * Follows the engine's events. `onEnd` fires once, when the stream ends for whatever reason (with the reason),
   * but not after dispose. Resolves once the engine has accepted the subscription.
   */
  events(onEvent: (event: EngineEvent) => void, onEnd: (reason: Error) => void): Promise<Disposable>;
  /** Follows a running container's interface counters, about once a second. `onEnd` as for events. */
  counters(
    containerId: string,
    onSample: (sample: CountersSample) => void,
    onEnd: (reason: Error) => void,
  ): Disposable;
  /**
   * MAC address of each interface, read inside the container: name → lower-case MAC. Costs an exec (~75 ms), so
   * ask once per start. Empty when the container has no shell to ask.
   */
  interfaceMacs(containerId: string): Promise<Map<string, string>>;
  readonly images: EngineImages;
  /**
   * Makes a container for one task, waits for its end, reads what it wrote and removes it, also when anything fails
   * on the way. Helpers are no part of `containers` and `events`.
   * Rejects with `toolbox_unavailable` (context `timeout`) when the task takes longer than it may.
   */
  runHelper(request: HelperRequest): Promise<HelperResult>;
  /**
   * Removes helpers that a console which was killed has left: those that have ended and whose answer nobody fetches any
   * more, and those whose time is long over; and this console's own that it could not remove. One that another console runs,
   * or has only just run, stays.
   */
  sweepHelpers(): Promise<Sweep>;
  /** Puts a helper there that goes on, and starts it. Where that fails there is none of that name. */
  keepHelper(request: KeptHelperRequest): Promise<void>;
  /** All that go on with a task, whoever put them there. */
  keptHelpers(task: string): Promise<KeptHelper[]>;
  /** Tells it by SIGINT that it ends for good, and gives it some seconds for that. One that is not there is no failure. */
  removeKeptHelper(name: string): Promise<void>;
  /** Follows what such a helper says, from its last line on. `onEnd` as for events. */
  helperLines(name: string, onLine: (line: string) => void, onEnd: (reason: Error) => void): Disposable;
  /** Removes what is left of a run's helpers, and looks again: the names of those that are there still. */
  clearHelpers(run: string): Promise<string[]>;
  /** Ends every stream and closes idle connections. */
  close(): void;
}
