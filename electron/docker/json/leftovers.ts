import { ProblemError, type Container, type Endpoint } from '../../../shared/model';
import { isPseudoName } from '../../../shared/rules/engines/capabilities';
import { isLeftover, isLive } from '../../../shared/rules/membership/leftover';
import { asRecord, asText } from './json';

/**
 * Whether an entry may be the rest of a failed connect. A good one has a gateway, which engines write down last; without
 * one are those of internal, gateway-less and routing networks, and they are asked for one by one.
 */
const isSuspect = (container: Container, endpoint: Endpoint): boolean =>
  endpoint.endpointId !== '' &&
  endpoint.gateway === '' &&
  // These two have no gateway, and nothing is ever left of them.
  !isPseudoName(endpoint.networkName) &&
  isLive(container) &&
  !isLeftover(container, endpoint);

/** Which endpoints a network has; `all` where nothing can be said against any. */
type Known = ReadonlySet<string> | 'all';

/** Engines list all endpoints of a local network there. */
function endpointsOf(json: Record<string, unknown>): Known {
  if (asText(json.Driver) === 'overlay') return 'all';
  return new Set(Object.values(asRecord(json.Containers)).map((each) => asText(asRecord(each).EndpointID)));
}

/** So long an answer may still speak for an endpoint, milliseconds. */
const mostAge = 5_000;

/**
 * What networks say of their endpoints, one answer for all containers that are read at a time. An endpoint's id never
 * comes again, so an answer from before may say that it is known; that it is not, only one that was asked for afterwards.
 */
export class NetworkEndpoints {
  private readonly answers = new Map<string, { begun: number; at: number; known: Promise<Known> }>();
  private readers = 0;
  /** Counts what happens, in its order. */
  private order = 0;

  constructor(private readonly network: (id: string) => Promise<Record<string, unknown>>) {}

  /** Answers are kept while anybody reads, and where the next container is read right after another. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.readers += 1;
    try {
      return await work();
    } finally {
      this.readers -= 1;
      if (this.readers === 0) setImmediate(() => this.readers === 0 && this.answers.clear());
    }
  }

  async isKnown({ networkId, networkName, endpointId }: Endpoint): Promise<boolean> {
    const id = networkId || networkName;
    const read = (this.order += 1);
    const has = (known: Known) => known === 'all' || known.has(endpointId);
    const kept = this.answers.get(id);
    if (kept && performance.now() - kept.at < mostAge && has(await kept.known)) return true;
    const latest = this.answers.get(id);
    return has(await (latest && latest.begun > read ? latest : this.ask(id)).known);
  }

  private ask(id: string) {
    const known = this.network(id)
      .then(endpointsOf)
      // Nothing is on a network that has gone; without an answer nothing is said against it.
      .catch((error: unknown): Known => {
        const gone = error instanceof ProblemError && error.problem.code === 'network_not_found';
        // The next reader asks again: silence is no answer to keep.
        if (!gone && this.answers.get(id) === asked) this.answers.delete(id);
        return gone ? new Set() : 'all';
      });
    const asked = { begun: (this.order += 1), at: performance.now(), known };
    this.answers.set(id, asked);
    return asked;
  }
}

/**
 * Reads a container, with what a failed connect left in it marked as that. On 20.10 to 28.5 such an entry has an id, an
 * address and a MAC; only the network's own list of containers tells it from a good one (docs/engine-facts.md §2).
 *
 * @param read reads the container; is asked once more where something was found, which may have just come or gone
 */
export function withLeftovers(
  read: () => Promise<Container>,
  networks: NetworkEndpoints,
): Promise<Container> {
  return networks.during(() => marked(read, networks));
}

async function marked(read: () => Promise<Container>, networks: NetworkEndpoints): Promise<Container> {
  const container = await read();
  const suspects = container.endpoints.filter((endpoint) => isSuspect(container, endpoint));
  const known = await Promise.all(suspects.map((endpoint) => networks.isKnown(endpoint)));
  const ids = new Set(suspects.filter((_, index) => !known[index]).map((endpoint) => endpoint.endpointId));
  if (ids.size === 0) return container;
  const again = await read();
  const endpoints = again.endpoints.map((endpoint): Endpoint =>
    ids.has(endpoint.endpointId) && isSuspect(again, endpoint) ? { ...endpoint, leftover: true } : endpoint,
  );
  return { ...again, endpoints };
}
