import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { hostResultSchema, ProblemError, type ChangeRecord, type HostResult } from '../../../shared/model';
import { problem } from '../../../shared/texts';
import { placeOf } from './run-hosts';

/** As they come back from whoever read them: over the wire, and with nothing that the contract does not have. */
const asRead = (hosts: readonly HostResult[]): unknown =>
  z.array(hostResultSchema).parse(JSON.parse(JSON.stringify(hosts)));

/**
 * Refuses what was decided on another record than the one that is there by now.
 *
 * @param seen its hosts as they were read; undefined where whoever asks has not said
 * @throws ProblemError `change_stale` (context `record`)
 */
export function checkSeen({ hosts }: ChangeRecord, seen: readonly HostResult[] | undefined): void {
  if (!seen || isDeepStrictEqual(asRead(hosts), asRead(seen))) return;
  throw new ProblemError(problem('change_stale', { context: 'record' }, placeOf(hosts)));
}
