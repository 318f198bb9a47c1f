import { expect, it } from 'vitest';
import type { ChangeRecord, Step } from '../../../shared/model';
import { givenAddresses } from './given-addresses';

const names = { containerId: 'c1', containerName: 'web', networkId: 'n1', networkName: 'lan' };
const connect = (ipv4?: string): Step => ({ op: 'connect', ...names, endpoint: ipv4 ? { ipv4 } : {} });
const disconnect: Step = { op: 'disconnect', ...names };
const record = (steps: Step[], state: ChangeRecord['state'] = 'applied'): ChangeRecord => ({
  ...{ id: 'a', at: 1, who: 'ada', state, undoable: true },
  request: { kind: 'detach', engineId: 'e1', containerId: 'c1', networkId: 'n1' },
  hosts: [{ engineId: 'e1', engineName: 'atlas', steps, state: 'done' }],
});
const given = { engineId: 'e1', containerId: 'c1', networkName: 'lan' };

it('is the newest word on an attachment, of what stands', () => {
  const [old, later] = [record([connect('10.70.1.60')]), [disconnect, connect('10.70.1.61')]];
  expect(givenAddresses([record(later), old])).toEqual([{ ...given, ipv4: '10.70.1.61' }]);
  expect(givenAddresses([record(later, 'undone'), old])).toEqual([{ ...given, ipv4: '10.70.1.60' }]);
});

it('is none where we took it away since, or left it to the engine', () => {
  const old = record([connect('10.70.1.60')]);
  expect(givenAddresses([record([disconnect]), old])).toEqual([]);
  expect(givenAddresses([record([disconnect, connect()]), old])).toEqual([]);
});

it('is what undoing gave back last, whenever the change itself was', () => {
  const undone = (at: number, ipv4: string) => ({
    ...record([disconnect], 'undone'),
    undone: { at, who: 'ada', back: [{ engineId: 'e1', steps: [connect(ipv4)] }] },
  });
  expect(givenAddresses([undone(5, '10.70.1.60')])).toEqual([{ ...given, ipv4: '10.70.1.60' }]);
  // The later one was undone first.
  const both = [undone(5, '10.70.1.61'), undone(6, '10.70.1.60')];
  expect(givenAddresses(both)).toEqual([{ ...given, ipv4: '10.70.1.60' }]);
  expect(givenAddresses([{ ...record([disconnect]), at: 7 }, ...both])).toEqual([]);
});
