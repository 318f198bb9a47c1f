import type { ChangeRecord, Step } from '../../../shared/model';
import type { GivenAddress } from '../../../shared/rules';
import { howSure, newestWords } from './newest-words';

export const isOfAttachment = (step: Step) => step.op === 'connect' || step.op === 'disconnect';

/**
 * The addresses that changes of ours fixed, by the newest word on each attachment: none where we took it away since. Where a
 * change did not come to its end there are several. What others did since is told by the address in use.
 *
 * @param newestFirst the change log
 */
export const givenAddresses = (newestFirst: readonly ChangeRecord[]): GivenAddress[] =>
  newestWords(newestFirst, isOfAttachment, howSure).flatMap(({ on, step }) => {
    if (step.op === 'disconnect') return [];
    const { ipv4, ipv6 } = step.endpoint;
    return ipv4 || ipv6 ? [{ ...on, ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }) }] : [];
  });
