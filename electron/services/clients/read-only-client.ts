import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import type { EngineClient, EngineImages } from '../../docker';

/** Every member named, so that one that is added to the port is classified here or does not compile. */
class ReadOnlyClient implements EngineClient {
  readonly engineId: string;
  readonly endpoint: string;
  readonly images: EngineImages;

  constructor(private readonly inner: EngineClient) {
    this.engineId = inner.engineId;
    this.endpoint = inner.endpoint;
    this.images = {
      find: (reference) => inner.images.find(reference),
      load: this.refuse,
      build: this.refuse,
      pull: this.refuse,
      remove: this.refuse,
    };
  }

  facts: EngineClient['facts'] = () => this.inner.facts();
  ping: EngineClient['ping'] = (timeoutMs) => this.inner.ping(timeoutMs);
  networks: EngineClient['networks'] = () => this.inner.networks();
  network: EngineClient['network'] = (id) => this.inner.network(id);
  containers: EngineClient['containers'] = () => this.inner.containers();
  nameless: EngineClient['nameless'] = () => this.inner.nameless();
  tellsPins: EngineClient['tellsPins'] = () => this.inner.tellsPins();
  tellsOf: EngineClient['tellsOf'] = (request) => this.inner.tellsOf(request);
  tellsOfNetwork: EngineClient['tellsOfNetwork'] = (spec) => this.inner.tellsOfNetwork(spec);
  container: EngineClient['container'] = (id) => this.inner.container(id);
  raw: EngineClient['raw'] = (kind, id) => this.inner.raw(kind, id);
  picture: EngineClient['picture'] = (subject) => this.inner.picture(subject);
  events: EngineClient['events'] = (onEvent, onEnd) => this.inner.events(onEvent, onEnd);
  counters: EngineClient['counters'] = (id, onSample, onEnd) => this.inner.counters(id, onSample, onEnd);
  keptHelpers: EngineClient['keptHelpers'] = (task) => this.inner.keptHelpers(task);
  helperLines: EngineClient['helperLines'] = (...args) => this.inner.helperLines(...args);
  close: EngineClient['close'] = () => this.inner.close();

  // An exec is a process in somebody's container. Without it interfaces are matched by their order, and marked so.
  interfaceMacs: EngineClient['interfaceMacs'] = async () => new Map();
  sweepHelpers: EngineClient['sweepHelpers'] = async () => ({ removed: 0, waiting: 0, left: [] });
  clearHelpers: EngineClient['clearHelpers'] = async () => [];

  connect: EngineClient['connect'] = () => this.refuse();
  disconnect: EngineClient['disconnect'] = () => this.refuse();
  start: EngineClient['start'] = () => this.refuse();
  stop: EngineClient['stop'] = () => this.refuse();
  createNetwork: EngineClient['createNetwork'] = () => this.refuse();
  restoreNetwork: EngineClient['restoreNetwork'] = () => this.refuse();
  removeNetwork: EngineClient['removeNetwork'] = () => this.refuse();
  runHelper: EngineClient['runHelper'] = () => this.refuse();
  keepHelper: EngineClient['keepHelper'] = () => this.refuse();
  removeKeptHelper: EngineClient['removeKeptHelper'] = () => this.refuse();

  private readonly refuse = async (): Promise<never> => {
    throw new ProblemError(problem('read_only', {}, { engineId: this.engineId }));
  };
}

/**
 * The engine as a read-only console may see it: what changes anything there rejects with `read_only`. Services need not
 * be trusted to leave such things alone.
 */
export const readOnlyClient = (client: EngineClient): EngineClient => new ReadOnlyClient(client);
