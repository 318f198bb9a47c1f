import { describe, expect, it } from 'vitest';
import type { Container, EngineRequest } from '../../model';
import type { Inventory } from '../inventory/inventory';
import { container, endpoint, engine, network } from '../testing';
import { planChange } from './plan';
import { restorable } from './restore';
import { detail } from './testing';

const lan = network({ id: 'lan', name: 'lan' });
const on = (id: string, ipv4: string): Container =>
  container({ id, name: id, detail, endpoints: [endpoint(lan, { ipv4 })] });
const world = (...containers: Container[]): Inventory => ({
  engines: [engine({ id: 'e1' })],
  networks: [lan],
  containers,
});
type Several = Extract<EngineRequest, { kind: 'restore-several' }>;
const wants = (...each: [containerId: string, ipv4: string][]): Several => ({
  kind: 'restore-several',
  engineId: 'e1',
  containers: each.map(([containerId, ipv4]) => ({ containerId, attachments: [{ networkId: 'lan', ipv4 }] })),
});
const told = (request: Several, known: Inventory) =>
  planChange(request, known).steps.map((step) => {
    if (step.op === 'connect') return `+${step.containerName} ${step.endpoint.ipv4 ?? ''}`;
    return step.op === 'disconnect' ? `-${step.containerName}` : step.op;
  });

describe('giving several containers back what they had', () => {
  it('gives up what another one is to get right before that, round a ring of them too', () => {
    const known = world(on('a', '10.70.1.21'), on('b', '10.70.1.22'), on('c', '10.70.1.20'));
    const request = wants(['a', '10.70.1.20'], ['b', '10.70.1.21'], ['c', '10.70.1.22']);
    expect(told(request, known)).toEqual([
      ...['-a', '-c', '+a 10.70.1.20'],
      ...['-b', '+b 10.70.1.21', '+c 10.70.1.22'],
    ]);
  });

  it('leaves out those that can’t get it, and those whose address they keep for that', () => {
    const known = world(
      ...[on('a', '10.70.1.21'), on('b', '10.70.1.22'), on('c', '10.70.1.30')],
      on('other', '10.70.1.20'),
    );
    const request = wants(['a', '10.70.1.20'], ['b', '10.70.1.21'], ['c', '10.70.1.40']);
    const { request: rest, refused } = restorable(request, known);
    expect(rest?.containers.map(({ containerId }) => containerId)).toEqual(['c']);
    expect([...refused].map(([id, { code }]) => [id, code])).toEqual([
      ['a', 'address_in_use'],
      ['b', 'address_in_use'],
    ]);
    expect(restorable(wants(['a', '10.70.1.20']), known).request).toBeNull();
  });
});
