import { describe, expect, it } from 'vitest';
import type { Container, Network, Snapshot } from '../../model';
import { attentionOf } from './attention';
import { bridge, container, endpoint, engine, idle, network, special } from '../testing';

const hosts = [engine({ id: 'e1' }), engine({ id: 'e2' })];
/** Each with a MAC of its own, unless one is given. */
const on = (where: Network, name: string, ipv4: string, mac = `02:42:00:00:00:${name.charCodeAt(0)}`) =>
  container({
    id: `${name}-id`,
    engineId: where.engineId,
    name,
    endpoints: [endpoint(where, { ipv4, mac })],
  });
const picture = (over: Partial<Snapshot>): Snapshot => ({
  ...{ revision: 1, engines: hosts, networks: [], containers: [] },
  ...over,
});
const names = (snapshot: Snapshot) =>
  attentionOf(snapshot).map((each) => {
    if (each.kind !== 'twice' && each.kind !== 'twiceLast' && each.kind !== 'sameMac') return each.kind;
    const what = each.kind === 'sameMac' ? each.mac : each.address;
    const last = each.kind === 'twiceLast' ? ` (by the last of ${each.silent.join()})` : '';
    return `${what}${last}: ${each.claims.map(({ container: { name } }) => name).join(', ')}`;
  });

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
    const containers = nets.map((each, at) => on(each, `${at}`, at < 2 ? '172.17.0.2' : '10.70.1.20'));
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

  it('is an address that a host which does not answer any more had when it was last seen, told as that', () => {
    const [here, there] = [network({ engineId: 'e1' }), network({ engineId: 'e2' })];
    const containers = [on(here, 'a', '10.70.1.20'), on(there, 'b', '10.70.1.20')];
    const engines = [engine({ id: 'e1' }), engine({ id: 'e2', state: 'offline' })];
    expect(names(picture({ engines, networks: [here, there], containers }))).toEqual([
      'offline',
      '10.70.1.20 (by the last of e2): a, b',
    ]);
    // Of hosts that are all away nothing is known, and two that answer are told as they are.
    const away = [engine({ id: 'e1', state: 'offline' as const }), engine({ id: 'e2', state: 'offline' })];
    expect(names(picture({ engines: away, networks: [here, there], containers }))).toEqual([
      'offline',
      'offline',
    ]);
    const both = [...containers, on(here, 'c', '10.70.1.20')];
    expect(names(picture({ engines, networks: [here, there], containers: both }))).toEqual([
      'offline',
      '10.70.1.20: a, c',
    ]);
  });

  it('is a host that does not answer before a container that restarts', () => {
    const engines = [engine({ id: 'e1' }), engine({ id: 'e2', state: 'offline' })];
    const containers = [container({ engineId: 'e1', state: 'restarting' })];
    expect(names(picture({ engines, containers }))).toEqual(['offline', 'restarting']);
  });
});

describe('a MAC that several have', () => {
  const [here, there] = [network({ engineId: 'e1' }), network({ engineId: 'e2' })];
  const mac = '02:42:0a:46:01:14';
  const pair = (nets: [Network, Network], second: Partial<Container> = {}, macs = [mac, mac]) =>
    picture({
      networks: nets,
      containers: [
        on(nets[0], 'a', '10.70.1.30', macs[0]),
        { ...on(nets[1], 'b', '10.70.1.31', macs[1]), ...second },
      ],
    });

  it('is told on one LAN, over all hosts, however it is written', () => {
    const found = names(pair([here, there], {}, [mac, mac.toUpperCase()]));
    expect(found).toEqual([`${mac}: a, b`]);
  });

  it('is nobody’s concern behind bridges, on two VLANs, and on ipvlan, where all have that of the parent', () => {
    const [v10, v20] = [network({ parent: 'eth1.10' }), network({ engineId: 'e2', parent: 'eth1.20' })];
    expect(names(pair([bridge({ engineId: 'e1' }), bridge({ engineId: 'e2' })]))).toEqual([]);
    expect(names(pair([v10, v20]))).toEqual([]);
    const l2 = { kind: 'ipvlan' as const, mode: 'l2' };
    expect(names(pair([network(l2), network({ ...l2, engineId: 'e2' })]))).toEqual([]);
  });

  it('does not count where it is none, is a stopped container’s or what a failed connect left, or is of old', () => {
    expect(names(pair([here, there], {}, ['', '']))).toEqual([]);
    expect(names(pair([here, there], { state: 'exited' }))).toEqual([]);
    const left = { endpoints: [endpoint(there, { mac, ipv4: '10.70.1.31', leftover: true })] };
    expect(names(pair([here, there], left))).toEqual(['leftover']);
    const engines = [engine({ id: 'e1' }), engine({ id: 'e2', state: 'offline' })];
    expect(names({ ...pair([here, there]), engines })).toEqual(['offline']);
  });

  it('is not told beside the address that it is made from', () => {
    const containers = [on(here, 'a', '10.70.1.20', mac), on(there, 'b', '10.70.1.20', mac)];
    expect(names(picture({ networks: [here, there], containers }))).toEqual(['10.70.1.20: a, b']);
  });
});

describe('a network that is gone', () => {
  const lan = network();
  const stopped = (over: Partial<Container> = {}) =>
    container({ state: 'exited', endpoints: [idle(lan)], ...over });
  const around = [special('none'), special('host')];

  it('is told of a container that can’t start for it', () => {
    const found = attentionOf(picture({ networks: around, containers: [stopped()] }));
    expect(found).toMatchObject([{ kind: 'networkGone', endpoint: { networkName: 'lan' } }]);
  });

  it('is not one that is there, by its id, or by its name where no id is told', () => {
    const unnamed = stopped({ endpoints: [idle(lan, { networkId: '' })] });
    for (const each of [stopped(), unnamed])
      expect(names(picture({ networks: [lan], containers: [each] }))).toEqual([]);
  });

  it('is told where another one has its name now: a start still asks for the old one', () => {
    const old = stopped({ endpoints: [idle(lan, { networkId: 'former' })] });
    const found = attentionOf(picture({ networks: [lan], containers: [old] }));
    expect(found).toMatchObject([{ kind: 'networkGone', endpoint: { networkId: 'former' } }]);
  });

  const made = (network: string) => ({ networkMode: { kind: 'network' as const, network } });
  const v25 = engine({ apiVersion: '1.44' });

  it('is told of all that were made with it, from v25 on, instead of an entry that would not help', () => {
    const elsewhere = container({ ...made('lan'), name: 'on-another', endpoints: [] });
    const containers = [stopped(made('lan')), elsewhere];
    const found = attentionOf(picture({ engines: [v25], networks: around, containers }));
    expect(found).toMatchObject([
      { kind: 'modeGone', mode: 'lan' },
      { kind: 'modeGone', container: { name: 'on-another' } },
    ]);
  });

  it('is none that they were made with which is there, by name or id, nor on engines that mind it not', () => {
    const told = (over: Partial<Container>, on = v25, networks = [lan, ...around]) =>
      names(picture({ engines: [on], networks, containers: [container({ ...over, endpoints: [] })] }));
    expect(told(made('lan'))).toEqual([]);
    expect(told(made(lan.id.slice(0, 12)))).toEqual([]);
    expect(told(made('gone'))).toEqual(['modeGone']);
    expect(told(made('gone'), engine({ apiVersion: '1.43' }))).toEqual([]);
    expect(told(made('gone'), engine({ apiVersion: '1.44', swarm: 'worker' }))).toEqual([]);
    expect(told(made('gone'), engine({ apiVersion: '1.44', product: 'podman' }))).toEqual([]);
  });

  it('is none of what is no network, nor what the worker of a swarm can’t know, nor a host that is away', () => {
    const none = stopped({
      endpoints: [idle(special('none')), { ...idle(lan), networkName: 'slirp4netns' }],
    });
    expect(names(picture({ containers: [none] }))).toEqual([]);
    const worker = engine({ swarm: 'worker' });
    expect(names(picture({ engines: [worker], containers: [stopped()] }))).toEqual([]);
    const away = engine({ state: 'offline' });
    expect(names(picture({ engines: [away], containers: [stopped()] }))).toEqual(['offline']);
  });
});
