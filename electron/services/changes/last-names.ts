import { ProblemError, type ChangeRequest, type Problem, type Step } from '../../../shared/model';
import { shortId, type Inventory } from '../../../shared/rules';
import { atHost, hostless, problem } from '../../../shared/texts';
import { keepNewest } from '../storage/newest';

type Things = Pick<Inventory, 'containers' | 'networks'>;

const idsIn = (request: ChangeRequest): string[] => {
  if (request.kind === 'restore-several') return request.containers.map(({ containerId }) => containerId);
  return (['containerId', 'networkId', 'fromNetworkId', 'toNetworkId'] as const).flatMap((key) => {
    const id = (request as Partial<Record<typeof key, string>>)[key];
    return id === undefined ? [] : [id];
  });
};

/**
 * What the containers and networks were called that were asked about: one that is removed before its change is applied
 * leaves nothing but an id, which says nothing to whoever chose it by its name.
 */
export class LastNames {
  private readonly names = new Map<string, string>();

  /** @param most as many names are kept, the newest */
  constructor(private readonly most: number) {}

  /** Notes what they are called now. */
  learn(request: ChangeRequest, { containers, networks }: Things): void {
    if (!('engineId' in request)) return;
    for (const id of idsIn(request)) {
      const here = (one: { engineId: string; id: string }) =>
        one.engineId === request.engineId && one.id === id;
      const found = containers.find(here) ?? networks.find(here);
      if (!found) continue;
      this.names.delete(id);
      this.names.set(id, found.name);
    }
    keepNewest(this.names, this.most);
  }

  /** The same problem, with the names that are known instead of ids. */
  told(request: ChangeRequest, found: Problem): Problem {
    const { code, params = {}, engineId, field } = found;
    const place = { ...(engineId ? { engineId } : {}), ...(field ? { field } : {}) };
    const name = (said: string | number | undefined): string | undefined => {
      const id = idsIn(request).find((each) => each === said || shortId(each) === said);
      return id === undefined ? undefined : this.names.get(id);
    };
    if (params.context !== undefined) return found;
    const host = String(params.host ?? '');
    const [container, network] = [name(params.container), name(params.network)];
    if (code === 'container_not_found' && container) return problem(code, { container, host }, place);
    if (code === 'network_not_found' && network) return problem(code, { network, host }, place);
    return found;
  }
}

/**
 * What went wrong with a step, by the names that it has for what is gone: engines tell but an id.
 *
 * @param on left out: as the problem has it
 */
export function namedAs(step: Step, error: unknown, on?: string): unknown {
  if (!(error instanceof ProblemError)) return error;
  const { code, params: { context, ...params } = {} } = error.problem;
  if (context !== undefined && context !== 'unnamed') return error;
  const host = on ?? String(params['host'] ?? '');
  const named = (by: Problem) => {
    const told = host ? atHost(by, host) : by;
    const all = { ...error.problem, ...told, params: { ...params, ...told.params } };
    return new ProblemError(all, { cause: error });
  };
  if (code === 'network_not_found' && 'networkName' in step)
    return named(hostless(code, { network: step.networkName }));
  if (code === 'mode_network_gone' && 'containerId' in step)
    return named(hostless(code, { container: step.containerName, network: String(params['network']) }));
  if (code === 'container_not_found' && 'containerId' in step)
    return named(hostless(code, { container: step.containerName }));
  return error;
}

/** For what is asked of a step's container or network. */
export const byNames =
  (step: Step, host?: string) =>
  (error: unknown): never => {
    throw namedAs(step, error, host);
  };
