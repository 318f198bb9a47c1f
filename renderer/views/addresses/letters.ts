import type { AddressCell, CellState } from '../../../shared/rules';

/** What stands in a cell, for whoever doesn't see its colour. In the order of the legend. */
export const letters: Readonly<Record<CellState, string>> = {
  free: '',
  given: '·',
  pinned: 'F',
  automatic: 'A',
  gateway: 'G',
  host: 'H',
  shim: 'S',
  excluded: 'X',
  reserved: 'R',
  dhcp: 'D',
  leased: 'L',
  foreign: '?',
  conflict: '!',
  network: 'N',
  broadcast: 'B',
};

/** Whether it is in a range that a segment reserves. */
export const isReserved = ({ state }: AddressCell): boolean => state === 'reserved' || state === 'dhcp';

/** Whether it can be given to a container. */
export const isFree = ({ state }: AddressCell): boolean => state === 'free' || state === 'given';
