import { ProblemError, type Capabilities, type NetworkSpec } from '../../../shared/model';
import { problemOfValues } from '../../../shared/texts';
import type { Connection } from './connection';
import { asRecord, asText } from '../json/json';

/**
 * What an engine would take without a word and not do, or worse. Previews refuse it before (shared/rules); these are for what
 * comes another way: an undo, a rollback, a change of somebody else's in between.
 */
function unable(
  params: { context: 'exclusions' | 'driver' | 'option' | 'paused' | 'stopped' } & Record<string, string>,
  place: { engineId: string; field?: string },
): ProblemError {
  return new ProblemError(problemOfValues('engine_unsupported', params, place));
}

/** @throws ProblemError `engine_unsupported` for a network that the engine can't make as it is asked for. */
export function refuseUnable(spec: NetworkSpec, can: Capabilities, engineId: string): void {
  if (spec.exclusions.length > 0 && !can.exclusions)
    throw unable({ context: 'exclusions' }, { engineId, field: 'spec.exclusions' });
  if (spec.driver === 'ipvlan' && !can.ipvlan)
    throw unable({ context: 'driver', driver: spec.driver }, { engineId, field: 'spec.driver' });
}

/** How Podman (4.3 and 5.8) warns of what it ignores in a network that it has made: `"metric: 50" is not a recognized option`. */
const unknownOptionWords = /"([^":]{1,300}): [^"]{0,300}" is not a recognized option/i;

/** The option that an engine has made a network without, as its answer tells. */
export const ignoredOption = (answer: unknown): string | undefined =>
  unknownOptionWords.exec(asText(asRecord(answer).Warning))?.[1];

/** For a network that was made without something that was asked for, and is gone again. */
export const unknownOption = (option: string, engineId: string): ProblemError =>
  unable({ context: 'option', option }, { engineId });

/**
 * Podman (4.3) answers “OK” to a change of a container that is paused, and from then on with 500 for it and for the list of
 * all containers, also when it goes on.
 *
 * @param path the container's own
 * @throws ProblemError `engine_unsupported` when it is paused
 */
export async function refusePaused(connection: Connection, path: string): Promise<void> {
  // One that can't be read is none that is paused: a failed connect has left it so, and is to be cleared.
  const json = await connection.json({ path: `${path}/json` }).catch(() => undefined);
  if (asRecord(asRecord(json).State).Status !== 'paused') return;
  const container = asText(asRecord(json).Name).replace(/^\//, '');
  throw unable({ context: 'paused', container }, { engineId: connection.contextOf({ path }).engineId });
}

/**
 * Podman starts a container that does not run for whoever joins its network; Docker refuses.
 *
 * @param path the container's own
 * @throws ProblemError `engine_unsupported` when it does not run
 */
export async function refuseStopped(connection: Connection, path: string): Promise<void> {
  const json = asRecord(await connection.json({ path: `${path}/json` }));
  if (asRecord(json.State).Running === true) return;
  const container = asText(json.Name).replace(/^\//, '');
  throw unable({ context: 'stopped', container }, { engineId: connection.contextOf({ path }).engineId });
}
