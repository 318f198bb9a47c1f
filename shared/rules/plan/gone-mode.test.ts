import { expect, it } from 'vitest';
import type { Container, EngineRequest } from '../../model';
import { endpoint, engine, network } from '../testing';
import { attach, codes, detach, docker0, lan, none, onWeb, plan, v26, web } from './testing';

/** Engines from v25 on put a container that runs on no network while the one is gone that it was made with. */
const there = network({ id: 'there', name: 'there' });
const madeWithOld = (over: Partial<Container> = {}) =>
  web({ networkMode: { kind: 'network', network: 'old' }, endpoints: [endpoint(there)], ...over });
const told = (request: EngineRequest, container = madeWithOld(), engines = [v26]) =>
  plan(request, { engines, networks: [docker0, lan, none, there], containers: [container] });

const readdress: EngineRequest = { kind: 'readdress', ...onWeb, networkId: 'there', ipv4: '10.70.1.30' };
const move: EngineRequest = { kind: 'move', ...onWeb, fromNetworkId: 'there', toNetworkId: 'e1-lan' };

it.each<[string, EngineRequest]>([
  ['an attach', attach()],
  ['a move', move],
  ['a change of address', readdress],
  ['the same once it is stopped for it, as it could not start again', { ...readdress, stopFirst: true }],
])('refuses %s', (_what, request) => {
  const { problems } = told(request);
  expect(problems).toMatchObject([
    { code: 'mode_network_gone', params: { container: 'web', network: 'old', host: v26.name } },
  ]);
});

it('refuses none where it does not run, its network is there, or the engine does not mind', () => {
  expect(codes(told(attach(), madeWithOld({ state: 'exited' })).problems)).toEqual([]);
  expect(
    codes(told(attach(), madeWithOld({ networkMode: { kind: 'network', network: 'lan' } })).problems),
  ).toEqual([]);
  expect(codes(told(attach(), madeWithOld(), [engine({ apiVersion: '1.41' })]).problems)).toEqual([]);
});

it('says of a detach that nothing takes it back while the container runs', () => {
  const final = (container = madeWithOld()) =>
    codes(told(detach({ networkId: 'there' }), container).notices).includes('detach_final');
  expect(final()).toBe(true);
  expect(final(madeWithOld({ networkMode: { kind: 'bridge' } }))).toBe(false);
});
