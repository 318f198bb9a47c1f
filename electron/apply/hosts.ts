import type { Engine } from '../../shared/model';
import { addressOf, connectionOf, hostName } from '../../shared/rules';

type Named = { host?: string | undefined; engineId?: string | undefined };

/** A host that the file speaks of and the console can't tell, or several that it may be. */
export class HostError extends Error {
  override readonly name = 'HostError';
}

const folded = (text: string): string => text.trim().toLowerCase();

/** The address as it is compared: one spelling for `unix:///a` and `unix:////a`; null for what is none. */
function plainAddressOf(text: string): string | null {
  const read = connectionOf(text);
  return read.ok ? addressOf(read.value) : null;
}

/**
 * The engine of a host as a file calls it: by id, by address, by the name that it has in the console, or that it gives itself.
 *
 * @throws HostError
 */
export function engineMeant({ host, engineId }: Named, engines: readonly Engine[]): Engine {
  const text = host ?? engineId ?? '';
  const address = plainAddressOf(text);
  const ways: ((engine: Engine) => boolean)[] = [
    ({ id }) => id === text,
    ({ endpoint }) => address !== null && (endpoint === text || endpoint === address),
    ({ name }) => folded(name) === folded(text),
    (engine) => folded(engine.hostName) === folded(text),
  ];
  for (const isIt of ways) {
    const found = engines.filter(isIt);
    if (found[0] && found.length === 1) return found[0];
    if (found.length > 1)
      throw new HostError(
        `“${text}” may be ${found.map(({ id }) => hostName(id, engines)).join(' or ')}: write the address`,
      );
  }
  const known = engines.map(({ id }) => hostName(id, engines)).join(', ') || 'none';
  throw new HostError(`there is no host “${text}” (there are: ${known}); name it with --host`);
}
