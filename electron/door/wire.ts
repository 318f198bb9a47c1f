/** A push on its way through the door: a line of JSON. Rates are a column of doubles, which JSON has no form for. */
export interface PushLine {
  name: string;
  data: unknown;
}

/** The mark of a `Float64Array`, its bytes in base64, little-endian as every machine of ours is. */
const doubles = '$float64';

const packed = (_key: string, value: unknown): unknown =>
  value instanceof Float64Array
    ? { [doubles]: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') }
    : value;

const isPacked = (value: unknown): value is { [doubles]: string } =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Record<string, unknown>)[doubles] === 'string';

function unpacked(_key: string, value: unknown): unknown {
  if (!isPacked(value)) return value;
  const bytes = Uint8Array.from(Buffer.from(value[doubles], 'base64'));
  return new Float64Array(bytes.buffer);
}

export const lineOf = (push: PushLine): string => `${JSON.stringify(push, packed)}\n`;
export const pushOf = (line: string): PushLine => JSON.parse(line, unpacked) as PushLine;
