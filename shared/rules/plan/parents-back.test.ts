import { expect, it } from 'vitest';
import type { Nic, Step } from '../../model';
import { hostFacts, nic } from '../host/testing';
import { formOf } from '../networks/network-form';
import { engine, network } from '../testing';
import { parentEngines, parentProblem } from './parents-back';

const vlan = network({ id: 'old', name: 'vlan', parent: 'eth0.20', options: { parent: 'eth0.20' } });
const connect: Step = {
  ...{ op: 'connect', containerId: 'web', containerName: 'web', endpoint: {} },
  ...{ networkId: 'old', networkName: 'vlan' },
};
const restore: Step = { op: 'restore-network', networkName: 'vlan', form: formOf(vlan) };
const known = (networks = [vlan], ...nics: Nic[]) => ({
  ...{ engines: [engine()], networks, containers: [] },
  ...{ looked: ['e1'], facts: [hostFacts('e1', nic({ name: 'eth0' }), ...nics)] },
});
const problem = (steps: Step[], ...args: Parameters<typeof known>) =>
  parentProblem([{ engineId: 'e1', steps }], known(...args));

it('a parent that is gone is one to nobody', () => {
  expect(problem([connect])).toMatchObject({ code: 'parent_missing', params: { parent: 'eth0.20' } });
});
it('the link of a VLAN comes with the network that these steps make again', () => {
  expect(problem([restore, connect], [])).toBeNull();
  const port = nic({ name: 'eth0.20', master: 'br0', masterKind: 'bridge' });
  expect(problem([restore, connect], [], port)).toMatchObject({ code: 'parent_busy' });
});
it('only hosts that get containers on a LAN are looked at', () => {
  const off: Step = { op: 'stop', containerId: 'web', containerName: 'web' };
  const jobs = [
    { engineId: 'e1', steps: [connect] },
    { engineId: 'e2', steps: [off] },
  ];
  expect(parentEngines(jobs, known())).toEqual(['e1']);
  expect(parentEngines(jobs, known(), true)).toEqual(['e1']);
  expect(parentEngines([{ engineId: 'e1', steps: [restore] }], known())).toEqual([]);
  expect(parentEngines([{ engineId: 'e1', steps: [restore] }], known(), true)).toEqual(['e1']);
});
