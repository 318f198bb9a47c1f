import { describe, expect, it } from 'vitest';
import type { Network, Snapshot } from '../model';
import { attentionOf } from './attention';
import { bridge, container, endpoint, engine, network } from './testing';

const hosts = [engine({ id: 'e1' }), engine({ id: 'e2' })];
const on = (where: Network, name: string, ipv4: string) =>
  container({ id: `${name}-id`, engineId: where.engineId, name, endpoints: [endpoint(where, { ipv4 })] });
const picture = (over: Partial<Snapshot>): Snapshot => ({
  ...{ revision: 1, engines: hosts, networks: [], containers: [] },
  ...over,
});
const names = (snapshot: Snapshot) =>
  attentionOf(snapshot).map((each) =>
    each.kind === 'twice'
      ? `${each.address}: ${each.claims.map(({ container: { name } }) => name).join(', ')}`
      : each.kind,
  );

describe('what needs a look', () => {
  it('is nothing in a picture that is in order', () => {
    const [here, there] = [network({ engineId: 'e1' }), network({ engineId: 'e2' })];
    const containers = [on(here, 'a', '10.70.1.20'), on(there, 'b', '10.70.1.21')];
    expect(attentionOf(picture({ networks: [here, there], containers }))).toEqual([]);
  });

  it('is an address that two containers of one LAN have, also on different hosts', () => {
    const [here, there] = [network({ engineId: 'e1' }), network({ engineId: 'e2' })];
    const containers = [on(here, 'a', '10.70.1.20'), on(there, 'b', '10.70.1.20')];
    expect(names(picture({ networks: [here, there], containers }))).toEqual(['10.70.1.20: a, b']);
  });

  it('is not the same address behind two bridges, nor on two VLANs', () => {
    const nets = [
      bridge({ engineId: 'e1' }),
      bridge({ engineId: 'e2' }),
      network({ engineId: 'e1', id: 'v10', name: 'v10', parent: 'eth1.10' }),
      network({ engineId: 'e2', id: 'v20', name: 'v20', parent: 'eth1.20' }),
    ];
    const containers = nets.map((each, at) => on(each, `c${at}`, at < 2 ? '172.17.0.2' : '10.70.1.20'));
    expect(names(picture({ networks: nets, containers }))).toEqual([]);
  });

  it('is not an address that a stopped container is to have', () => {
    const here = network({ engineId: 'e1' });
    const pinned = container({ id: 's', name: 's', engineId: 'e1', state: 'exited' });
    const stopped = { ...pinned, endpoints: [endpoint(here, { ipv4: '', pinned4: '10.70.1.20' })] };
    expect(names(picture({ networks: [here], containers: [on(here, 'a', '10.70.1.20'), stopped] }))).toEqual(
      [],
    );
  });

  it('is not an address that moved on from a host that does not answer any more', () => {
    const [here, there] = [network({ engineId: 'e1' }), network({ engineId: 'e2' })];
    const containers = [on(here, 'a', '10.70.1.20'), on(there, 'b', '10.70.1.20')];
    const engines = [engine({ id: 'e1' }), engine({ id: 'e2', state: 'offline' })];
    expect(names(picture({ engines, networks: [here, there], containers }))).toEqual(['offline']);
  });

  it('is a host that does not answer before a container that restarts', () => {
    const engines = [engine({ id: 'e1' }), engine({ id: 'e2', state: 'offline' })];
    const containers = [container({ engineId: 'e1', state: 'restarting' })];
    expect(names(picture({ engines, containers }))).toEqual(['offline', 'restarting']);
  });
});
