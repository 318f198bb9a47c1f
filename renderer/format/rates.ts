import { integer, scaled } from './numbers';

const bitUnits = { base: 1000, units: ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'] } as const;
const byteUnits = { base: 1024, units: ['B', 'KiB', 'MiB', 'GiB', 'TiB'] } as const;

/** What stands where nothing was measured. */
export const nothing = '–';

/** `bits` in bits per second, in powers of ten as line rates are. */
export const formatBits = (bits: number | null | undefined, language: string): string =>
  bits === null || bits === undefined || Number.isNaN(bits) ? nothing : scaled(bits, bitUnits, language);

/** Memory, in powers of two as cgroups count it. */
export const formatBytes = (bytes: number, language: string): string => scaled(bytes, byteUnits, language);

/** A rate of things a second, where its unit stands beside it. */
export const formatCount = (value: number | null | undefined, language: string): string =>
  value === null || value === undefined || Number.isNaN(value) ? nothing : integer(value, language);

/** Packets, errors or drops per second. */
export const formatPerSecond = (value: number | null | undefined, language: string): string => {
  const count = formatCount(value, language);
  return count === nothing ? nothing : `${count}/s`;
};

/**
 * The top of a chart's axis: the next of 1, 2, 4, 8 × 10ⁿ, so that quarters of it are round numbers. At least
 * 1 kbit/s, so that an idle line does not look busy.
 */
export function axisTop(peak: number): number {
  const least = Math.max(peak, 1000);
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 4, 8, 10].find((each) => each * power >= least) ?? 10;
  return factor * power;
}
