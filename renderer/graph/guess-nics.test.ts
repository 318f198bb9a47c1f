import { describe, expect, it } from 'vitest';
import type { Engine, Network } from '../../shared/model';
import { engine, macvlan } from '../testing/fixtures';
import { guessNicsOfNewSegment } from './guess-nics';

const on = (engineId: string, parent: string, subnet: string, name = parent) =>
  macvlan(engineId, `${name}-${subnet}`, { parent, subnets: [{ subnet, exclusions: {} }] });
const guess = (networks: Network[], engines: Engine[] = [engine('a'), engine('b')]) =>
  Object.fromEntries(guessNicsOfNewSegment({ engines, networks }));
const [lan, dmz, iot] = ['10.70.1.0/24', '10.70.2.0/24', '10.70.3.0/24'] as const;

describe('the NICs that a new segment begins with', () => {
  it('are those of one LAN, whatever they are called and however many networks stand on others', () => {
    const crossed = [
      ...[on('a', 'eth1', dmz), on('a', 'eth1.30', iot), on('a', 'eth0', lan)],
      ...[on('b', 'eno2', lan), on('b', 'eno1', '10.9.0.0/24'), on('b', 'eno1.5', '10.9.5.0/24')],
    ];
    expect(guess(crossed)).toEqual({ a: 'eth0', b: 'eno2' });
  });

  it('are none where the hosts are on two LANs, on NICs of two names', () => {
    expect(guess([on('a', 'eth1', lan), on('b', 'eth2', dmz)])).toEqual({});
  });

  it('are those of one name where no LAN is known to be the same', () => {
    const networks = [on('a', 'eth1', lan), on('b', 'eth1', dmz), on('b', 'eth2', iot)];
    expect(guess(networks)).toEqual({ a: 'eth1', b: 'eth1' });
    const sites = [engine('a', { site: 'north' }), engine('b', { site: 'south' })];
    expect(guess(networks, sites)).toEqual({});
  });

  it('leave a host out that is not on the LAN of the others', () => {
    const networks = [on('a', 'eth1', lan), on('b', 'eth2', lan), on('c', 'eth1', dmz)];
    expect(
      guess(
        networks,
        ['a', 'b', 'c'].map((id) => engine(id)),
      ),
    ).toEqual({ a: 'eth1', b: 'eth2' });
  });

  it('are of one host alone its own first', () => {
    expect(guess([on('a', 'eth1', lan), on('a', 'eth1.3', iot), on('a', 'eth0', dmz)])).toEqual({
      a: 'eth1',
    });
    expect(guess([])).toEqual({});
  });
});
