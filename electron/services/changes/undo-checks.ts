import {
  isHostStep,
  policyKindOf,
  policySubject,
  puts,
  type ChangeRecord,
  type HostResult,
  type Network,
  type Problem,
  type Snapshot,
  type Step,
} from '../../../shared/model';
import {
  formatCidr,
  madeWith,
  makesNetwork,
  membersOf,
  onNetwork,
  overlaps,
  parseCidr,
  problem,
  sortNatural,
  type Cidr,
} from '../../../shared/rules';
import { hostless } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import type { RecreatedNetworks } from './recreated-networks';
import { standing, untouched } from './states';
import { isAmong, type PastGone } from './undo-past-gone';

/** Steps for one engine. */
interface Job {
  engineId: string;
  steps: Step[];
}

/**
 * The same steps on the networks of today: one that we made anew since (an edit that was undone) has another id. A container
 * goes back to what has the old name, whoever made it, since that takes nothing from anybody; nothing is taken
 * off or removed by a name alone. What a policy puts there follows its network by name, as the policy does.
 */
export function retarget<J extends Job>(
  job: J,
  { networks }: Pick<Snapshot, 'networks'>,
  recreated: RecreatedNetworks,
): J {
  const { engineId } = job;
  const here = networks.filter((one) => one.engineId === engineId);
  const steps = job.steps.map((step): Step => {
    if (!('networkId' in step) || here.some((one) => one.id === step.networkId)) return step;
    const byName = step.op === 'connect' || isHostStep(step);
    const named = () => (byName ? here.find((one) => one.name === step.networkName) : undefined);
    const same = recreated.find(engineId, step.networkId, here) ?? named();
    if (!same) return step;
    const networkId = same.id;
    return isHostStep(step) ? onNetwork(step, networkId) : { ...step, networkId };
  });
  return { ...job, steps };
}

/** What networks engines have, each asked once: several changes of one engine are judged at a time. */
export function networksOnce(
  client: (engineId: string) => EngineClient,
): (engineId: string) => Promise<Network[]> {
  const asked = new Map<string, Promise<Network[]>>();
  return (engineId) => {
    const known = asked.get(engineId) ?? client(engineId).networks();
    asked.set(engineId, known);
    return known;
  };
}

/**
 * A network that these steps would remove, take a container off, or lead a host to, and that is not there any more. What
 * has its name by now is another hand's. By what the engine itself says.
 *
 * @param past networks that need not be there
 */
export async function goneProblem(
  { engineId, steps }: Job,
  networks: (engineId: string) => Promise<readonly Network[]>,
  past: PastGone['gone'] = [],
): Promise<Problem | null> {
  const about = steps.flatMap((step) => {
    const needed = isHostStep(step)
      ? puts(step)
      : (step.op === 'remove-network' || step.op === 'disconnect') &&
        !isAmong(past, engineId, step.networkName);
    return needed && 'networkId' in step ? [step] : [];
  });
  if (about.length === 0) return null;
  const here = await networks(engineId);
  const step = about.find(({ networkId }) => here.every((one) => one.id !== networkId));
  if (!step) return null;
  const { networkName: network } = step;
  // What a policy is to put there again it has taken away, and that stands.
  const gone = isHostStep(step) ? 'one_network_gone' : 'network_gone';
  const context = here.some((one) => one.name === network) ? 'network_replaced' : gone;
  return hostless('change_not_undoable', { context, network }, { engineId });
}

/** A network that these steps would make again, while another has come to have its name since. */
export async function twinProblem(
  { engineId, steps }: Job,
  networks: (engineId: string) => Promise<readonly Network[]>,
): Promise<Problem | null> {
  const making = steps.filter(makesNetwork);
  if (making.length === 0) return null;
  const removed = new Set(steps.flatMap((step) => (step.op === 'remove-network' ? [step.networkId] : [])));
  const left = (await networks(engineId)).filter(({ id }) => !removed.has(id));
  const step = making.find(({ networkName }) => left.some(({ name }) => name === networkName));
  if (!step) return null;
  return hostless('change_not_undoable', { context: 'twin', network: step.networkName }, { engineId });
}

/** The pools that an engine holds against others: it sees an overlap only where no range is given. */
const wholePools = ({ configOnly, subnets }: Pick<Network, 'configOnly' | 'subnets'>): Cidr[] =>
  configOnly ? [] : subnets.flatMap(({ subnet, ipRange }) => (ipRange ? [] : (parseCidr(subnet) ?? [])));

/** A network that these steps would make again, while another has come to have its subnet since. */
export async function overlapProblem(
  { engineId, steps }: Job,
  networks: (engineId: string) => Promise<readonly Network[]>,
): Promise<Problem | null> {
  const making = steps.filter((step) => step.op === 'restore-network');
  if (making.length === 0) return null;
  const removed = new Set(steps.flatMap((step) => (step.op === 'remove-network' ? [step.networkId] : [])));
  const left = (await networks(engineId)).filter(({ id, scope }) => !removed.has(id) && scope === 'local');
  for (const { networkName: network, form } of making)
    for (const subnet of wholePools(form)) {
      const other = left.find((each) => wholePools(each).some((one) => overlaps(one, subnet)));
      if (!other) continue;
      const params = { context: 'overlap', network, subnet: formatCidr(subnet), other: other.name } as const;
      return hostless('change_not_undoable', params, { engineId });
    }
  return null;
}

/** A network that these steps would give a container back to, and that is not there, nor made by them before. */
export async function nowhereProblem(
  { engineId, steps }: Job,
  networks: (engineId: string) => Promise<readonly Network[]>,
): Promise<Problem | null> {
  const made = new Set(steps.filter(makesNetwork).map(({ networkName }) => networkName));
  const back = steps.filter((step) => step.op === 'connect').filter((step) => !made.has(step.networkName));
  if (back.length === 0) return null;
  const ids = new Set((await networks(engineId)).map(({ id }) => id));
  const step = back.find(({ networkId }) => !ids.has(networkId));
  if (!step) return null;
  const { containerName: container, networkName: network } = step;
  return hostless('change_not_undoable', { context: 'nowhere', container, network }, { engineId });
}

/**
 * A container that came to a network since, and that is not taken off it by these steps. While it is stopped the engine
 * would remove the network under it without a word, and it could never start again. Nor can one that was made with it, wherever
 * that is now.
 */
export function strandedProblem(job: Job, snapshot: Snapshot): Problem | null {
  const off = new Set<string>();
  const again = new Set(job.steps.filter(makesNetwork).map(({ networkName }) => networkName));
  for (const step of job.steps) {
    if (step.op === 'disconnect') off.add(`${step.containerId}@${step.networkName}`);
    if (step.op !== 'remove-network') continue;
    const network = snapshot.networks.find(
      (one) => one.engineId === job.engineId && one.id === step.networkId,
    );
    const left = network ? membersOf(network, snapshot) : [];
    const needing = network ? madeWith(network, snapshot) : { byName: [], byId: [] };
    const names = left
      .map(({ container }) => container)
      .filter((one) => !off.has(`${one.id}@${step.networkName}`))
      .map((one) => one.name);
    const place = { engineId: job.engineId };
    const told = (who: readonly string[]) => ({
      network: step.networkName,
      container: [...who].sort(sortNatural).join(', '),
    });
    if (names.length > 0) return problem('network_in_use', told(names), place);
    const made = [...(again.has(step.networkName) ? [] : needing.byName), ...needing.byId];
    if (made.length === 0) continue;
    const params = { context: 'made_with', ...told(made.map(({ name }) => name)) } as const;
    return problem('network_in_use', params, place);
  }
  return null;
}

/** What a step is about: a container's attachment, what a policy puts there, or a network as such. By name, which a network keeps when remade. */
const subjectOf = (step: Step): string => {
  if (isHostStep(step)) return `${policyKindOf(step)} ${policySubject(step)}`;
  if (!('containerId' in step)) return step.networkName;
  return 'networkName' in step ? `${step.containerId}@${step.networkName}` : step.containerId;
};

/** Whether nothing of a change is to be taken back on a host. */
const isOver = ({ state }: HostResult): boolean => untouched.includes(state) || state === 'left';

/** The subjects of a change on each of the hosts where it stands, and their names. */
const subjectsOf = ({ hosts }: ChangeRecord): Map<string, string> =>
  new Map(
    hosts
      .filter((host) => !isOver(host))
      .flatMap(({ engineId, steps }) =>
        steps.map((step) => [`${engineId} ${subjectOf(step)}`, namesOf(step).join(', ')] as const),
      ),
  );

/** What stands in the way of undoing an earlier change. */
export interface Overtaking {
  record: ChangeRecord;
  /** The container and the network that both are about. */
  names: string;
}

const namesOf = (step: Step): string[] => [
  ...('containerName' in step ? [step.containerName] : []),
  ...('networkName' in step ? [step.networkName] : []),
];

/**
 * A later change of whatever kind, still applied or left half-done, of the same attachment or network on a host. Undoing the earlier
 * one below it would take the later one's work away unasked. One that can't be undone comes first: undoing the others would
 * not help.
 *
 * @param newestFirst the change log
 */
export function overtakenBy(
  record: ChangeRecord,
  newestFirst: readonly ChangeRecord[],
): Overtaking | undefined {
  const mine = subjectsOf(record);
  const index = newestFirst.findIndex((each) => each.id === record.id);
  const found = newestFirst.slice(0, Math.max(0, index)).flatMap((each): Overtaking[] => {
    if (!standing.includes(each.state)) return [];
    const both = [...subjectsOf(each)].find(([subject]) => mine.has(subject));
    return both ? [{ record: each, names: both[1] }] : [];
  });
  return found.find((each) => !each.record.undoable) ?? found[0];
}
