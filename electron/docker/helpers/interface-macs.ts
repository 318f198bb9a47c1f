import type { Connection } from '../wire/connection';
import { demultiplex } from '../wire/demultiplex';
import { asRecord, asText } from '../json/json';

/** Prints `name mac` for each interface; needs only a shell and cat, which busybox has too. */
const SCRIPT = 'for i in /sys/class/net/*; do echo "${i##*/} $(cat $i/address)"; done';

/** Milliseconds; an exec takes ~75 on an idle host. */
const DEADLINE = 5000;

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
    return parseMacs(demultiplex(output).stdout);
  } catch {
    // The answer "unknown" is a normal one here: the caller then matches interfaces by order.
    return new Map();
  }
}
