import { isDeepStrictEqual } from 'node:util';
import {
  changePreviewSchema,
  type EngineRequest,
  type Container,
  type Engine,
  type Network,
} from '../../model';

import type { Beside } from '../inventory/beside';
import { planChange } from './plan';
import { bridge, container, endpoint, engine, network, special } from '../testing';

/** Requests about the container `web` on the engine `e1`, and what every plan must satisfy. */

export const lan = network();
export const docker0 = bridge();
export const none = special('none');
export const host = special('host');
export const v29 = engine();
export const v26 = engine({ apiVersion: '1.45' });
export interface World {
  engines?: Engine[];
  networks?: Network[];
  containers?: Container[];
  beside?: Beside;
}
function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
/** {@link planChange}, with what must hold of every plan checked. */
export function plan(request: EngineRequest, world: World) {
  const networks = world.networks ?? [docker0, lan, none, host];
  const { engines = [v29], containers = [], beside } = world;
  const inventory = { engines, networks, containers, ...beside };
  const frozen = structuredClone(inventory);
  const made = planChange(request, inventory);
  must(isDeepStrictEqual(inventory, frozen), 'it changed the inventory');
  must(isDeepStrictEqual(planChange(request, inventory), made), 'it gave another plan the second time');
  must(!JSON.stringify(made).includes('{{'), 'a text lacks a value');
  const { problems } = made;
  const planned = { engineId: 'e1', engineName: 'h', ...made };
  changePreviewSchema.parse({ id: 'x', request, hosts: [planned], problems });
  must(made.problems.length === 0 || made.steps.length === 0, 'a refused plan has steps');
  return made;
}
/** What inspect tells, as far as plans read it. */
export const detail = { configuredMac: '' } as NonNullable<Container['detail']>;
export const web = (over: Partial<Container> = {}) =>
  container({ endpoints: [endpoint(docker0, { ipv4: '172.17.0.2' })], detail, ...over });
export type Of<K extends EngineRequest['kind']> = Partial<Extract<EngineRequest, { kind: K }>>;
export const onWeb = { engineId: 'e1', containerId: 'e1-web' };
export const attach = (over: Of<'attach'> = {}): EngineRequest => ({
  kind: 'attach',
  ...onWeb,
  networkId: 'e1-lan',
  ...over,
});
export const detach = (over: Of<'detach'> = {}): EngineRequest => ({
  kind: 'detach',
  ...onWeb,
  networkId: 'e1-lan',
  ...over,
});
export const move = (over: Of<'move'> = {}): EngineRequest => ({
  kind: 'move',
  ...onWeb,
  fromNetworkId: 'e1-bridge',
  toNetworkId: 'e1-lan',
  ...over,
});
export const readdress = (over: Of<'readdress'> = {}): EngineRequest => ({
  kind: 'readdress',
  ...onWeb,
  networkId: 'e1-lan',
  ...over,
});
export const remove = (networkId = 'e1-lan'): EngineRequest => ({
  kind: 'remove-network',
  engineId: 'e1',
  networkId,
});
export const codes = (found: { code: string }[]) => found.map((one) => one.code).sort();
export const first = (made: ReturnType<typeof plan>) => made.problems[0];
export const ops = (made: ReturnType<typeof plan>) =>
  made.steps.map((step) => `${step.op} ${'networkName' in step ? step.networkName : step.containerName}`);
