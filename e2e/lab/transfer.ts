import type { LabHost } from './host';
import { until } from './poll';

export interface Sender {
  host: LabHost;
  container: string;
}
export interface Receiver extends Sender {
  /** The address to send to: it decides which network carries the transfer. */
  ip: string;
}
export interface TransferResult {
  /** Payload that arrived, bytes; headers come on top (about 4 % at MTU 1500, less with offloading). */
  bytes: number;
  seconds: number;
  /** Payload rate measured by the receiver, Mbit/s. */
  mbit: number;
}

const port = 5201;

/**
 * Sends over TCP at a known rate from one container to another, with the iperf3 of the lab's image.
 * Resolves at the end. @throws CommandError when it doesn't come about.
 */
export async function transfer(
  from: Sender,
  to: Receiver,
  { mbit, seconds }: { mbit: number; seconds: number },
): Promise<TransferResult> {
  await to.host.docker('exec', '-d', to.container, 'iperf3', '-s', '-1', '-B', to.ip, '-p', String(port));
  await until(`iperf3 to listen in ${to.container}`, () => isListening(to));
  // Paced every millisecond: a reader once a second sees a steady rate, not bursts.
  const pace = ['-b', `${mbit}M`, '--pacing-timer', '1000', '-t', String(seconds)];
  const output = await from.host.docker(
    'exec',
    from.container,
    'iperf3',
    '-c',
    to.ip,
    '-p',
    String(port),
    '-J',
    ...pace,
  );
  const { end } = JSON.parse(output) as {
    end: { sum_received: { bytes: number; seconds: number; bits_per_second: number } };
  };
  const { bytes, seconds: lasted, bits_per_second } = end.sum_received;
  return { bytes, seconds: lasted, mbit: bits_per_second / 1e6 };
}

/** Asked without connecting: a one-off iperf3 server would take a probe for its client. */
async function isListening({ host, container }: Receiver): Promise<boolean> {
  const hexPort = port.toString(16).toUpperCase();
  const sockets = await host.docker('exec', container, 'cat', '/proc/net/tcp', '/proc/net/tcp6');
  return new RegExp(`:${hexPort} [0-9A-F]+:0000 0A`).test(sockets);
}
