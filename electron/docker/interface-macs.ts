import type { Connection } from './connection';
import { asRecord, asText } from './json';

/** Prints `name mac` for each interface; needs only a shell and cat, which busybox has too. */
const SCRIPT = 'for i in /sys/class/net/*; do echo "${i##*/} $(cat $i/address)"; done';

/** Milliseconds; an exec takes ~75 on an idle host. */
const DEADLINE = 5000;

/**
 * The standard output in a multiplexed stream: frames of one byte of stream type, three of padding, four of length.
 * A stream without such heads (a terminal's) is taken as it is.
 */
export function demultiplex(data: Buffer): string {
  const out: Buffer[] = [];
  for (let at = 0; at + 8 <= data.length;) {
    const type = data.readUInt8(at);
    if (type > 2 || data.readUIntBE(at + 1, 3) !== 0) return data.toString();
    const end = at + 8 + data.readUInt32BE(at + 4);
    if (type === 1) out.push(data.subarray(at + 8, end));
    at = end;
  }
  return Buffer.concat(out).toString();
}

/** The script's lines as name → lower-case MAC; the loopback, and links without a MAC, are left out. */
export function parseMacs(text: string): Map<string, string> {
  const macs = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, mac] = /^(\S+) ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})$/i.exec(line.trim()) ?? [];
    if (name && mac && name !== 'lo') macs.set(name, mac.toLowerCase());
  }
  return macs;
}

/** Asks the container itself. Empty when it has no shell, is paused, stops meanwhile, or the engine forbids exec. */
export async function readInterfaceMacs(
  connection: Connection,
  containerId: string,
): Promise<Map<string, string>> {
  try {
    const created = await connection.json({
      method: 'POST',
      path: `/containers/${encodeURIComponent(containerId)}/exec`,
      body: { AttachStdout: true, AttachStderr: false, Tty: false, Cmd: ['sh', '-c', SCRIPT] },
      timeoutMs: DEADLINE,
    });
    const id = asText(asRecord(created).Id);
    if (id === '') return new Map();
    const output = await connection.bytes({
      method: 'POST',
      path: `/exec/${encodeURIComponent(id)}/start`,
      body: { Detach: false, Tty: false },
      timeoutMs: DEADLINE,
    });
    return parseMacs(demultiplex(output));
  } catch {
    // The answer "unknown" is a normal one here: the caller then matches interfaces by order.
    return new Map();
  }
}
