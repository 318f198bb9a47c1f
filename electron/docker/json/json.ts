import { parseIp, plainAddress } from '../../../shared/rules';

/**
 * Narrow readers for JSON that comes from outside. An engine of another version, Podman or a proxy may leave a field
 * out, send null for an empty list, or send another type; a reader then gives the empty value and never throws.
 */
export type Json = Record<string, unknown>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asRecord = (value: unknown): Json => (isRecord(value) ? value : {});

export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Undefined instead of the empty text: for optional fields of the models. */
export const asOptionalText = (value: unknown): string | undefined => asText(value) || undefined;

/** How Go writes an absent address, and Podman the gateway of a network that has none. */
export const ABSENT_ADDRESS = '<nil>';

/** An address as it was written, which may be with a prefix length; undefined for what is none. */
export function asAddress(value: unknown): string | undefined {
  const text = asText(value);
  return parseIp(plainAddress(text)) ? text : undefined;
}

export const asNumber = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : 0;

/** As far as a Date goes from the epoch, milliseconds (ECMA-262 §21.4.1.1). Beyond it nothing can be shown as a time. */
const FARTHEST_MOMENT = 8.64e15;

/** Milliseconds since the epoch; 0 for what is no moment of any calendar. */
export const asMoment = (milliseconds: number): number =>
  Math.abs(milliseconds) <= FARTHEST_MOMENT ? milliseconds : 0;

/** JSON that can be written again, as every transport does: what is nested by the thousand overflows the stack there. */
export function isWritable(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

export const asFlag = (value: unknown): boolean => value === true;

export const asTextList = (value: unknown): string[] =>
  asList(value).filter((item) => typeof item === 'string');

/** Options and labels: text values stay, numbers and booleans become text, the rest is left out. */
export function asTextMap(value: unknown): Record<string, string> {
  const kept: [string, string][] = [];
  for (const [key, item] of Object.entries(asRecord(value))) {
    if (typeof item === 'string') kept.push([key, item]);
    else if (typeof item === 'number' || typeof item === 'boolean') kept.push([key, String(item)]);
  }
  return Object.fromEntries(kept);
}
