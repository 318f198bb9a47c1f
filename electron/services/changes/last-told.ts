import {
  isHostStep,
  type ChangeRecord,
  type Engine,
  type Network,
  type Segment,
  type Snapshot,
  type Step,
} from '../../../shared/model';
import {
  madeBySteps,
  plannedNetwork,
  specFor,
  type LastTold,
  type LoggedAddress,
} from '../../../shared/rules';
import { isOfAttachment } from './given-addresses';
import { howSure, newestWords } from './newest-words';

/**
 * Milliseconds. What was begun so long before an engine went away was over, and read, by then: its own lists are newer than
 * the log.
 */
const longestChange = 10 * 60_000;

const unended: readonly ChangeRecord['state'][] = ['interrupted', 'applying'];

/** The addresses that the log tells of on engines that can't be asked now, as far as it is newer than their lists. */
function addressesOn(silent: ReadonlyMap<string, { readUntil: number }>, records: readonly ChangeRecord[]) {
  const newer = (engineId: string, at: number, state: ChangeRecord['state']) => {
    const engine = silent.get(engineId);
    return engine !== undefined && (unended.includes(state) || at + longestChange >= engine.readUntil);
  };
  const given = newestWords(records, isOfAttachment, howSure).flatMap(
    ({ on, step, at, perhaps: doubtful, record }): LoggedAddress[] => {
      if (step.op === 'disconnect' || !newer(on.engineId, at, record.state)) return [];
      const { containerName, networkId, endpoint } = step;
      return [endpoint.ipv4, endpoint.ipv6].flatMap((address) =>
        address ? [{ ...on, containerName, networkId, address, doubtful }] : [],
      );
    },
  );
  return [...given, ...shimsOn(silent, records)];
}

/** A shim that a change put on a host is kept in the plan once that came to its end. */
const shimsOn = (silent: ReadonlyMap<string, unknown>, records: readonly ChangeRecord[]): LoggedAddress[] =>
  records
    .filter(({ state }) => unended.includes(state))
    .flatMap(({ hosts }) => hosts)
    .filter(({ engineId }) => silent.has(engineId))
    .flatMap(({ engineId, steps, recovery }) =>
      [...steps, ...(recovery?.rollBack ?? [])].flatMap((step): LoggedAddress[] => {
        if (!isHostStep(step) || step.op !== 'put-shim') return [];
        const { networkId, networkName, shim } = step;
        const on = { engineId, networkId, networkName, containerId: '', containerName: shim.name };
        return [{ ...on, address: shim.address, doubtful: true }];
      }),
    );

/** The networks of hosts that were not read since the start: as planned, else as changes made them. */
function networksOn(
  unread: ReadonlySet<string>,
  engines: readonly Engine[],
  segments: readonly Segment[],
  records: readonly ChangeRecord[],
): Network[] {
  const planned = segments.flatMap((segment) =>
    segment.members
      .filter(({ engineId }) => unread.has(engineId))
      .map((member) => plannedNetwork(specFor(segment, member), member.engineId, engines)),
  );
  const made = records
    .filter((record) => record.state !== 'rolled-back')
    .flatMap(({ hosts, undone }) => [...(undone?.back ?? []), ...hosts])
    .filter(({ engineId }) => unread.has(engineId))
    .flatMap(({ engineId, steps }: { engineId: string; steps: Step[] }) =>
      madeBySteps({ engineId, steps }, engines),
    );
  // The first of each name: the plan's, then the newest.
  const known = new Map<string, Network>();
  for (const one of [...planned, ...made]) {
    const key = `${one.engineId} ${one.name}`;
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}

/**
 * What the log and the plan tell of engines that are not in step; undefined while all are.
 *
 * @param records the change log, newest first
 */
export function lastTold(
  { engines, networks }: Pick<Snapshot, 'engines' | 'networks'>,
  segments: readonly Segment[],
  records: readonly ChangeRecord[],
): LastTold | undefined {
  const away = engines.filter(({ state }) => state !== 'online');
  if (away.length === 0) return undefined;
  const read = new Set(networks.map(({ engineId }) => engineId));
  // Of one that was read the lists are as old as its absence.
  const silent = new Map(away.map(({ id, since }) => [id, { readUntil: read.has(id) ? since : 0 }]));
  const unread = new Set(away.map(({ id }) => id).filter((id) => !read.has(id)));
  return {
    networks: networksOn(unread, engines, segments, records),
    addresses: addressesOn(silent, records),
  };
}
