import type {
  IsolationCell,
  IsolationPlace,
  IsolationReason,
  IsolationTarget,
  IsolationVerdict,
  ProbeTarget,
} from '../../model';
import { parseIp } from '../basics/cidr';

/** What one place's probe gave: by address; null when it could not be made. */
export type Answers = ReadonlyMap<string, ProbeTarget> | null;

/** Everything that verdicts are made of. */
export interface IsolationFindings {
  places: readonly IsolationPlace[];
  targets: readonly IsolationTarget[];
  /** The run was ended early: what is missing was not asked. */
  cancelled: boolean;
  /** By place. */
  answers: readonly Answers[];
  /** By place: the places on its LAN, by what is configured. */
  lans: readonly (readonly number[])[];
  /** Whether the container of a place is itself attached to the LAN of another. */
  standsOn(place: number, other: number): boolean;
  /** Whether somebody beyond the target's LAN, on any host, is configured to have its address too. */
  elsewhere(target: IsolationTarget): boolean;
}

const verdicts: Record<IsolationReason, IsolationVerdict> = {
  self: 'self',
  arp: 'reachable',
  address_answers: 'reachable',
  ping: 'reachable',
  router: 'routed',
  silent: 'isolated',
  no_way: 'isolated',
  no_router: 'isolated',
  no_answer: 'unanswered',
  answers_back: 'unanswered',
  // It may be a router that answers for others, and passes on what it gets.
  other_answers: 'unknown',
  not_alive: 'unknown',
  ambiguous: 'unknown',
  holder_unknown: 'unknown',
  stands_in_both: 'unknown',
  no_container: 'unknown',
  offline: 'unknown',
  failed: 'unknown',
  cancelled: 'unknown',
};

type Judged = Pick<IsolationCell, 'verdict' | 'reason' | 'evidence'>;

const cell = (reason: IsolationReason, evidence: ProbeTarget | null): Judged => ({
  verdict: verdicts[reason],
  reason,
  evidence,
});

const lanOf = (findings: IsolationFindings, target: IsolationTarget): readonly number[] =>
  target.kind === 'gateway' ? target.places : (findings.lans[target.place] ?? [target.place]);

const macOf = ({ places }: IsolationFindings, target: IsolationTarget): string =>
  target.kind === 'gateway' ? '' : (places[target.place]?.container?.mac ?? '');

const pinged = ({ ping }: ProbeTarget): boolean => (ping?.received ?? 0) > 0;

const someMac = ({ macs }: ProbeTarget): boolean => (macs?.length ?? 0) > 0;

/** What an answer by ARP shows of a target, by whether its MAC is known. */
function answeredByMac({ macs, via }: ProbeTarget, mac: string): IsolationReason {
  if (mac !== '') return macs?.includes(mac) ? 'arp' : 'other_answers';
  // Any kernel answers for all of its own addresses, and a router for others': beyond the asker's subnets they need not
  // be the target's.
  return via === 'link' ? 'address_answers' : 'holder_unknown';
}

/** What the answers show, wherever they came from; null when there was none. */
function answered(evidence: ProbeTarget, mac: string): IsolationReason | null {
  const byMac = someMac(evidence) ? answeredByMac(evidence, mac) : null;
  if (byMac === 'arp' || byMac === 'address_answers') return byMac;
  if (evidence.via === 'gateway' && pinged(evidence)) return 'router';
  if (byMac) return byMac;
  return evidence.via === 'link' && pinged(evidence) ? 'ping' : null;
}

/** What the answers show of the target itself. An address that others have too proves nothing from beyond its LAN. */
function answeredBy(
  findings: IsolationFindings,
  row: number,
  target: IsolationTarget,
  evidence: ProbeTarget,
): IsolationReason | null {
  const reason = answered(evidence, macOf(findings, target));
  const byAddress = reason === 'address_answers' || reason === 'ping' || reason === 'router';
  const apart = !lanOf(findings, target).includes(row);
  return byAddress && apart && findings.elsewhere(target) ? 'ambiguous' : reason;
}

const isHeard = (reason: IsolationReason | null): boolean =>
  reason !== null && ['reachable', 'routed'].includes(verdicts[reason]);

/** Shown to live: it found its own address, or somebody had its answer. */
function lives(findings: IsolationFindings, column: number): boolean {
  const target = findings.targets[column];
  if (!target) return false;
  return findings.places.some((_, row) => {
    const evidence = findings.answers[row]?.get(target.address);
    if (!evidence) return false;
    if (target.kind === 'place' && row === target.place) return evidence.via === 'own';
    if (twins(findings, row, target)) return false;
    return isHeard(answeredBy(findings, row, target, evidence));
  });
}

/** Somebody on the asker's own LAN, or the asker, has the very address that is asked for on another LAN. */
function twins(findings: IsolationFindings, row: number, target: IsolationTarget): boolean {
  const lan = lanOf(findings, target);
  if (lan.includes(row)) return false;
  const own = findings.lans[row] ?? [row];
  return findings.targets.some(
    (other) =>
      other !== target &&
      other.address === target.address &&
      lanOf(findings, other).some((place) => own.includes(place)),
  );
}

/** Why nothing can be said before any answer is looked at. */
function unasked(findings: IsolationFindings, row: number, target: IsolationTarget): IsolationReason | null {
  const { places } = findings;
  const place = places[row];
  if (target.kind === 'place' && target.place === row) return place?.container ? 'self' : 'no_container';
  if (place?.problem) return place.problem.code === 'engine_unreachable' ? 'offline' : 'failed';
  if (!place?.container || target.address === '') return 'no_container';
  if (findings.answers[row]?.has(target.address)) return null;
  return findings.cancelled ? 'cancelled' : 'failed';
}

/** One of the two stands on both LANs: its kernel answers on either link for all of its addresses. */
function standsInBoth(findings: IsolationFindings, row: number, target: IsolationTarget): boolean {
  const lan = lanOf(findings, target);
  if (target.kind === 'place' && !lan.includes(row) && findings.standsOn(target.place, row)) return true;
  return !lan.includes(row) && lan.some((place) => findings.standsOn(row, place));
}

/** One container stands for both places. */
const isSame = ({ places }: IsolationFindings, row: number, target: IsolationTarget): boolean =>
  target.kind === 'place' &&
  places[row]?.engineId === places[target.place]?.engineId &&
  places[row]?.container?.id === places[target.place]?.container?.id;

/** What silence proves of one that is shown to live. */
function silence({ via, routerAnswers }: ProbeTarget): IsolationReason {
  if (via === 'none') return 'no_way';
  if (via !== 'gateway') return 'silent';
  // Beyond a router that is there anybody may drop pings and let other traffic pass.
  return routerAnswers === false ? 'no_router' : 'no_answer';
}

/** How one place sees one target, by one address. */
function judge(findings: IsolationFindings, row: number, column: number): Judged {
  const target = findings.targets[column];
  if (!target) return cell('failed', null);
  const evidence = findings.answers[row]?.get(target.address) ?? null;
  const before = unasked(findings, row, target);
  if (before) return cell(before, evidence);
  if (!evidence) return cell('failed', null);
  if (twins(findings, row, target)) return cell('ambiguous', evidence);
  if (isSame(findings, row, target)) return cell('stands_in_both', evidence);
  // Its own address, and yet another place: two containers have the same one.
  if (evidence.via === 'own') return cell('ambiguous', evidence);
  if ((someMac(evidence) || evidence.via === 'link') && standsInBoth(findings, row, target)) {
    return cell('stands_in_both', evidence);
  }
  const reason = answeredBy(findings, row, target, evidence);
  if (reason && reason !== 'other_answers') return cell(reason, evidence);
  if (!lives(findings, column)) return cell('not_alive', evidence);
  if (reason) return cell(reason, evidence);
  // Nobody could be asked on the link: no answer proves nothing.
  if (evidence.macs === null) return cell('failed', evidence);
  return cell(silence(evidence), evidence);
}

/** The verdicts by what counts first where the families differ: one way is a way, and one doubt a doubt. */
const weight: readonly IsolationVerdict[] = [
  'self',
  'reachable',
  'routed',
  'unanswered',
  'unknown',
  'isolated',
];

const familyOf = (address: string): 'ipv4' | 'ipv6' => (parseIp(address)?.version === 6 ? 'ipv6' : 'ipv4');

const addressesOf = ({ address, ipv6 }: Pick<IsolationTarget, 'address' | 'ipv6'>): string[] =>
  ipv6 === '' ? [address] : [address, ipv6];

/** One target for each of its addresses, so that each family is judged by itself; and where those of a target are. */
function byFamily(targets: readonly IsolationTarget[]) {
  const single: IsolationTarget[] = [];
  const columns = targets.map((target) =>
    addressesOf(target).map((address) => single.push({ ...target, address, ipv6: '' }) - 1),
  );
  return { single, columns };
}

/** All that one place knows of one target, by every family that both have. */
function over(findings: IsolationFindings, row: number, columns: readonly number[]): IsolationCell {
  const asker = findings.places[row]?.container;
  const own = new Set(asker ? addressesOf(asker).map(familyOf) : []);
  const family = (column: number) => familyOf(findings.targets[column]?.address ?? '');
  const common = columns.filter((column) => own.has(family(column)));
  const judged = (common.length > 0 ? common : columns).map((column) => ({
    family: family(column),
    ...judge(findings, row, column),
  }));
  const decides = [...judged].sort((a, b) => weight.indexOf(a.verdict) - weight.indexOf(b.verdict))[0];
  const { verdict, reason, evidence } = decides ?? cell('failed', null);
  const asked = judged.flatMap(({ evidence: seen, ...each }) => (seen ? [{ ...each, evidence: seen }] : []));
  return { verdict, reason, evidence, asked };
}

/** Nothing is isolated that was heard asked the other way round: what answers an echo request finds its way back. */
function unlessHeard(cells: readonly IsolationCell[][], targets: readonly IsolationTarget[]) {
  return cells.map((line, row) =>
    line.map((each, column) => {
      const target = targets[column];
      const wantsProof = each.verdict === 'isolated' || each.verdict === 'unanswered';
      if (!wantsProof || target?.kind !== 'place') return each;
      const back = targets.findIndex((other) => other.kind === 'place' && other.place === row);
      const heard = isHeard(cells[target.place]?.[back]?.reason ?? null);
      return heard ? { ...each, ...cell('answers_back', each.evidence) } : each;
    }),
  );
}

/**
 * The whole matrix. Silence counts as isolation only where the silent one is shown to live and nothing leads to it, by
 * any family that both have.
 */
export function isolationCells(findings: IsolationFindings): IsolationCell[][] {
  const { single, columns } = byFamily(findings.targets);
  const each = { ...findings, targets: single };
  const cells = findings.places.map((_, row) => columns.map((own) => over(each, row, own)));
  return unlessHeard(cells, findings.targets);
}

/** How many cells there are of each verdict; a place's view of itself is not counted. */
export function countVerdicts(
  cells: readonly (readonly IsolationCell[])[],
): Record<Exclude<IsolationVerdict, 'self'>, number> {
  const counts = { reachable: 0, routed: 0, isolated: 0, unanswered: 0, unknown: 0 };
  for (const { verdict } of cells.flat()) if (verdict !== 'self') counts[verdict] += 1;
  return counts;
}
