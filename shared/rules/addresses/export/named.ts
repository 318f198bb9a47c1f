import type { Entry, Material } from './kinds';
import type { Leaving } from './left-out';

/** An address, and the name of who has it. */
export interface Named {
  readonly entry: Entry;
  readonly name: string;
}

/** What DNS and DHCP may say of a LAN: whoever has an address alone, by name, and for good unless asked otherwise. */
export function namedEntries({ entries, nameOf, automatic }: Material, leaving: Leaving): Named[] {
  const said = new Set<string>();
  return entries.flatMap((entry): Named[] => {
    // Nobody has it: nothing is left out.
    if (entry.kind === 'given') return [];
    const name = nameOf(entry);
    if (!entry.container && entry.kind !== 'host') leaving.put('nobody', entry);
    else if (entry.leased) leaving.put('leased', entry);
    else if (entry.conflict) leaving.put('conflict', entry);
    else if (entry.kind === 'automatic' && !automatic) leaving.put('automatic', entry);
    else if (name === undefined) leaving.put('no-name', entry);
    else if (!said.has(`${name} ${entry.address}`)) {
      said.add(`${name} ${entry.address}`);
      return [{ entry, name }];
    }
    return [];
  });
}
