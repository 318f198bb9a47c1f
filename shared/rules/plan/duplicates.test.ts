import { expect, it } from 'vitest';
import { container, endpoint, engine, network } from '../testing';
import { attach, codes, detach, docker0, lan, none, plan, readdress, v29, web } from './testing';

const away = network({ engineId: 'e2' });
const twin = container({
  ...{ id: 'e2-twin', engineId: 'e2', name: 'twin' },
  endpoints: [endpoint(away, { ipv4: '10.70.1.2' })],
});
const world = (address: string) => ({
  engines: [v29, engine({ id: 'e2', name: 'borealis' })],
  networks: [docker0, lan, none, away],
  containers: [web({ endpoints: [endpoint(lan, { ipv4: address, pinned4: address })] }), twin],
});
const told = (made: ReturnType<typeof plan>) =>
  made.notices.filter(({ code }) => code === 'address_twice').map(({ params }) => params);

it('tells, whatever is changed of a container, who else has an address of it and where', () => {
  const both = { address: '10.70.1.2', container: 'web', others: 'twin (borealis)' };
  expect(told(plan(detach(), world('10.70.1.2')))).toEqual([both]);
  expect(told(plan(attach({ networkId: docker0.id }), world('10.70.1.2')))).toEqual([both]);
  expect(told(plan(detach(), world('10.70.1.3')))).toEqual([]);
});

it('tells it once where the change is refused for that very address, and of what stays as it is, too', () => {
  const to = (ipv4: string) => plan(readdress({ ipv4 }), world('10.70.1.2'));
  const [same, free] = [to('10.70.1.2'), to('10.70.1.90')];
  expect([codes(same.problems), told(same).length]).toEqual([['nothing_to_do'], 1]);
  expect(told(free)).toHaveLength(1);
  const automatic = { ...world('10.70.1.2'), containers: [web({ endpoints: [endpoint(lan)] }), twin] };
  const refused = plan(readdress({ ipv4: '10.70.1.2' }), automatic);
  expect([codes(refused.problems), told(refused)]).toEqual([['address_in_use_elsewhere'], []]);
});
