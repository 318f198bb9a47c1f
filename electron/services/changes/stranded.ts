import type { ChangeRecord, Container, Endpoint, Network, Problem, Step } from '../../../shared/model';
import { isLive, networkOf, sortNatural } from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import type { HostRun, Run } from '../storage/journal';

type NetworkStep = Extract<Step, { op: 'connect' | 'remove-network' }>;

/**
 * What a run has removed on a host, on the way forth or back, or may have with the call in doubt; and what it connects there: a
 * connect that failed may have left an entry, too.
 */
function sentBy({ steps, done, doubt, back = [] }: HostRun): NetworkStep[] {
  const planned = doubt && (doubt.back ? done[doubt.at]?.inverse : steps[doubt.at]);
  const sent = [...steps.slice(0, done.length), ...back, ...(planned ? [planned] : [])];
  return [
    ...sent.filter((step) => step.op === 'remove-network'),
    ...[...steps, ...back].filter((step) => step.op === 'connect'),
  ];
}

/** Of one that came to it while it was stopped the record has but the name, or the id for a name (docs/engine-facts.md §2). */
const isOf = ({ networkId: id, networkName: name }: Endpoint, step: NetworkStep): boolean =>
  id ? id === step.networkId : name === step.networkName || name === step.networkId;

/** Entries of stopped containers for networks that are gone, by what a run did there. */
async function strandedOn(client: EngineClient, host: HostRun): Promise<Problem[]> {
  const sent = sentBy(host);
  if (sent.length === 0) return [];
  const [networks, containers] = await Promise.all([client.networks(), client.containers()]);
  const { engineId, engineName } = host;
  return containers
    .filter((container) => !isLive(container))
    .sort((a, b) => sortNatural(a.name, b.name))
    .flatMap((container) =>
      strandedNetworks(container, sent, networks).map((network) =>
        problem('container_stranded', { container: container.name, network, host: engineName }, { engineId }),
      ),
    );
}

/** Of each network that a run has surely removed on a host which could not be read after that. */
function notLookedAt({ steps, done, back = [], engineId, engineName }: HostRun): Problem[] {
  const sent = [...steps.slice(0, done.length), ...back];
  const names = sent.flatMap((step) => (step.op === 'remove-network' ? [step.networkName] : []));
  return [...new Set(names)].map((network) =>
    problem('container_stranded', { context: 'unlooked', network, host: engineName }, { engineId }),
  );
}

/** By their names. What a run removed is gone for all containers; what it connected, for that one. */
const strandedNetworks = (
  { id, endpoints }: Container,
  sent: readonly NetworkStep[],
  networks: readonly Network[],
): string[] =>
  endpoints
    .filter((endpoint) => networkOf(endpoint, networks) === null)
    .flatMap((endpoint) => {
      const step = sent.find(
        (each) => (each.op === 'remove-network' || each.containerId === id) && isOf(endpoint, each),
      );
      return step ? [step.networkName] : [];
    });

/**
 * Stopped containers that another hand has attached to a network right before a run removed it, or whose network another
 * hand removed as a run attached them: the engine removes it under them without a word. As it stands in a record. Of a host that
 * is lost right now it says that nobody has looked: its picture tells of it later.
 */
export async function strandedIn(
  client: (engineId: string) => EngineClient,
  run: Run | undefined,
): Promise<Pick<ChangeRecord, 'stranded'>> {
  const asked = (run?.hosts ?? []).map((host) => {
    const read = async () => strandedOn(client(host.engineId), host);
    return read().catch(() => notLookedAt(host));
  });
  const stranded = (await Promise.all(asked)).flat();
  return stranded.length > 0 ? { stranded } : {};
}
