import type { Network, SegmentRequest } from '../../../../shared/model';
import { networkOfMember, parseParent, plannedNetwork } from '../../../../shared/rules';
import type { Planned } from '../kind';
import type { SegmentKindContext } from './segment';

type Attach = Extract<SegmentRequest, { kind: 'attach-to-segment' }>;
type Context = Pick<SegmentKindContext, 'plan' | 'inventory' | 'neighbours'>;

/** The network that the container is to be on: the host's own, or the one that the plan makes where it can be asked on. */
function networkFor(
  { segmentId, engineId }: Attach,
  { hosts }: Planned,
  context: Context,
): Network | undefined {
  const { networks, engines } = context.inventory();
  const segment = context.plan.get(segmentId);
  const member = segment?.members.find((each) => each.engineId === engineId);
  const present = segment && member && networkOfMember(segment, member, networks);
  if (present) return present;
  const made = hosts.flatMap(({ steps }) => steps).find((step) => step.op === 'create-network');
  const network = made && plannedNetwork(made.spec, engineId, engines);
  const parent = network?.parent ? parseParent(network.parent) : null;
  // A VLAN link comes with the network: until then nobody can be asked on it.
  return parent?.ok && !parent.engineCreates ? network : undefined;
}

/** Has the LAN asked who answers for the addresses of a container that is to be put on a segment; returns at once. */
export function askNeighbours(request: SegmentRequest, planned: Planned, context: Context): void {
  if (request.kind !== 'attach-to-segment') return;
  const network = networkFor(request, planned, context);
  if (network) context.neighbours?.askOn(network, [request.ipv4, request.ipv6], planned);
}
