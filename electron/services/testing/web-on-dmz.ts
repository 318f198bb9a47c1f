import type { ChangeRequest } from '../../../shared/model';
import { ChangeBench } from './change-bench';
import { container, endpoint, FakeEngine, network } from './fake-engine';

/** One engine with the container `web` on `dmz`, at a fixed address, and `lan` beside; and the changes of that. */
export const lan = network('n1', 'lan');
export const dmz = network('n2', 'dmz', {
  subnets: [{ subnet: '10.70.2.0/24', exclusions: {} }],
  parent: 'eth2',
});
export const home = endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' });
export const c1 = { engineId: 'e1', containerId: 'c1' };
/** Taking it back gives the container its network first. */
export const move = {
  ...{ kind: 'move', ...c1, fromNetworkId: 'n2', toNetworkId: 'n1', ipv4: '10.70.1.60' },
} satisfies ChangeRequest;
/** Taking it back gives the container its network last. */
export const readdress = {
  kind: 'readdress',
  ...c1,
  networkId: 'n2',
  ipv4: '10.70.2.61',
} satisfies ChangeRequest;
/** Taking it back only takes something away. */
export const attach = { kind: 'attach', ...c1, networkId: 'n1', ipv4: '10.70.1.60' } satisfies ChangeRequest;

export const openWebOnDmz = (): Promise<ChangeBench> =>
  ChangeBench.open(new FakeEngine().add(lan, dmz, container('c1', 'web', { endpoints: [home] })));
