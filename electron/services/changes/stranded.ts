import type { ChangeRecord, Problem } from '../../../shared/model';
import { isLive, networkOf, sortNatural } from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import type { HostRun, Run } from '../storage/journal';

/** The networks that a run has removed on a host, on the way forth or back, or may have with the call in doubt. */
function removedBy({ steps, done, doubt, back = [] }: HostRun): { ids: Set<string>; names: Set<string> } {
  const planned = doubt && (doubt.back ? done[doubt.at]?.inverse : steps[doubt.at]);
  const sent = [...steps.slice(0, done.length), ...back, ...(planned ? [planned] : [])];
  const removed = sent.flatMap((step) => (step.op === 'remove-network' ? [step] : []));
  return {
    ids: new Set(removed.map(({ networkId }) => networkId)),
    names: new Set(removed.map(({ networkName }) => networkName)),
  };
}

/** What a container that came to a network while it was stopped has of it may be but the name (docs/engine-facts.md §2). */
async function strandedOn(client: EngineClient, host: HostRun): Promise<Problem[]> {
  const { ids, names } = removedBy(host);
  if (ids.size === 0) return [];
  const [networks, containers] = await Promise.all([client.networks(), client.containers()]);
  const { engineId, engineName } = host;
  return containers
    .filter((container) => !isLive(container))
    .sort((a, b) => sortNatural(a.name, b.name))
    .flatMap(({ name: container, endpoints }) =>
      endpoints
        .filter(({ networkId, networkName }) => (networkId ? ids.has(networkId) : names.has(networkName)))
        .filter((endpoint) => networkOf(endpoint, networks) === null)
        .map(({ networkName: network }) =>
          problem('container_stranded', { container, network, host: engineName }, { engineId }),
        ),
    );
}

/**
 * Stopped containers that another hand has attached to a network right before a run removed it: the engine removes it under
 * them without a word. As it stands in a record. A host that is lost right now says nothing: its picture tells of it later.
 */
export async function strandedIn(
  client: (engineId: string) => EngineClient,
  run: Run | undefined,
): Promise<Pick<ChangeRecord, 'stranded'>> {
  const asked = (run?.hosts ?? []).map((host) => {
    const read = async () => strandedOn(client(host.engineId), host);
    return read().catch(() => []);
  });
  const stranded = (await Promise.all(asked)).flat();
  return stranded.length > 0 ? { stranded } : {};
}
