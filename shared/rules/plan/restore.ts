import type { Endpoint, EndpointRequest, EngineRequest, Problem, Step } from '../../model';
import type { Inventory } from '../inventory/inventory';
import { supersedes } from '../membership/identity';
import { ableOf } from './able';
import { keptMac } from './kept-mac';
import { connectNotices, renumberNotices, stopNotices, swapNotices } from './notices';
import { parentFindings } from './parent';
import { refuse, type Plan } from './result';
import { clear, connect, disconnect, stopped } from './steps';
import { endpointOn, entryOf, findNetwork, findSubject, noneNetwork, type Subject } from './subject';
import { checkPins, connectedProblem, targetProblem, tidyAddresses } from './target';

type Restore = Extract<EngineRequest, { kind: 'restore' }>;
type Attachment = Restore['attachments'][number];

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

function restoreOne(attachment: Attachment, subject: Subject): Plan {
  const { container } = subject;
  const found = findNetwork(attachment.networkId, subject);
  if (!found.ok) return refuse(found.error);
  const network = found.value;
  const old = endpointOn(subject, network);
  const closed =
    (old ? null : connectedProblem(subject, network, 'networkId')) ?? targetProblem(network, subject);
  if (closed) return refuse(closed);
  const { endpoint: kept, notices } = wanted(attachment, subject);
  const endpoint = withOwn(kept, old);
  const left = old ? undefined : entryOf(subject, network);
  const pins = checkPins(endpoint, network, subject, old || left ? container : undefined);
  const parent = parentFindings(network, subject);
  const problems: Problem[] = [...parent.problems, ...pins.problems];
  const itsMac = old && keptMac(subject, old, network, { renewed: { ipv4: endpoint.ipv4 ?? '' } });
  const away: Step[] = old
    ? [disconnect(container, network, { mac: itsMac?.mac })]
    : !subject.live && left
      ? [clear(container, network)]
      : [];
  return {
    steps: problems.length > 0 ? [] : [...away, connect(container, network, endpoint)],
    notices: [
      ...parent.notices,
      ...(old ? swapNotices(subject, network) : []),
      ...notices,
      ...pins.notices,
      ...(itsMac?.notices ?? []),
      ...connectNotices(subject, network, endpoint),
    ],
    problems,
  };
}

/** Gives a container attachments back as they were. All of them, or none. */
export function planRestore(request: Restore, inventory: Inventory): Plan {
  const found = findSubject(request, inventory);
  if (!found.ok) return refuse(found.error);
  const subject: Subject = { ...found.value, inventory: withoutSuperseded(found.value) };
  const parts = request.attachments.map((each) => restoreOne(each, subject));
  const problems = parts.flatMap((part) => part.problems);
  const none = noneNetwork(subject);
  return {
    steps:
      problems.length > 0
        ? []
        : [
            ...stopped(subject),
            ...(none ? [disconnect(subject.container, none)] : []),
            ...parts.flatMap((part) => part.steps),
          ],
    notices: [
      ...stopNotices(subject),
      ...parts.flatMap((part) => part.notices),
      ...renumberNotices(subject, subject.container.endpoints.length - 1),
    ],
    problems,
  };
}
