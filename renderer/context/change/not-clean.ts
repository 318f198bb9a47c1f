import type { ChangeRecord, HostResult } from '../../../shared/model';

type Ended = Pick<ChangeRecord, 'state' | 'hosts'>;

const isClean = ({ state, exceptions = [] }: HostResult): boolean =>
  exceptions.length === 0 && state !== 'rollback-failed' && state !== 'left';

/** Of a change that came to its end: hosts on which something of it may be left all the same. One that was kept is meant so. */
export const notClean = ({ state, hosts }: Ended): HostResult[] =>
  state === 'kept' ? [] : hosts.filter((host) => !isClean(host));

/** Where any of it is left, all hosts that are not as the change has them; of one that was taken back those alone. */
export function hostsToTell(record: Ended): HostResult[] {
  const left = notClean(record);
  if (left.length === 0 || record.state !== 'partial') return left;
  return record.hosts.filter((host) => host.state !== 'done' || left.includes(host));
}
