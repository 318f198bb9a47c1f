import { expect, it } from 'vitest';
import { container, endpoint, engine } from '../testing';
import { here, networks, office, plan } from './testing';

it('says of running containers that their MAC changes, as a change of address does', () => {
  const mac = '02:42:0a:46:01:09';
  const on = (over: object = {}) => endpoint(here, { ipv4: '10.70.1.9', mac, ...over });
  const web = container({ name: 'web', endpoints: [on()] });
  const off = container({ id: 'off', name: 'off', state: 'exited', endpoints: [on()] });
  const told = (apiVersion: string, over: object, containers = [web, off]) =>
    plan(
      { kind: 'edit-segment', segmentId: 'seg-1', segment: { ...office, ...over }, hosts: [] },
      { networks, containers, engines: [engine({ id: 'e1', apiVersion }), engine({ id: 'e2' })] },
    )
      .hosts[0]?.notices.filter(({ code }) => code.startsWith('mac_'))
      .map(({ code, params }) => [code, params.container, params.context]);
  expect(told('1.55', { mode: 'private' })).toEqual([
    ['mac_changes', 'web', 'drawn'],
    ['mac_random', 'web', undefined],
  ]);
  expect(told('1.45', { mode: 'private' })).toEqual([['mac_changes', 'web', 'automatic']]);
  const pin = container({ name: 'web', endpoints: [on({ pinned4: '10.70.1.9' })] });
  expect(told('1.45', { mode: 'private' }, [pin])).toEqual([]);
  expect(told('1.55', { driver: 'ipvlan', mode: 'l2' })).toEqual([]);
});
