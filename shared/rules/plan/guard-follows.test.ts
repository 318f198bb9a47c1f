import { expect, it } from 'vitest';
import type { Container, EngineRequest, Guard } from '../../model';
import type { Inventory } from '../inventory/inventory';
import { container, endpoint, engine, network } from '../testing';
import { planChange } from './plan';
import { detail } from './testing';

const lan = network({ id: 'lan', name: 'lan' });
const iot = network({
  ...{ id: 'iot', name: 'iot', parent: 'eth1.30' },
  subnet: { subnet: '10.80.0.0/24', gateway: '10.80.0.1' },
});
const on = { engineId: 'e1', containerId: 'web' };
const guard: Guard = {
  ...{ engineId: 'e1', identity: { by: 'name', name: 'web' }, containerName: 'web', containerId: 'web' },
  ...{ attachments: [{ networkName: 'lan', ipv4: '10.70.1.20' }], since: 1 },
};
const onLan = endpoint(lan, { ipv4: '10.70.1.20', pinned4: '10.70.1.20' });
const onIot = endpoint(iot, { ipv4: '10.80.0.9', pinned4: '10.80.0.9' });
const world = (endpoints: Container['endpoints'] = [onLan], guards = [guard]): Inventory => ({
  ...{ engines: [engine({ id: 'e1' })], networks: [lan, iot], guards },
  containers: [container({ id: 'web', name: 'web', detail, endpoints })],
});
const told = (request: EngineRequest, known = world()) =>
  planChange(request, known).notices.flatMap(({ code, params }) =>
    code === 'guard_follows' ? [[params['context'] ?? 'follows', params['address'], params['network']]] : [],
  );

it('says that the guard follows to the address that a change fixes', () => {
  const readdress = { kind: 'readdress', ...on, networkId: 'lan', ipv4: '10.70.1.77' } as const;
  expect(told(readdress)).toEqual([['follows', '10.70.1.77', 'lan']]);
  const move: EngineRequest = {
    kind: 'move',
    ...{ ...on, fromNetworkId: 'lan', toNetworkId: 'iot', ipv4: '10.80.0.7' },
  };
  expect(told(move)).toEqual([['follows', '10.80.0.7', 'iot']]);
  expect(told(readdress, world([onLan], []))).toEqual([]);
  expect(told(readdress, world([onLan], [{ ...guard, containerId: 'old' }]))).toEqual([]);
});

it('says what becomes of the guard where a guarded attachment goes', () => {
  const detach = { kind: 'detach', ...on, networkId: 'lan' } as const;
  expect(told(detach)).toEqual([['asks', '10.70.1.20', 'lan']]);
  expect(told(detach, world([onLan, onIot]))).toEqual([['dropped', '10.70.1.20', 'lan']]);
  expect(told({ kind: 'readdress', ...on, networkId: 'lan' })).toEqual([['asks', '10.70.1.20', 'lan']]);
  expect(told({ kind: 'detach', ...on, networkId: 'iot' }, world([onLan, onIot]))).toEqual([]);
});
