import { oneLine } from './csv';
import type { Entry } from './kinds';

const noted = (what: string, note: string): string => (note ? `${what}: ${note}` : what);

/**
 * What an address is, in a sentence that begins with a word of ours: no importer and no spreadsheet takes it for a formula, and what
 * is imported has no character more.
 */
function sentence({ kind, owner, hosts, container, last }: Entry): string {
  const on = hosts.join(', ');
  switch (kind) {
    case 'pinned':
    case 'automatic': {
      const mac = container?.mac ? `, MAC ${container.mac}` : '';
      const how = kind === 'automatic' ? ', automatic' : '';
      return `Container ${owner} on ${on}${how}${container?.live === false ? ', stopped' : ''}${mac}`;
    }
    case 'gateway':
      return 'Gateway';
    case 'excluded':
      return noted('Excluded', owner);
    case 'reserved':
      return noted('Reserved', owner);
    case 'dhcp':
      return noted(last === null ? 'For a DHCP server' : 'Range of a DHCP server', owner);
    case 'leased':
      return `Leased by ${owner} on ${on}`;
    case 'shim':
      return `Shim of ${on}`;
    case 'host':
      return `Host ${on}`;
    case 'foreign':
      return `Unknown device, MAC ${owner}`;
    case 'given':
      return `Automatic range of ${on}`;
  }
}

/** All that hold one address, in so many characters. */
export function described(entries: readonly Entry[], most: number): string {
  const text = [...new Set(entries.map((entry) => oneLine(sentence(entry))))].join(' / ');
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}
