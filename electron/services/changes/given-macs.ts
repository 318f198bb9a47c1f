import type { ChangeRecord, Step } from '../../../shared/model';
import type { GivenMac } from '../../../shared/rules';
import { ifStanding, newestWords } from './newest-words';

const isConnect = (step: Step) => step.op === 'connect';

/**
 * The MACs that changes of ours fixed, the newest word on each attachment first. One that was given up since, by whomever, is
 * told by its not being in use.
 *
 * @param newestFirst the change log
 */
export const givenMacs = (newestFirst: readonly ChangeRecord[]): GivenMac[] =>
  newestWords(newestFirst, isConnect, ifStanding).flatMap(({ on, step: { endpoint } }) =>
    endpoint.mac ? [{ ...on, mac: endpoint.mac }] : [],
  );
