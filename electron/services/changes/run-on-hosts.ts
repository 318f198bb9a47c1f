import { isHostStep, type HostResult, type TakenPicture, type UndoException } from '../../../shared/model';
import { LAN_UNASKED, type Inventory } from '../../../shared/rules';
import type { RunJournal } from '../storage/journal';
import type { ChangesContext } from './context';
import { hadBefore } from './had-before';
import type { HostsOutcome, RunHostsContext } from './run-hosts';
import { AffectedObjects } from './affected-objects';
import { exceptionsIn } from './pictures';

/** How things stood before the change that is done or taken back. */
export interface Before {
  pictures: readonly TakenPicture[] | undefined;
  /**
   * What the steps were last checked against, or older: who comes to have an address after it did so at the same moment, and
   * one of the two gives way. Were it newer, both would take the other for the one that was first.
   */
  since: Inventory;
  /** See {@link RunHostsContext}. */
  carries?: boolean;
}

/**
 * Runs on all hosts of a journal, tells how it goes, and has what was touched read again.
 */
export async function runOnHosts(
  context: Pick<
    ChangesContext,
    'client' | 'access' | 'lans' | 'onProgress' | 'patienceMs' | 'reread' | 'toItsEnd'
  >,
  { id, run }: RunJournal,
  { pictures, since, carries = false }: Before,
  work: (context: RunHostsContext) => Promise<HostsOutcome>,
): Promise<HostsOutcome> {
  const { patienceMs } = context;
  const affected = new Map(run.hosts.map(({ engineId }) => [engineId, new AffectedObjects()]));
  const had = hadBefore(pictures);
  const unasked: [engineId: string, UndoException][] = [];
  const inContext: RunHostsContext = {
    affected: (engineId) => affected.get(engineId),
    carries,
    client: (engineId) => context.client(engineId),
    access: (engineId, kind) => context.access(engineId, kind),
    clash: (client, sent) =>
      context.lans.clash(client, sent, since, had, ({ containerName, networkName }, before) => {
        const place = { network: networkName, container: containerName };
        unasked.push([client.engineId, { ...place, field: LAN_UNASKED, before, after: '' }]);
      }),
    taken: (client, back) => context.lans.takenSince(client, back, since),
    onProgress: (progress) => context.onProgress({ id, ...progress }),
    ...(patienceMs === undefined ? {} : { patienceMs }),
  };
  const onHosts = run.hosts.filter(({ steps }) => steps.some(isHostStep)).map(({ engineId }) => engineId);
  const toItsEnd = context.toItsEnd ?? ((_engineIds, begun) => begun());
  const outcome = await toItsEnd(onHosts, () => work(inContext));
  // An engine that is lost right now is its session's business, and must not keep the others from being shown.
  await Promise.allSettled(
    outcome.results
      .filter((each) => each.state !== 'left')
      .map(({ engineId }) => context.reread(engineId, affected.get(engineId) ?? new AffectedObjects())),
  );
  return { ...outcome, results: outcome.results.map((each) => withUnasked(each, unasked)) };
}

/** A change that stands though nobody could ask the LAN for what it gave says so. */
function withUnasked(
  host: HostResult,
  unasked: readonly (readonly [engineId: string, UndoException])[],
): HostResult {
  if (host.state !== 'done') return host;
  const here = unasked.flatMap(([engineId, one]) => (engineId === host.engineId ? [one] : []));
  return { ...host, ...exceptionsIn([...(host.exceptions ?? []), ...here]) };
}
