import { segmentDraftSchema, type ChangeRecord, type HostResult, type Snapshot } from '../../../shared/model';
import { recordedEndpoint } from '../../../shared/rules';
import type { Kept } from './change-log';
import { bare, type HostsOutcome } from './run-hosts';
import { addressesOf } from './verify';

/** Engines that were off the list, and left as they are. */
export const leftOut = ({ results }: HostsOutcome): Set<string> =>
  new Set(results.filter((each) => each.state === 'left').map((each) => each.engineId));

/** With the change's own steps: the run's take it back where it was being undone. */
export function withHosts(
  record: ChangeRecord,
  outcome: HostsOutcome,
  state: HostResult['state'],
): ChangeRecord {
  const left = leftOut(outcome);
  const hosts = record.hosts.map((host): HostResult => ({
    ...bare(host),
    state: left.has(host.engineId) ? 'left' : state,
  }));
  return { ...record, hosts };
}

/** The change's own hosts, those with what went wrong when it was taken back that could not be. */
export function withFailures({ hosts }: ChangeRecord, { results }: HostsOutcome): HostResult[] {
  return hosts.map((host): HostResult => {
    const found = results.find((each) => each.engineId === host.engineId);
    if (!found?.problem) return host;
    return { ...bare(host), state: found.state, problem: found.problem };
  });
}

type Known = Pick<Snapshot, 'networks' | 'containers'>;

/** Whose change it is, and what an edit is about to replace. */
export function segmentOf(
  request: ChangeRecord['request'],
  kept: Kept | undefined,
): Pick<ChangeRecord, 'segment' | 'segmentBefore'> {
  if (kept?.what !== 'segment') return {};
  const segment = { id: kept.id, name: kept.name };
  if (request.kind !== 'edit-segment' || !kept.before) return { segment };
  return { segment, segmentBefore: segmentDraftSchema.parse(kept.before) };
}

/** The addresses that a change of address is about to replace. */
export function addressesBefore(
  request: ChangeRecord['request'],
  { networks, containers }: Known,
): Pick<ChangeRecord, 'before'> {
  if (request.kind !== 'readdress') return {};
  const { engineId, containerId, networkId } = request;
  const container = containers.find((each) => each.engineId === engineId && each.id === containerId);
  const network = networks.find((each) => each.engineId === engineId && each.id === networkId);
  const endpoint = container && network && recordedEndpoint(container, network);
  const before = endpoint ? addressesOf(endpoint) : {};
  return before.ipv4 || before.ipv6 ? { before } : {};
}

/** Of each host the addresses that were read back, where it is a container that was to get any. */
export const confirmed = (request: ChangeRecord['request'], { results }: HostsOutcome): HostResult[] =>
  'containerId' in request ? results : results.map(({ ipv4: _4, ipv6: _6, ...host }): HostResult => host);
