import type { DemoEngine } from '../engine/engine';
import type { DemoContainer } from '../engine/model';

/** Milliseconds between what the helper asks and what the simulated LAN's server answers. */
const answerMs = 1_200;
const leaseSeconds = 3_600;

const hashOf = (text: string): number =>
  [...text].reduce((hash, char) => (hash * 31 + char.charCodeAt(0)) % 997, 7);

/** What a helper that leases would say: at once, and once the server has answered. The same MAC has always the same address. */
export function leaseWords(engine: DemoEngine, helper: DemoContainer): { at: number; line: string }[] {
  // sh -c SCRIPT TASK CONTAINER MAC NAME SUBNET…
  const [, mac = '', , subnet = ''] = helper.command.slice(4);
  const prefix = /^(\d+\.\d+\.\d+)\.\d+\/(\d+)$/.exec(subnet);
  const from = helper.startedAt;
  const line = (ms: number, words: string) => ({
    at: from + ms,
    line: `${String(Math.floor((from + ms) / 1_000))} ${words}`,
  });
  if (!prefix) return [line(0, 'asking'), line(answerMs, 'leasefail last=')];
  const [, lan = '', bits = ''] = prefix;
  const address = `${lan}.${String(200 + (hashOf(`${engine.host.name} ${mac}`) % 40))}/${bits}`;
  const told = `ip=${address} server=${lan}.1 router=${lan}.1 lease=${String(leaseSeconds)}`;
  return [line(0, 'asking'), line(answerMs, `bound ${told}`)];
}
