import type { ChangeRecord, HostResult, Step } from '../../../shared/model';
import type { GivenAddress } from '../../../shared/rules';
import { newestWords } from './newest-words';

/** Of hosts on which nothing of a change was done, or nothing is left of it. */
const untouched: readonly HostResult['state'][] = ['failed', 'rolled-back', 'left'];

const isOfAttachment = (step: Step) => step.op === 'connect' || step.op === 'disconnect';

/**
 * The addresses that changes of ours fixed, by the newest word on each attachment: none where we took it away since. What
 * others did since is told by the address in use.
 *
 * @param newestFirst the change log
 */
export const givenAddresses = (newestFirst: readonly ChangeRecord[]): GivenAddress[] =>
  newestWords(newestFirst, isOfAttachment, ({ state }) => !untouched.includes(state)).flatMap(
    ({ on, step }) => {
      if (step.op === 'disconnect') return [];
      const { ipv4, ipv6 } = step.endpoint;
      return ipv4 || ipv6 ? [{ ...on, ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }) }] : [];
    },
  );
