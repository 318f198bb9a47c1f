import type {
  Container,
  Endpoint,
  EndpointRequest,
  EngineRequest,
  Network,
  Notice,
  Problem,
  Step,
} from '../../model';
import { plainAddress } from '../basics/cidr';
import type { Inventory } from '../inventory/inventory';
import { supersedes } from '../membership/identity';
import { recordedEndpoint } from '../membership/on-network';
import { ableOf } from './able';
import { keptMac } from './kept-mac';
import { connectNotices, renumberNotices, stopNotices, swapNotices } from './notices';
import { parentFindings } from './parent';
import type { Plan } from './result';
import { clear, connect, disconnect, stopped } from './steps';
import { endpointOn, entryOf, findNetwork, findSubject, noneNetwork, type Subject } from './subject';
import { checkFixed, connectedProblem, targetProblem, tidyAddresses } from './target';

type Restore = Extract<EngineRequest, { kind: 'restore' }>;
type Several = Extract<EngineRequest, { kind: 'restore-several' }>;
type Attachment = Restore['attachments'][number];

/** One attachment that is given back. */
interface Part {
  /** Takes away what is there in its place. */
  away: Step[];
  back: Step[];
  /** What is there until then; its addresses may be another's that is given back, too. */
  old: Endpoint | undefined;
  network: Network | undefined;
  wanted: EndpointRequest;
  notices: Notice[];
  problems: Problem[];
}

/** Those whose place it takes are about to go, and may hold the very addresses until then. */
function withoutSuperseded({ container, inventory }: Subject): Inventory {
  const containers = inventory.containers.filter((other) => !supersedes(container, other));
  return { ...inventory, containers };
}

/** What the engine is asked for, and what is left out because it can't do it. */
function wanted(attachment: Attachment, { engine }: Subject) {
  const { networkId: _network, ipv4, ipv6, mac, gatewayPriority, ...others } = attachment;
  const able = ableOf({ mac, gatewayPriority }, engine);
  const addresses = tidyAddresses({ ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }) });
  const endpoint: EndpointRequest = { ...addresses, ...others, ...able.endpoint };
  return { endpoint, notices: able.notices };
}

/** What it was made anew with stays: the names that compose gives it, for one. */
function withOwn(kept: EndpointRequest, old: Endpoint | undefined): EndpointRequest {
  if (!old) return kept;
  const aliases = [...new Set([...(kept.aliases ?? []), ...old.aliases])];
  const driverOptions = { ...old.driverOptions, ...kept.driverOptions };
  return {
    ...kept,
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(Object.keys(driverOptions).length > 0 ? { driverOptions } : {}),
    ...((kept.links ?? old.links) ? { links: [...(kept.links ?? old.links ?? [])] } : {}),
    ...(kept.gatewayPriority === undefined && old.gatewayPriority
      ? { gatewayPriority: old.gatewayPriority }
      : {}),
  };
}

const refused = (problems: Problem[]): Part => ({
  ...{ away: [], back: [], old: undefined, network: undefined, wanted: {}, notices: [] },
  problems,
});

function restoreOne(attachment: Attachment, subject: Subject): Part {
  const { container } = subject;
  const found = findNetwork(attachment.networkId, subject);
  if (!found.ok) return refused([found.error]);
  const network = found.value;
  const old = endpointOn(subject, network);
  const closed =
    (old ? null : connectedProblem(subject, network, 'networkId')) ?? targetProblem(network, subject);
  if (closed) return refused([closed]);
  const { endpoint: kept, notices } = wanted(attachment, subject);
  const endpoint = withOwn(kept, old);
  const left = old ? undefined : entryOf(subject, network);
  const pins = checkFixed(endpoint, network, subject, old || left ? container : undefined);
  const parent = parentFindings(network, subject);
  const itsMac = old && keptMac(subject, old, network, { renewed: { ipv4: endpoint.ipv4 ?? '' } });
  const away: Step[] = old
    ? [disconnect(container, network, { mac: itsMac?.mac })]
    : !subject.live && left
      ? [clear(container, network)]
      : [];
  return {
    ...{ away, back: [connect(container, network, endpoint)], old, network, wanted: endpoint },
    notices: [
      ...parent.notices,
      ...(old ? swapNotices(subject, network) : []),
      ...notices,
      ...pins.notices,
      ...(itsMac?.notices ?? []),
      ...connectNotices(subject, network, endpoint),
    ],
    problems: [...parent.problems, ...pins.problems],
  };
}

/** Whether what a part takes away has an address that another one is to get. */
function isInTheWay({ old, network }: Part, other: Part): boolean {
  if (!old || !network || !other.network) return false;
  const theirs = [other.wanted.ipv4, other.wanted.ipv6].flatMap((one) => (one ? [plainAddress(one)] : []));
  const mine = [old.ipv4, old.ipv6, old.pinned4, old.pinned6];
  return mine.some((one) => one && theirs.includes(plainAddress(one)));
}

/** Each is off its network for as short as can be: what another one is to get is given up right before that. */
function inOrder(parts: readonly Part[]): Step[] {
  const gone = new Set<Part>();
  const away = (part: Part): Step[] => {
    if (gone.has(part)) return [];
    gone.add(part);
    return part.away;
  };
  return parts.flatMap((part) => [
    ...away(part),
    ...parts.filter((other) => isInTheWay(other, part)).flatMap(away),
    ...part.back,
  ]);
}

/** What those that are given back as well have now, and are about to give up, is in nobody's way. */
function withoutReplaced(
  { engineId, containers }: Several,
  inventory: Inventory,
): (own: string) => Inventory {
  const replaced = new Map(containers.map((one) => [one.containerId, one.attachments]));
  const networks = inventory.networks.filter((one) => one.engineId === engineId);
  const without = (container: Container): Container => {
    const attachments = container.engineId === engineId ? replaced.get(container.id) : undefined;
    if (!attachments) return container;
    const entries = networks
      .filter(({ id }) => attachments.some(({ networkId }) => networkId === id))
      .map((network) => recordedEndpoint(container, network));
    return { ...container, endpoints: container.endpoints.filter((one) => !entries.includes(one)) };
  };
  const others = inventory.containers.map((container) => ({ container, without: without(container) }));
  return (own) => ({
    ...inventory,
    containers: others.map((one) =>
      one.container.engineId === engineId && one.container.id === own ? one.container : one.without,
    ),
  });
}

/** What one of them comes to beside its attachments. */
function restoreParts(request: Omit<Restore, 'kind'>, inventory: Inventory) {
  const found = findSubject(request, inventory);
  if (!found.ok) return { parts: [refused([found.error])], before: [], notices: [], after: [] };
  const subject: Subject = { ...found.value, inventory: withoutSuperseded(found.value) };
  const none = noneNetwork(subject);
  return {
    parts: request.attachments.map((each) => restoreOne(each, subject)),
    before: [...stopped(subject), ...(none ? [disconnect(subject.container, none)] : [])],
    notices: stopNotices(subject),
    after: renumberNotices(subject, subject.container.endpoints.length - 1),
  };
}

type Found = ReturnType<typeof restoreParts>;

function planOf(found: readonly Found[]): Plan {
  const parts = found.flatMap((one) => one.parts);
  const problems = parts.flatMap((part) => part.problems);
  return {
    steps: problems.length > 0 ? [] : [...found.flatMap(({ before }) => before), ...inOrder(parts)],
    notices: found.flatMap((one) => [
      ...one.notices,
      ...one.parts.flatMap((part) => part.notices),
      ...one.after,
    ]),
    problems,
  };
}

/** Gives a container attachments back as they were. All of them, or none. */
export const planRestore = (request: Restore, inventory: Inventory): Plan =>
  planOf([restoreParts(request, inventory)]);

const partsOfSeveral = (request: Several, inventory: Inventory): Found[] => {
  const known = withoutReplaced(request, inventory);
  return request.containers.map((one) =>
    restoreParts({ engineId: request.engineId, ...one }, known(one.containerId)),
  );
};

/** The same for several: what one of them has, another may get. */
export const planRestoreSeveral = (request: Several, inventory: Inventory): Plan =>
  planOf(partsOfSeveral(request, inventory));

/**
 * Of containers that are to get something back: those that can at once, and why each of the others can't. One that can't keeps what
 * it has, which may be what another was to get.
 */
export function restorable(
  request: Several,
  inventory: Inventory,
): { request: Several | null; refused: ReadonlyMap<string, Problem> } {
  const refusals = new Map<string, Problem>();
  for (let left = request.containers; left.length > 0;) {
    const asked = { ...request, containers: left };
    const wrong = partsOfSeveral(asked, inventory).flatMap(({ parts }, index) => {
      const [first] = parts.flatMap(({ problems }) => problems);
      return first ? [[left[index]?.containerId ?? '', first] as const] : [];
    });
    if (wrong.length === 0) return { request: asked, refused: refusals };
    for (const [id, found] of wrong) refusals.set(id, found);
    left = left.filter(({ containerId }) => !refusals.has(containerId));
  }
  return { request: null, refused: refusals };
}
