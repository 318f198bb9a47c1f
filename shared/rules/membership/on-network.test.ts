import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../model';
import { entryUnderName, membersOf, networkFinder, networkOf, recordedEndpoint } from './on-network';
import { addressUses } from '../addresses/testing';
import { bridge, container, endpoint, engine, idle, network } from '../testing';

const lan = network();
const other = bridge({ name: 'other' });
const networks = [other, lan];
const off = (entry: Endpoint) => container({ name: 'off', state: 'exited', endpoints: [entry] });

/** What each of them says of one entry: whether it is for `lan`. */
const answers = (entry: Endpoint) => [
  recordedEndpoint(off(entry), lan) === entry,
  networkOf(entry, networks) === lan,
  networkFinder(networks)(entry) === lan,
  membersOf(lan, { containers: [off(entry)] }).length === 1,
];

describe('an entry is for a network', () => {
  it('by the id, whatever name stands beside it', () => {
    expect(answers(endpoint(lan, { networkName: 'other' }))).toEqual([true, true, true, true]);
  });
  it('by the name where the record has no id', () => {
    expect(answers(idle(lan, { networkId: '' }))).toEqual([true, true, true, true]);
    expect(answers(idle(lan, { networkId: '', networkName: 'other' }))).toEqual([false, false, false, false]);
  });
  it('but not by the name where the id is one of a network that is gone', () => {
    expect(answers(idle(lan, { networkId: 'former' }))).toEqual([false, false, false, false]);
  });
  it('of several of one name by the first, where no id is told', () => {
    const twin = network({ id: 'twin' });
    const entry = idle(lan, { networkId: '' });
    expect([networkOf(entry, [lan, twin]), networkFinder([lan, twin])(entry)]).toEqual([lan, lan]);
  });
  it('not of one that has no id yet, where another is named', () => {
    const planned = network({ id: '', name: 'planned' });
    expect(recordedEndpoint(off(idle(lan, { networkId: '' })), planned)).toBeUndefined();
  });
});

describe('what a stopped container still has of a network that is gone', () => {
  const entry = idle(lan, { networkId: 'former', pinned4: '10.70.1.60' });
  it('stands in the way of one of its name', () => {
    expect(entryUnderName(off(entry), lan, networks)).toBe(entry);
    expect(entryUnderName(off(entry), other, networks)).toBeUndefined();
    expect(entryUnderName(container({ endpoints: [entry] }), lan, networks)).toBeUndefined();
  });
  it('holds no address', () => {
    const inventory = { engines: [engine()], networks, containers: [off(entry)] };
    expect(addressUses(lan, inventory).map(({ address }) => address)).not.toContain('10.70.1.60');
  });
});
