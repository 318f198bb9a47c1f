import { ProblemError, type Problem, type Step } from '../../../shared/model';
import { makesNetwork } from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import { madeAs, type HostRun } from '../storage/journal';
import { byNames } from './last-names';
import type { HostJob } from './run-hosts';

/** Whether what a step is about is not there any more. */
export const isGone = (
  error: unknown,
  code: 'container_not_found' | 'network_not_found',
): error is ProblemError => error instanceof ProblemError && error.problem.code === code;

/** Whether a step failed because its container is gone, or the network that it was to be given. */
export const isGoneFor = (step: Step, error: unknown): error is ProblemError =>
  'containerId' in step &&
  (isGone(error, 'container_not_found') || (step.op === 'connect' && isGone(error, 'network_not_found')));

/** The containers of these steps that are not on the engine any more, each with what it says of that. */
export async function goneContainers(
  client: EngineClient,
  steps: readonly Step[],
): Promise<Map<string, ProblemError>> {
  const asked = new Map(steps.flatMap((step) => ('containerId' in step ? [[step.containerId, step]] : [])));
  const gone = new Map<string, ProblemError>();
  for (const [id, step] of asked) {
    const wrong = await client
      .container(id)
      .then(() => null, byNames(step))
      .catch((error: unknown) => error);
    if (isGone(wrong, 'container_not_found')) gone.set(id, wrong);
    else if (wrong !== null) throw wrong;
  }
  return gone;
}

const networkIds = async (client: EngineClient): Promise<Set<string>> =>
  new Set((await client.networks()).map((each) => each.id));

export const isNetworkThere = (client: EngineClient, id: string): Promise<boolean> =>
  client.network(id).then(
    () => true,
    (error: unknown) => {
      if (isGone(error, 'network_not_found')) return false;
      throw error;
    },
  );

/**
 * Of steps that were done, those that can be read back: without what another hand has removed since.
 *
 * @param run what it has made on that host
 */
export async function stillThere(
  client: EngineClient,
  steps: readonly Step[],
  run: Pick<HostRun, 'made'>,
): Promise<Step[]> {
  const gone = await goneContainers(client, steps);
  const ids = await networkIds(client);
  return steps.filter((step) => {
    if ('containerId' in step && gone.has(step.containerId)) return false;
    if (step.op === 'connect') return ids.has(step.networkId);
    return !makesNetwork(step) || ids.has(madeAs(step.networkName, run) ?? '');
  });
}

/** Without steps on containers that are gone: to them nothing is given. An engine that can't be asked now says so later. */
export async function withoutGone(
  jobs: readonly HostJob[],
  client: (engineId: string) => EngineClient,
): Promise<HostJob[]> {
  return Promise.all(
    jobs.map(async (job) => {
      const gone = await goneContainers(client(job.engineId), job.steps).catch(
        () => new Map<string, unknown>(),
      );
      return {
        ...job,
        steps: job.steps.filter((step) => !('containerId' in step && gone.has(step.containerId))),
      };
    }),
  );
}

/**
 * Why a container would only lose by it: the network that these steps would give it back to is gone, and they would take it
 * off another one that is there.
 *
 * @param made what the run has made on that host
 */
export async function strandedByGone(
  client: EngineClient,
  { engineId, engineName, steps }: HostJob,
  made: Pick<HostRun, 'made'>,
): Promise<Problem | null> {
  const back = steps.filter((step) => step.op === 'connect');
  if (back.length === 0) return null;
  const ids = await networkIds(client).catch(() => null);
  if (!ids) return null;
  const again = new Set(steps.filter(makesNetwork).map((step) => step.networkName));
  const isThere = (step: { networkId: string; networkName: string }) =>
    ids.has(madeAs(step.networkName, made) ?? step.networkId) || again.has(step.networkName);
  const lost = back.find(
    (step) =>
      !isThere(step) &&
      steps.some(
        (each) => each.op === 'disconnect' && each.containerId === step.containerId && isThere(each),
      ),
  );
  if (!lost) return null;
  const { containerName: container, networkName: network } = lost;
  const params = { context: 'taken_off', container, network, host: engineName } as const;
  return problem('change_not_undoable', params, { engineId });
}
