import type { AddressUse, ReservedRange } from '../../../model';
import type { ExportSource } from '../export/kinds';

/** Whose table a text is, as far as its columns tell; `table`: anybody's with a column of addresses. */
export const importFormats = [
  'csv',
  'netbox-ip-addresses',
  'netbox-prefixes',
  'netbox-ranges',
  'phpipam',
  'table',
] as const;
export type ImportFormat = (typeof importFormats)[number];

/** A window stays quick with so many rows and characters. */
export const mostRows = 65_536;
export const mostCharacters = 8_000_000;
/** A plan, which a person reads and each change carries, takes no more reservations at once. */
export const mostReservations = 4096;

/** Why a row, or the text from a line on, is not read. */
export type Complaint =
  | {
      line: number;
      column: string;
      reason: 'no-address' | 'not-address' | 'not-prefix' | 'not-end';
      value: string;
    }
  /** Another row of the same address says something else, and counts. */
  | { line: number; column: string; reason: 'twice'; value: string; first: number }
  /** Nothing is read from here on. */
  | { line: number; column: string; reason: 'quote' | 'header' | 'rows' | 'size'; value: string };

/**
 * What a row says of its addresses. `reservation`: they are reserved, in our own words; `listed`: somebody has them, or is to;
 * `holder`: the same in our own words, with what has them; `nothing`: what engines hand out by themselves, or a list of nobody's.
 */
export interface ImportRow {
  readonly line: number;
  readonly version: 4 | 6;
  readonly from: bigint;
  readonly to: bigint;
  readonly means: 'reservation' | 'listed' | 'holder' | 'nothing';
  /** Whose it is in our own words. */
  readonly state: AddressUse['kind'] | null;
  readonly kind: ReservedRange['kind'];
  readonly note: string;
  /** What its holder is called, a domain behind it or not; empty where that is not told. */
  readonly name: string;
  /** A subnet, of which the LAN may be a part. */
  readonly prefix: boolean;
}

export interface ReadTable {
  /** Null where the columns are nobody's. */
  readonly format: ImportFormat | null;
  readonly rows: readonly ImportRow[];
  readonly complaints: readonly Complaint[];
}

/** The LAN that a text is read for. */
export interface ImportLan extends ExportSource {
  /** The segment that keeps its reservations: what our export calls one without a note. */
  readonly segment: string;
  /** Its subnets. */
  readonly subnets: readonly string[];
  readonly reserved: readonly ReservedRange[];
  /** Where the engines of its members hand out by themselves, and what they keep out of that. */
  readonly automatic: readonly {
    readonly engineId: string;
    readonly range: string;
    readonly except: readonly string[];
  }[];
}

/** Addresses of the text, the same at both ends for one. */
export interface Piece {
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly size: bigint;
  /** What the text says of them; empty where it says nothing. */
  readonly note: string;
}

/** Somebody who has an address here. */
export type Holding = Pick<AddressUse, 'address' | 'kind' | 'engineId' | 'owner' | 'container'>;

export interface Fresh extends Piece {
  readonly kind: ReservedRange['kind'];
}
/** So already: reserved, or had by these. */
export interface Already extends Piece {
  readonly reserved: ReservedRange | null;
  readonly held: readonly Holding[];
}
/**
 * `elsewhere`: whom the text names has another address here. `held`: another one has the address. `note`: it is reserved here for
 * something else.
 */
export interface Differing extends Piece {
  readonly reason: 'elsewhere' | 'held' | 'note';
  readonly name: string;
  readonly held: readonly Holding[];
  readonly reserved: ReservedRange | null;
}
/** Inside of what these engines hand out by themselves. */
export interface Automatic extends Piece {
  readonly engineIds: readonly string[];
}

/** What a text comes to on a LAN. */
export interface AddressImport {
  readonly fresh: readonly Fresh[];
  readonly already: readonly Already[];
  readonly differs: readonly Differing[];
  readonly automatic: readonly Automatic[];
  /** In no subnet of the LAN. */
  readonly outside: readonly Piece[];
  /** Of the LAN, and nothing to reserve. */
  readonly nothing: readonly Piece[];
  readonly complaints: readonly Complaint[];
}
