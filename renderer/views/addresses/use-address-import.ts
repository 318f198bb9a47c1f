import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { AddressPlan, Network, Segment } from '../../../shared/model';
import {
  inAddressOrder,
  mostReservations,
  rangesOfMember,
  readAddressTable,
  reservationsOf,
  sortImport,
  type AddressImport,
  type ImportFormat,
  type ImportLan,
} from '../../../shared/rules';
import type { ChangeRequest, ReservedRange } from '../../../shared/model';
import { useSource } from './use-source';

/** Typing settles for this long before a text is read, milliseconds. */
const rest = 250;

export interface ReadImport {
  /** Null where the columns are nobody's. */
  format: ImportFormat | null;
  found: AddressImport;
  /** What would be reserved, as the plan keeps it. */
  wanted: readonly ReservedRange[];
  /** The change that reserves it; null where there is nothing to, or too much. */
  request: ChangeRequest | null;
  tooMany: boolean;
}

function requestOf(segment: Segment, wanted: readonly ReservedRange[]): ChangeRequest {
  const { id, members: _members, ...draft } = segment;
  const reserved = inAddressOrder([...segment.reserved, ...wanted]);
  return {
    ...{ kind: 'edit-segment', segmentId: id, hosts: [], basedOn: segment },
    segment: { ...draft, reserved },
  };
}

/** What a text comes to on the LAN of a network: read when typing has settled, and sorted anew when the LAN is another. */
export function useAddressImport(
  text: string,
  plan: AddressPlan,
  network: Network,
  segment: Segment,
): { read: ReadImport | null; pending: boolean } {
  const [settled] = useDebouncedValue(text, rest);
  const source = useSource(plan, network.name);
  const table = useMemo(() => (settled.trim() === '' ? null : readAddressTable(settled)), [settled]);
  const read = useMemo((): ReadImport | null => {
    if (!table) return null;
    const lan: ImportLan = {
      ...source,
      segment: segment.name,
      subnets: segment.subnets.map(({ subnet }) => subnet),
      reserved: segment.reserved,
      automatic: segment.members.flatMap((member) =>
        rangesOfMember(member).map((range) => ({
          ...{ engineId: member.engineId, range },
          except: Object.values(member.exclusions ?? {}),
        })),
      ),
    };
    const found = sortImport(table, lan);
    const wanted = reservationsOf(found.fresh);
    const tooMany = wanted.length > mostReservations;
    const request = wanted.length > 0 && !tooMany ? requestOf(segment, wanted) : null;
    return { format: table.format, found, wanted, request, tooMany };
  }, [table, source, segment]);
  return { read: settled === text ? read : null, pending: settled !== text && text.trim() !== '' };
}
