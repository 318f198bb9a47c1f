/** What a program wrote, by stream. */
export interface Output {
  stdout: string;
  stderr: string;
}

/**
 * Takes a multiplexed stream apart: frames of one byte of stream type, three of padding, four of length. A stream
 * without such heads (a terminal's) is standard output as it is; a cut one is taken as far as it goes.
 */
export function demultiplex(data: Buffer): Output {
  const parts: Record<number, Buffer[]> = { 1: [], 2: [] };
  for (let at = 0; at + 8 <= data.length;) {
    const type = data.readUInt8(at);
    if (type > 2 || data.readUIntBE(at + 1, 3) !== 0) return { stdout: data.toString(), stderr: '' };
    const end = at + 8 + data.readUInt32BE(at + 4);
    parts[type]?.push(data.subarray(at + 8, end));
    at = end;
  }
  const text = (type: number) => Buffer.concat(parts[type] ?? []).toString();
  return { stdout: text(1), stderr: text(2) };
}
