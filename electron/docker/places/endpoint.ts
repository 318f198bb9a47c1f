import { createHash } from 'node:crypto';
import type { EngineConnection } from '../../../shared/model';
import { addressOf, connectionOf, FAR_SOCKET } from '../../../shared/rules/engines/engine-address';

export { addressOf, connectionOf, FAR_SOCKET };

const idOf = (address: string): string =>
  `e${createHash('sha256').update(address).digest('hex').slice(0, 11)}`;

/**
 * The stable short key of an engine by its address: the same for every spelling of one; an address that can't be read is
 * taken as it is. `/info.ID` can't serve, as it is not unique on 20.10 (it comes from a key file that images of machines
 * carry along).
 */
export function engineIdFor(text: string): string {
  const read = connectionOf(text);
  return idOf(read.ok ? addressOf(read.value) : text.trim());
}

/** As {@link engineIdFor}: by the text, because a connection has spellings, too. */
export const engineIdOf = (connection: EngineConnection): string => engineIdFor(addressOf(connection));
