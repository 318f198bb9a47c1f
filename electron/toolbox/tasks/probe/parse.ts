import type { ProbeTarget } from '../../../../shared/model';
import { macsIn } from '../macs';
import { sectionsOf } from '../sections';

const ways = ['link', 'gateway', 'own', 'none'] as const;

/** What the probe found out, and one thing beside. */
export interface ProbeAnswer extends ProbeTarget {
  /** One MAC answered more often than it was asked: two machines have it. */
  repeated: boolean;
}

/** How often each MAC answered. */
function repliesIn(text: string): number[] {
  const replies = new Map<string, number>();
  for (const [, mac = ''] of text.matchAll(/reply from \S+ \[([\da-f:]+)\]/gi))
    replies.set(mac.toLowerCase(), (replies.get(mac.toLowerCase()) ?? 0) + 1);
  return [...replies.values()];
}

/**
 * More answers from one MAC than questions: two machines have it. Engines before v28 make the MAC of the address, so
 * that containers of two hosts with one address have one MAC as well.
 */
const answeredTwice = (text: string): boolean =>
  [...text.matchAll(/([^]*?)Sent (\d+) probe[^]*?Received (\d+) response/g)].some(
    ([, replies = '', sent, received]) => {
      const each = repliesIn(replies);
      // Answers that are counted and not shown leave only their sum to go by.
      const unshown = Number(received) > Number(sent) * Math.max(1, each.length);
      return unshown || each.some((count) => count > Number(sent));
    },
  );

/** busybox's two last lines: `2 packets transmitted, 2 packets received, …` and `round-trip min/avg/max = …`. */
function pingIn(text: string): ProbeTarget['ping'] {
  const [, sent, received] = /(\d+) packets transmitted, (\d+) packets received/.exec(text) ?? [];
  if (sent === undefined) return null;
  const mean = /min\/avg\/max = [\d.]+\/([\d.]+)\//.exec(text)?.[1];
  return { sent: Number(sent), received: Number(received), ms: mean === undefined ? null : Number(mean) };
}

function part(text: string, name: 'arp' | 'neigh' | 'ping' | 'router'): string {
  return (
    new RegExp(`^\\[${name}\\]\\n([^]*?)(?=^\\[(?:arp|neigh|ping|router)\\]$|(?![^]))`, 'm').exec(
      text,
    )?.[1] ?? ''
  );
}

/** What the neighbour table tells of a router that was just sent something; undefined where it tells neither. */
function routerIn(text: string): boolean | undefined {
  if (text.includes('lladdr')) return true;
  return /\b(?:FAILED|INCOMPLETE)\b/.test(text) ? false : undefined;
}

/** Where arping, or the shell in its place, complains (no such interface, a link without ARP as ipvlan's in mode l3), nobody was asked. */
const complaint = /\barping: /;

function targetOf(head: string, text: string): ProbeAnswer | null {
  const [, address = '', way, nic = ''] = head.split(' ');
  const via = ways.find((each) => each === way);
  if (!via) return null;
  // Without an answer the neighbour table says FAILED or INCOMPLETE and no MAC. It says nothing where nobody was asked.
  const told = part(text, 'arp');
  const arp = complaint.test(told) && macsIn(told).length === 0 ? '' : told;
  const near = part(text, 'neigh');
  const macs = (arp + near).trim() === '' ? null : macsIn(arp + near);
  const ping = pingIn(part(text, 'ping'));
  const found = macs?.length ?? 0;
  const repeated = answeredTwice(arp);
  const routerAnswers = routerIn(part(text, 'router'));
  return {
    address,
    via,
    interface: nic === '-' ? '' : nic,
    macs,
    ping,
    answers: via === 'own' || found > 0 || (ping?.received ?? 0) > 0,
    duplicate: found > (via === 'own' ? 0 : 1) || repeated,
    repeated,
    ...(routerAnswers !== undefined && { routerAnswers }),
  };
}

/** Reads what the probe script wrote; in the order of `addresses`. One that is missing there was not asked. */
export function parseProbe(output: string, addresses: readonly string[]): ProbeAnswer[] {
  const found = new Map<string, ProbeAnswer>();
  for (const [name, text] of sectionsOf(output)) {
    const target = targetOf(name, text);
    if (target) found.set(target.address, target);
  }
  return addresses.flatMap((address) => found.get(address) ?? []);
}
