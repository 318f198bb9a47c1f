import { describe, expect, it } from 'vitest';
import type { ChangePreview, NetworkSpec, Notice } from '../../../shared/model';
import { notice } from '../../../shared/rules';
import { previewOf } from '../../testing/fake-api';
import { twoHosts } from '../../testing/fixtures';
import { toldBefore } from './told-before';

const attach = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;
const spec: NetworkSpec = {
  ...{ driver: 'macvlan', mode: 'bridge', name: 'cam', parent: 'eth0', subnet: '10.9.0.0/24' },
  ...{ gateway: '10.9.0.1', exclusions: [], internal: false },
};
const create = (part: Partial<NetworkSpec> = {}) =>
  previewOf('p', { kind: 'create-network', engineId: 'a', spec: { ...spec, ...part } }, twoHosts());
const at = (ipv4?: string) => previewOf('p', { ...attach, ...(ipv4 ? { ipv4 } : {}) }, twoHosts());
const noticed = (preview: ChangePreview, ...notices: Notice[]): ChangePreview => ({
  ...preview,
  hosts: preview.hosts.map((host) => ({ ...host, notices })),
});
const answers = (address: string) =>
  notice('address_answers', { address, network: 'lan', mac: '02:00:00:00:00:01' });

describe('what an admin has read already', () => {
  it('is the same plan once more, under another id', () => {
    expect(toldBefore(at('10.70.1.3'), { ...at('10.70.1.3'), id: 'q' })).toBe(true);
  });

  it('is the same plan with what was written since', () => {
    expect(toldBefore(at('10.70.1.78'), at('10.70.1.77'))).toBe(true);
    expect(toldBefore(at(), noticed(at('10.70.1.77')))).toBe(true);
    const [cam, iot] = [create(), create({ name: 'iot', exclusions: ['10.9.0.7'], internal: true })];
    expect(cam.hosts[0]?.steps).toHaveLength(1);
    expect(toldBefore(noticed(cam), noticed(iot))).toBe(true);
  });

  it('is not a plan with another step, on another host, or with other values than were written', () => {
    const [one, other] = [noticed(at('10.70.1.3')), noticed(at('10.70.1.77'))];
    const [host] = other.hosts;
    const [step] = host?.steps ?? [];
    if (!host || step?.op !== 'connect') throw new Error('no step');
    const withSteps = (steps: typeof host.steps) => ({ ...other, hosts: [{ ...host, steps }] });
    const stop = { op: 'stop', containerId: 'web-id', containerName: 'web' } as const;
    expect(toldBefore(one, withSteps([stop, step]))).toBe(false);
    expect(toldBefore(one, withSteps([]))).toBe(false);
    expect(toldBefore(one, withSteps([{ ...step, networkName: 'dmz' }]))).toBe(false);
    expect(toldBefore(one, { ...other, hosts: [host, { ...host, engineId: 'b' }] })).toBe(false);
    expect(toldBefore(one, { ...other, hosts: [{ ...host, engineId: 'b' }] })).toBe(false);
  });

  it('is what is good to know, about what was written since', () => {
    const outside = (address: string) =>
      notice('pin_outside_range', { address, range: '10.70.1.128/25', network: 'lan' });
    const before = noticed(at('10.70.1.3'), outside('10.70.1.3'));
    expect(toldBefore(before, noticed(at('10.70.1.4'), outside('10.70.1.4')))).toBe(true);
    expect(toldBefore(before, noticed(at('10.70.1.4'), outside('10.70.1.5')))).toBe(false);
  });

  it('is not a switch that stands elsewhere', () => {
    const before = noticed(at('10.70.1.3'));
    const now = { ...before, request: { ...attach, ipv4: '10.70.1.3', stopFirst: true } };
    const [host] = now.hosts;
    const [step] = host?.steps ?? [];
    if (!host || !step) throw new Error('no step');
    const leftover = { ...step, op: 'disconnect', leftover: true } as unknown as typeof step;
    const plain = { ...step, op: 'disconnect' } as unknown as typeof step;
    const of = (preview: ChangePreview, only: typeof step) => ({
      ...preview,
      hosts: [{ ...host, steps: [only] }],
    });
    expect(toldBefore(of(before, plain), of(now, plain))).toBe(true);
    expect(toldBefore(of(before, plain), of(now, leftover))).toBe(false);
  });

  it('is no warning about another value, although that was written by the admin', () => {
    const before = noticed(at('10.70.1.3'), answers('10.70.1.3'));
    expect(toldBefore(before, noticed(at('10.70.1.77'), answers('10.70.1.77')))).toBe(false);
    expect(toldBefore(before, noticed(at('10.70.1.3'), answers('10.70.1.3')))).toBe(true);
    // One less is nothing that was not read.
    expect(toldBefore(before, noticed(at('10.70.1.77')))).toBe(true);
  });

  it('is nothing that can’t be applied', () => {
    expect(toldBefore(at('10.70.1.3'), at('10.70.1.2'))).toBe(false);
  });

  it('is no plan of a segment with values that nobody wrote', () => {
    const office = {
      id: 'seg',
      name: 'Office',
      subnets: [],
      driver: 'macvlan',
      mode: 'bridge',
      reserved: [],
    };
    const request = { kind: 'forget-segment', segmentId: 'seg' } as const;
    const planned = (ipRange: string) =>
      ({
        ...{ id: 'p', request, hosts: [], problems: [] },
        segment: { ...office, members: [{ engineId: 'a', parentNic: 'e', networkName: 'o', ipRange }] },
      }) as unknown as ChangePreview;
    expect(toldBefore(planned('10.9.0.0/26'), planned('10.9.0.0/26'))).toBe(true);
    expect(toldBefore(planned('10.9.0.0/26'), planned('10.9.0.64/26'))).toBe(false);
  });

  it('is not what a list’s other entries are about, where one was taken out of the middle', () => {
    const outside = (address: string) =>
      notice('pin_outside_range', { address, range: '10.70.1.128/25', network: 'lan' });
    const [three, two] = [
      ['10.9.0.7', '10.9.0.8', '10.9.0.9'],
      ['10.9.0.7', '10.9.0.9'],
    ].map((exclusions) => create({ exclusions })) as [ChangePreview, ChangePreview];
    const still = { ...three, request: two.request };
    expect(toldBefore(noticed(three), noticed(still))).toBe(true);
    expect(toldBefore(noticed(three, outside('10.9.0.8')), noticed(still, outside('10.9.0.9')))).toBe(false);
    const other = create({ exclusions: ['10.9.0.7', '10.9.0.8', '10.9.0.5'] });
    const written = { ...three, request: other.request };
    expect(toldBefore(noticed(three, outside('10.9.0.9')), noticed(written, outside('10.9.0.5')))).toBe(true);
  });
});
