import { describe, expect, it } from 'vitest';
import { candidatesFor } from './candidates';
import { twoHosts } from '../../testing/fixtures';

describe('who could have an address', () => {
  const snapshot = twoHosts();
  const lan = snapshot.networks[0]!;
  const told = (address: string) =>
    candidatesFor(address, lan, snapshot).map(({ container, has, request, problem }) => ({
      name: container.name,
      has,
      kind: request.kind,
      problem: problem?.code,
    }));

  it('lists the containers of all hosts of the LAN: a change of address for those on it, an attach for others', () => {
    const all = told('10.70.1.77');
    expect(all.find(({ name }) => name === 'db')).toMatchObject({ has: '10.70.1.2', kind: 'readdress' });
    expect(new Set(all.map(({ kind }) => kind))).toContain('attach');
    const order = all.map(({ problem, has }) => Number(problem !== undefined) * 2 + Number(has === null));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
  it('tells an address that is had from a pin that waits for the start of its container', () => {
    const stopped = {
      ...snapshot,
      containers: snapshot.containers.map((each) => ({ ...each, state: 'exited' as const })),
    };
    const live = (from: typeof snapshot) =>
      candidatesFor('10.70.1.77', lan, from).find(({ container }) => container.name === 'db')?.live;
    expect([live(snapshot), live(stopped)]).toEqual([true, false]);
  });
  it('asks for the family of the address', () => {
    const [one] = candidatesFor('10.70.1.77', lan, snapshot);
    expect(one?.request).toMatchObject({ ipv4: '10.70.1.77' });
    expect(one?.request).not.toHaveProperty('ipv6');
  });
  it('has nobody for what is no address of the LAN', () => {
    expect(told('10.99.0.1')).toEqual([]);
    expect(told('nonsense')).toEqual([]);
  });
});
