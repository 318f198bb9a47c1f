import { ProblemError } from '../../../shared/model';
import { atHost } from '../../../shared/rules';
import type { EngineClient, EngineImages } from '../../docker';

type Work<A extends unknown[], T> = (...args: A) => Promise<T>;

/** Every member named, so that one that is added to the port is wrapped here or does not compile. */
class NamedClient implements EngineClient {
  readonly engineId: string;
  readonly endpoint: string;
  readonly images: EngineImages;

  constructor(
    private readonly inner: EngineClient,
    private readonly nameOf: () => string,
  ) {
    const { images } = inner;
    this.engineId = inner.engineId;
    this.endpoint = inner.endpoint;
    this.images = {
      find: this.told((reference) => images.find(reference)),
      load: this.told((tar) => images.load(tar)),
      build: this.told((context, reference) => images.build(context, reference)),
      pull: this.told((reference) => images.pull(reference)),
      remove: this.told((reference) => images.remove(reference)),
    };
  }

  facts: EngineClient['facts'] = () => this.tell(this.inner.facts());
  ping: EngineClient['ping'] = (timeoutMs) => this.tell(this.inner.ping(timeoutMs));
  networks: EngineClient['networks'] = () => this.tell(this.inner.networks());
  network: EngineClient['network'] = (id) => this.tell(this.inner.network(id));
  containers: EngineClient['containers'] = () => this.tell(this.inner.containers());
  nameless: EngineClient['nameless'] = () => this.inner.nameless();
  tellsPins: EngineClient['tellsPins'] = () => this.inner.tellsPins();
  tellsOf: EngineClient['tellsOf'] = (request) => this.inner.tellsOf(request);
  tellsOfNetwork: EngineClient['tellsOfNetwork'] = (spec) => this.inner.tellsOfNetwork(spec);
  container: EngineClient['container'] = (id) => this.tell(this.inner.container(id));
  raw: EngineClient['raw'] = (kind, id) => this.tell(this.inner.raw(kind, id));
  connect: EngineClient['connect'] = (...args) => this.tell(this.inner.connect(...args));
  disconnect: EngineClient['disconnect'] = (...args) => this.tell(this.inner.disconnect(...args));
  start: EngineClient['start'] = (id) => this.tell(this.inner.start(id));
  stop: EngineClient['stop'] = (id) => this.tell(this.inner.stop(id));
  createNetwork: EngineClient['createNetwork'] = (spec) => this.tell(this.inner.createNetwork(spec));
  restoreNetwork: EngineClient['restoreNetwork'] = (form) => this.tell(this.inner.restoreNetwork(form));
  picture: EngineClient['picture'] = (subject) => this.tell(this.inner.picture(subject));
  removeNetwork: EngineClient['removeNetwork'] = (id) => this.tell(this.inner.removeNetwork(id));
  interfaceMacs: EngineClient['interfaceMacs'] = (id) => this.tell(this.inner.interfaceMacs(id));
  runHelper: EngineClient['runHelper'] = (request) => this.tell(this.inner.runHelper(request));
  sweepHelpers: EngineClient['sweepHelpers'] = () => this.tell(this.inner.sweepHelpers());
  keepHelper: EngineClient['keepHelper'] = (request) => this.tell(this.inner.keepHelper(request));
  keptHelpers: EngineClient['keptHelpers'] = (task) => this.tell(this.inner.keptHelpers(task));
  removeKeptHelper: EngineClient['removeKeptHelper'] = (name) => this.tell(this.inner.removeKeptHelper(name));
  helperLines: EngineClient['helperLines'] = (name, onLine, onEnd) =>
    this.inner.helperLines(name, onLine, (reason) => onEnd(this.named(reason) as Error));
  clearHelpers: EngineClient['clearHelpers'] = (run) => this.tell(this.inner.clearHelpers(run));
  close: EngineClient['close'] = () => this.inner.close();
  events: EngineClient['events'] = (onEvent, onEnd) =>
    this.tell(this.inner.events(onEvent, (reason) => onEnd(this.named(reason) as Error)));
  counters: EngineClient['counters'] = (id, onSample, onEnd) =>
    this.inner.counters(id, onSample, (reason) => onEnd(this.named(reason) as Error));

  private told<A extends unknown[], T>(work: Work<A, T>): Work<A, T> {
    return (...args) => this.tell(work(...args));
  }

  private tell<T>(work: Promise<T>): Promise<T> {
    return work.catch((error: unknown) => {
      throw this.named(error);
    });
  }

  private named(error: unknown): unknown {
    if (!(error instanceof ProblemError)) return error;
    const told = atHost(error.problem, this.nameOf());
    return told === error.problem ? error : new ProblemError(told, { cause: error.cause });
  }
}

/**
 * The engine as services see it: what it refuses, or does not answer, says on which host. An answer does not tell that, and
 * the sentences speak of it.
 *
 * @param nameOf what the admin calls the host at that time
 */
export const namedClient = (client: EngineClient, nameOf: () => string): EngineClient =>
  new NamedClient(client, nameOf);
