import { dhcp } from './dhcp';
import { dns } from './dns';
import { exportEntries, subnetsOfSource } from './entries';
import { exportDomain, hostLabel, hostNames } from './host-names';
import { inventories } from './inventories';
import { contains, parseIp, type Cidr } from '../../basics/cidr';
import type { RangeEnds } from '../address-range';
import type {
  ExportChoice,
  ExportFamily,
  ExportFormat,
  ExportSource,
  FormatRow,
  LeftOut,
  Renamed,
} from './kinds';
import { tables } from './tables';

const formats: Readonly<Record<ExportFormat, FormatRow>> = { ...tables, ...inventories, ...dns, ...dhcp };

/** What a format is for. */
export const exportFamily = (format: ExportFormat): ExportFamily => formats[format].family;

/** The addresses of a LAN as a file of another program. */
export interface AddressExport {
  /** Empty where nothing is to be written. */
  readonly text: string;
  /** What the file is called, and what is in it. */
  readonly fileName: string;
  readonly type: string;
  readonly leftOut: readonly LeftOut[];
  /** Whose name is another one in the text than here. */
  readonly renamed: readonly Renamed[];
}

/** The subnets that a range is in; all of them without one. */
const within = (subnets: readonly Cidr[], range: RangeEnds | null): readonly Cidr[] => {
  const first = range ? parseIp(range.from) : null;
  return first ? subnets.filter((subnet) => contains(subnet, first)) : subnets;
};

/**
 * Writes what holds the addresses of a LAN in the form that another program imports. What is not in the text is told with its
 * reason.
 */
export function exportAddresses(source: ExportSource, choice: ExportChoice): AddressExport {
  const { format, range = null, automatic = false, section = '' } = choice;
  const { ending, type, family, write } = formats[format];
  const all = exportEntries(source, null);
  const names = hostNames(all);
  const { text, used, leftOut } = write({
    subnets: within(subnetsOfSource(source), range),
    entries: range ? exportEntries(source, range) : all,
    nameOf: names.nameOf,
    network: source.network,
    domain: exportDomain(choice.domain ?? '') ?? '',
    automatic,
    section,
  });
  return {
    text,
    fileName: `${hostLabel(source.network) || 'lan'}-${format}.${ending}`,
    type,
    leftOut,
    renamed: family === 'table' || format === 'netbox-prefixes' ? [] : names.renamed(used),
  };
}
