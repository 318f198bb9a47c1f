import type { TFunction } from 'i18next';
import {
  isOfPolicy,
  policyKindOf,
  puts,
  type ChangeRecord,
  type EngineRequest,
  type GuardNote,
  type PolicyRequest,
  type Snapshot,
  type Step,
} from '../../../shared/model';
import { hostName, shortId, stepWords } from '../../../shared/rules';
import { findContainer, findNetwork } from '../../store/inventory';

type Translate = TFunction<'change'>;

/** In the words of its kind: see `renderer/i18n/policies`. */
function policyText(
  t: Translate,
  request: PolicyRequest,
  what: 'title' | 'button',
  values: object = {},
): string {
  const key = `policies.${policyKindOf(request)}.${puts(request) ? 'put' : 'remove'}.${what}`;
  return (t as (key: string, values: object) => string)(key, values);
}

/**
 * Names for ids: what the steps call them, else the inventory, else the short id of what is gone.
 *
 * @param snapshots the present one, and earlier ones that may still know what is gone by now
 */
export function namesIn(steps: readonly Step[], snapshots: readonly Snapshot[], engineId: string) {
  const named = (find: (snapshot: Snapshot) => { name: string } | undefined, id: string): string =>
    snapshots.map(find).find((one) => one !== undefined)?.name ?? shortId(id);
  return {
    host: hostName(engineId, snapshots[0]?.engines ?? []),
    container: (id: string): string => {
      for (const step of steps)
        if ('containerId' in step && step.containerId === id) return step.containerName;
      return named((snapshot) => findContainer(snapshot, engineId, id), id);
    },
    network: (id: string): string => {
      for (const step of steps) if ('networkId' in step && step.networkId === id) return step.networkName;
      return named((snapshot) => findNetwork(snapshot, engineId, id), id);
    },
  };
}

/** Whether a change only takes away what a failed attach has left, which is no attachment. */
const clears = (request: EngineRequest | PolicyRequest, steps: readonly Step[]): boolean =>
  request.kind === 'detach' &&
  steps.some(
    (step) =>
      step.op === 'disconnect' &&
      step.leftover === true &&
      [step.networkId, step.networkName].includes(request.networkId),
  );

/** A change in words: `Attach web to lan10`. */
export function changeTitle(
  t: Translate,
  request: EngineRequest | PolicyRequest,
  steps: readonly Step[],
  ...snapshots: Snapshot[]
): string {
  const of = namesIn(steps, snapshots, request.engineId);
  switch (request.kind) {
    case 'attach':
    case 'detach':
    case 'readdress':
      return t(clears(request, steps) ? 'steps.clear' : `titles.${request.kind}`, {
        container: of.container(request.containerId),
        network: of.network(request.networkId),
      });
    case 'move':
      return t('titles.move', {
        container: of.container(request.containerId),
        from: of.network(request.fromNetworkId),
        network: of.network(request.toNetworkId),
      });
    case 'restore':
      return t('titles.restore', {
        container: of.container(request.containerId),
        network: request.attachments.map(({ networkId }) => of.network(networkId)).join(', '),
      });
    case 'restore-several':
      return t('titles.restoreSeveral', { number: request.containers.length });
    case 'create-network':
      return t('titles.createNetwork', { network: request.spec.name });
    case 'remove-network':
      return t('titles.removeNetwork', { network: of.network(request.networkId) });
    default:
      return policyText(t, request, 'title', {
        host: of.host,
        network: 'networkName' in request ? request.networkName : of.network(request.networkId),
        container:
          'containerName' in request
            ? request.containerName
            : 'containerId' in request
              ? of.container(request.containerId)
              : '',
      });
  }
}

/** What was said about guards: `Guard web`. */
export function guardTitle(t: Translate, { what, guards }: GuardNote): string {
  const [only, ...more] = guards;
  if (only && more.length === 0) return t(`titles.guard.${what}`, { container: only.containerName });
  return t(`titles.guardSeveral.${what}`, { number: guards.length });
}

/** What the button that applies it says. */
export function applyLabel(
  t: Translate,
  request: EngineRequest | PolicyRequest,
  steps: readonly Step[],
): string {
  if (clears(request, steps)) return t('buttons.clear');
  if (request.kind === 'create-network') return t('buttons.createNetwork');
  if (request.kind === 'remove-network') return t('buttons.removeNetwork');
  if (isOfPolicy(request)) return policyText(t, request, 'button');
  if (request.kind === 'restore-several') return t('buttons.restore');
  return t(`buttons.${request.kind}`);
}

/** The host's address of a shim that a change puts or removes; empty for every other change. */
export const shimAddress = ({ request, hosts }: Pick<ChangeRecord, 'request' | 'hosts'>): string =>
  hosts
    .flatMap(({ steps }) => steps)
    .map((step) => ('shim' in step && isOfPolicy(request) ? step.shim.address : ''))
    .find(Boolean) ?? '';

/** One step in words. */
export function stepText(t: Translate, step: Step): string {
  const words = stepWords(step);
  const key = words.of === 'engine' ? `steps.${words.key}` : `policies.${words.kind}.${words.does}.step`;
  const bare = words.of === 'host' && words.bare && { context: 'bare' };
  return (t as (key: string, values: object) => string)(key, { ...words.values, ...bare });
}
