import { randomBytes } from 'node:crypto';
import { quote, shell } from './agent';
import { setAllowed } from './host';
import type { VlanLabRecord } from './record';

/** What to capture, and when it is enough. */
export interface CaptureLimit {
  /** Ends after that many frames. Default 4. */
  count?: number;
  /** Ends at the latest that many seconds after the traffic is over. Default 5; 0 takes what is there by then. */
  seconds?: number;
  /** The port to listen at, named as its host. Default: the first host's. */
  port?: string;
}

/** The switch between the hosts: a bridge that filters VLANs. */
export interface Trunk {
  /** Lets a VLAN pass a host's port, tagged. VLANs 10 and 20 pass after each boot. */
  allow(host: string, vlan: number): Promise<void>;
  /** Frames of that VLAN are dropped at the host's port from now on. @throws when it was not allowed. */
  disallow(host: string, vlan: number): Promise<void>;
  /**
   * Runs `traffic` while tcpdump listens at a port of the trunk, and gives tcpdump's lines (`-e`: with VLAN tags).
   * `filter` is pcap's: `vlan 10 and arp`. What `traffic` throws is thrown when the capture is over.
   */
  capture(filter: string, traffic: () => Promise<unknown>, limit?: CaptureLimit): Promise<string>;
}

export function openTrunk(lab: VlanLabRecord): Trunk {
  return {
    allow: (host, vlan) => setAllowed(lab, host, vlan, true),
    disallow: (host, vlan) => setAllowed(lab, host, vlan, false),
    capture: (filter, traffic, limit = {}) => capture(lab, filter, traffic, limit),
  };
}

/** Returns once tcpdump listens: "listening on" is the last thing that it says before the first frame. */
const begin = `
mkdir -p "$dir"
nsenter --net=/run/netns/trunk tcpdump -i "$port" -enl --immediate-mode -c "$count" "$filter" \\
  >"$dir/frames" 2>"$dir/words" &
echo $! >"$dir/pid"
until grep -q 'listening on' "$dir/words"; do
  kill -0 $! 2>/dev/null || { cat "$dir/words" >&2; rm -rf "$dir"; exit 1; }
  sleep 0.1
done
`;

/** tcpdump ends by itself after its count, otherwise when told to. */
const end = `
pid=$(cat "$dir/pid")
tenths=0
while kill -0 "$pid" 2>/dev/null && [ $tenths -lt $((seconds * 10)) ]; do sleep 0.1; tenths=$((tenths + 1)); done
kill -INT "$pid" 2>/dev/null
while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
cat "$dir/frames"
rm -rf "$dir"
`;

async function capture(
  lab: VlanLabRecord,
  filter: string,
  traffic: () => Promise<unknown>,
  { count = 4, seconds = 5, port = lab.hosts[0]?.name ?? '' }: CaptureLimit,
): Promise<string> {
  const dir = `/tmp/capture-${randomBytes(4).toString('hex')}`;
  const given = { dir, filter, count: String(count), seconds: String(seconds), port };
  const variables = Object.entries(given).map(([name, value]) => `${name}=${quote([value])}\n`);
  const shellIn = (script: string) =>
    shell(lab.shellPort, variables.join('') + script, { argv: ['tcpdump', '-i', port, filter] });
  await shellIn(begin);
  const [outcome] = await Promise.allSettled([traffic()]);
  const frames = await shellIn(end);
  if (outcome.status === 'rejected') throw outcome.reason;
  return frames;
}
