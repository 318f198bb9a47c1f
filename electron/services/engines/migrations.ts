import { reason } from '../../../shared/rules';
import { ReasonError } from '../storage/reason-error';

/** The form that this Trunkline reads and writes. */
export const newestVersion = 1;

type Data = unknown;

/**
 * From each older form to the next: index 0 makes version 1 of version 0, and so on. A form that was once written by a
 * release stays here for good.
 */
const steps: readonly ((data: Data) => Data)[] = [listOfAddresses];

/** Version 0 was a plain list of addresses, alone or as `hosts`. */
function listOfAddresses(data: Data): Data {
  const path = Array.isArray(data) ? [] : ['hosts'];
  const list = Array.isArray(data) ? data : (data as { hosts?: unknown }).hosts;
  if (!Array.isArray(list)) throw new ReasonError(reason('settings_no_form'));
  return {
    version: 1,
    engines: list.map((each: unknown, index) => {
      if (typeof each !== 'string') throw new ReasonError(reason('entry_no_address'), [...path, index]);
      return { address: each };
    }),
  };
}

function versionOf(data: Data): unknown {
  if (data === null || data === undefined) return newestVersion;
  if (Array.isArray(data)) return 0;
  if (typeof data !== 'object') throw new ReasonError(reason('settings_no_map'));
  return (data as { version?: unknown }).version ?? 0;
}

/** Data of the newest form; `from` where it was an older one, `newer` instead where it is of a later Trunkline. */
export type Migrated = { data: Data; from?: number; newer?: undefined } | { newer: string };

/**
 * Brings what a file holds to the newest form, step by step. An empty file is one without engines.
 *
 * @throws ReasonError for what has no form at all
 */
export function migrate(data: Data): Migrated {
  const version = versionOf(data);
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0)
    throw new ReasonError(reason('settings_no_version', { version: JSON.stringify(version) }), ['version']);
  if (version > newestVersion) return { newer: String(version) };
  if (version === newestVersion) return { data: data ?? { version: newestVersion, engines: [] } };
  return { data: steps.slice(version).reduce((before, step) => step(before), data), from: version };
}
