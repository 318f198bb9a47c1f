import { expect, it } from 'vitest';
import type { Guard } from '../../../shared/model';
import type { Inventory } from '../../../shared/rules';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import { containersOf, guardsAmong, guardsFor } from './several';

const lan = network({ id: 'lan', name: 'lan' });
const there = network({ id: 'there', name: 'lan', engineId: 'e2' });
const web = container({ id: 'web', name: 'web', endpoints: [endpoint(lan, { ipv4: '10.70.1.20' })] });
const db = container({ id: 'db', name: 'db', endpoints: [endpoint(lan, { ipv4: '10.70.1.31' })] });
const twin = container({ ...db, id: 'twin', name: 'twin' });
const bare = container({ id: 'bare', name: 'bare' });
const far = container({
  ...{ id: 'far', name: 'far', engineId: 'e2' },
  endpoints: [endpoint(there, { ipv4: '10.70.1.40' })],
});
const ofWeb: Guard = {
  ...{ engineId: 'e1', identity: { by: 'name', name: 'web' }, containerName: 'web', containerId: 'web' },
  ...{ attachments: [{ networkName: 'lan', ipv4: '10.70.1.20' }], since: 0 },
};
const world = (more: Partial<Inventory> = {}): Inventory => ({
  ...{ engines: [engine({ id: 'e1' }), engine({ id: 'e2' })], networks: [lan, there] },
  ...{ containers: [web, db, bare, far], guards: [] },
  ...more,
});
const on = { networks: [{ engineId: 'e1', networkId: 'lan' }] };
const names = (all: readonly { containerName: string }[]) => all.map(({ containerName }) => containerName);

it('finds who is meant once: on networks, on those of a segment on all of its hosts, and by themselves', () => {
  const segment = {
    ...{ id: 's', name: 'office', vlan: null, reserved: [], subnets: [{ subnet: '10.70.1.0/24' }] },
    members: [
      { engineId: 'e1', nic: 'eth1', networkName: 'lan' },
      { engineId: 'e2', nic: 'eth1', networkName: 'lan' },
    ],
  } as unknown as NonNullable<Inventory['segments']>[number];
  const found = (targets: Parameters<typeof containersOf>[0]) =>
    containersOf(targets, world({ segments: [segment] })).map(({ id }) => id);
  expect(found(on)).toEqual(['web', 'db']);
  expect(found({ segmentId: 's' })).toEqual(['web', 'db', 'far']);
  expect(found({ ...on, containers: [{ engineId: 'e1', containerId: 'db' }] })).toEqual(['web', 'db']);
  expect(found({})).toEqual([]);
});

it('guards all but those that can’t be, and says why; what is guarded stays as it is', () => {
  const both = world({ containers: [web, db, twin, bare], guards: [ofWeb] });
  const { guards, refused } = guardsFor([web, db, twin, bare], both, 7);
  expect(guards).toEqual([]);
  expect(refused.map(({ containerName, problem }) => [containerName, problem.code])).toEqual([
    ['db', 'address_in_use'],
    ['twin', 'address_in_use'],
    ['bare', 'guard_nothing'],
  ]);
  expect(names(guardsFor([web, db], world({ guards: [ofWeb] }), 7).guards)).toEqual(['db']);
  const away = world({ engines: [engine({ id: 'e1' }), engine({ id: 'e2', state: 'offline' })] });
  const some = guardsFor([web, far], away, 7);
  expect([names(some.guards), some.refused.map(({ problem }) => problem.code)]).toEqual([
    ['web'],
    ['engine_unreachable'],
  ]);
});

it('finds the guards of those that are meant, those that are away with them', () => {
  const elsewhere = { ...ofWeb, engineId: 'e2' };
  const known = world({ containers: [db] });
  expect(guardsAmong(on, [ofWeb, elsewhere], known)).toEqual([ofWeb]);
  expect(guardsAmong({ containers: [{ engineId: 'e1', containerId: 'web' }] }, [ofWeb], world())).toEqual([
    ofWeb,
  ]);
  expect(guardsAmong({ containers: [{ engineId: 'e1', containerId: 'db' }] }, [ofWeb], known)).toEqual([]);
});
