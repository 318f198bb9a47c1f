import type { Container, Network, Problem, SegmentView, Snapshot } from '../../../shared/model';
import { hostName, obstacleTo, sortNatural } from '../../../shared/rules';
import { dropOnSegment, requestFor, type MoveFrom, type SegmentAttach } from '../../graph';
import { nameRank, normalQuery } from '../../store/query';

/** A network that a container could be attached to, or why it can't. */
export interface NetworkChoice {
  kind: 'network';
  network: Network;
  problem: Problem | null;
}

/** A segment whose network the container's host lacks: it is made on the spot, as for a drop on its band. */
export interface SegmentChoice {
  kind: 'segment';
  view: SegmentView;
  /** Names of the hosts that have it. */
  hosts: string[];
  /** The plan says that it should be on the container's host. */
  missing: boolean;
  /** Null where `problem` stands in the way. */
  request: SegmentAttach | null;
  problem: Problem | null;
}

export type AttachChoice = NetworkChoice | SegmentChoice;

const order = ['macvlan', 'ipvlan', 'bridge', 'overlay', 'other', 'host', 'null'] as const;

const refusedLast = (a: AttachChoice, b: AttachChoice): number =>
  Number(a.problem !== null) - Number(b.problem !== null);

/**
 * The networks of the container's own host: those that take it first, LAN networks before others. The reasons are
 * those that the preview would give.
 * @param from the network that the container leaves for the one chosen, which is none of them
 */
export function networkChoices(
  container: Container,
  snapshot: Snapshot,
  from: MoveFrom = null,
): NetworkChoice[] {
  const { engineId } = container;
  return snapshot.networks
    .filter((network) => network.engineId === engineId && network.id !== from)
    .map((network): NetworkChoice => {
      const problem = obstacleTo(requestFor(container, network, from), snapshot);
      return { kind: 'network', network, problem };
    })
    .sort(
      (a, b) =>
        refusedLast(a, b) ||
        order.indexOf(a.network.kind) - order.indexOf(b.network.kind) ||
        sortNatural(a.network.name, b.network.name),
    );
}

/** The segments that have no network on the container's host. */
export function segmentChoices(
  container: Container,
  snapshot: Snapshot,
  views: readonly SegmentView[],
): SegmentChoice[] {
  const { engineId } = container;
  return views
    .filter(({ members }) => !members.some((each) => each.engineId === engineId && each.networkId !== null))
    .map((view): SegmentChoice => {
      const drop = dropOnSegment(view.segment, container, snapshot);
      const elsewhere = view.members.filter((each) => each.networkId !== null);
      const hosts = elsewhere.map((each) => hostName(each.engineId, snapshot.engines));
      return {
        kind: 'segment',
        view,
        hosts: [...new Set(hosts)].sort(sortNatural),
        missing: view.members.some((each) => each.engineId === engineId),
        request: drop.ok ? drop.request : null,
        problem: drop.ok ? null : drop.problem,
      };
    })
    .sort((a, b) => refusedLast(a, b) || sortNatural(a.view.segment.name, b.view.segment.name));
}

/** Choices under one heading. */
export interface ChoiceGroup {
  /** `all`: without a heading, where there are networks only. */
  kind: 'all' | 'networks' | 'segments' | 'refused';
  choices: AttachChoice[];
}

/** In the order in which they are listed: what can't be had comes last, whatever it is. */
export function choiceGroups(
  networks: readonly NetworkChoice[],
  segments: readonly SegmentChoice[],
): ChoiceGroup[] {
  if (segments.length === 0) return [{ kind: 'all', choices: [...networks] }];
  const open = (choice: AttachChoice) => choice.problem === null;
  return [
    { kind: 'networks', choices: networks.filter(open) },
    { kind: 'segments', choices: segments.filter(open) },
    { kind: 'refused', choices: [...networks, ...segments].filter((choice) => !open(choice)) },
  ];
}

/** What a choice can be found by. */
export function choiceText(choice: AttachChoice): string {
  if (choice.kind === 'network') {
    const { name, driver, parent, subnets } = choice.network;
    return [name, driver, parent ?? '', ...subnets.map((each) => each.subnet)].join(' ');
  }
  const { name, driver, vlan, subnets } = choice.view.segment;
  const tag = vlan === null ? '' : `vlan ${String(vlan)}`;
  return [name, driver, tag, ...subnets.map((each) => each.subnet), ...choice.hosts].join(' ');
}

const nameOf = (choice: AttachChoice): string =>
  choice.kind === 'network' ? choice.network.name : choice.view.segment.name;

/**
 * What of the choices fits what was typed: those named so first (`lan` before all that is mac`vlan`), in their own order
 * otherwise, and what can't be had last as ever.
 */
export function fitting(choices: readonly AttachChoice[], typed: string): AttachChoice[] {
  const wanted = normalQuery(typed);
  const rank = (choice: AttachChoice) => nameRank(nameOf(choice), wanted);
  return choices
    .filter((choice) => choiceText(choice).toLowerCase().includes(wanted))
    .sort((a, b) => refusedLast(a, b) || rank(a) - rank(b));
}

/** One problem that all choices share is the container's own, and is said once: host mode, a shared namespace. */
export function commonProblem(choices: readonly Pick<AttachChoice, 'problem'>[]): Problem | null {
  const first = choices[0]?.problem;
  if (!first || !['host_mode', 'shares_namespace', 'engine_unreachable'].includes(first.code)) return null;
  return choices.every((choice) => choice.problem?.code === first.code) ? first : null;
}
