import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshLab } from '../lab/vitest';
import { pinOnEngine, startConsole, type TestConsole } from './console';
import { inspect, office, ping, segmentsOf } from './segments.helpers';

const lab = freshLab();
const [first, second] = lab.hosts;
let console_: TestConsole;
const { applied, both, change, create, on, plan, runContainer, running, shown, states } = segmentsOf(
  lab,
  () => console_,
);

beforeEach(async () => {
  console_ = await startConsole(lab.hosts);
});
afterEach(() => console_.end());

describe('deleting', () => {
  it('takes stopped containers off first, so that they start again after an undo', async () => {
    const { segmentId } = await create(both());
    await runContainer(first, 'parked', '--network', 'office', '--ip', '10.70.1.10');
    await first.docker('stop', '-t', '0', 'parked');
    await console_.container(first, 'parked', (each) => each.state === 'exited');
    const deleted = await applied({ kind: 'delete-segment', segmentId, detachRunning: false });
    expect(await inspect(first, 'office')).toBeNull();
    expect(await pinOnEngine(first, 'parked', 'office')).toBeNull();
    expect(await plan()).toEqual([]);

    await console_.value('change.undo', { id: deleted.id });
    expect(await states()).toEqual(['present', 'present']);
    await first.docker('start', 'parked');
    expect(await pinOnEngine(first, 'parked', 'office')).toEqual({
      pin: '10.70.1.10',
      address: '10.70.1.10',
    });
  });

  it('leaves running containers alone unless told to detach them', async () => {
    const { segmentId } = await create(both());
    await runContainer(second, 'busy', '--network', 'office');
    await running(second, 'busy', 'office');
    const refused = await console_.value('change.preview', {
      request: { kind: 'delete-segment', segmentId },
    });
    expect(refused.hosts.flatMap((each) => each.problems)).toMatchObject([{ code: 'network_in_use' }]);
    expect(refused.hosts.flatMap((each) => each.steps)).toEqual([]);
    await applied({ kind: 'delete-segment', segmentId, detachRunning: true });
    expect([await inspect(first, 'office'), await inspect(second, 'office')]).toEqual([null, null]);
  });
});

describe('editing', () => {
  it('makes the networks anew and puts every endpoint back with its pin; undo brings all back', async () => {
    const { segmentId } = await create(both());
    await runContainer(first, 'fixed', '--network', 'office', '--ip', '10.70.1.10', '--network-alias', 'www');
    await first.docker('create', '--name', 'parked', '--network', 'office', '--ip', '10.70.1.11', lab.image);
    await runContainer(second, 'auto', '--network', 'office');
    await Promise.all([running(first, 'fixed', 'office'), shown(first, 'parked', 'office')]);
    await running(second, 'auto', 'office');
    const ids = async () => [(await inspect(first, 'office'))?.Id, (await inspect(second, 'office'))?.Id];
    const before = await ids();

    const edited = {
      ...office,
      subnets: [{ subnet: '10.70.0.0/16', gateway: '10.70.0.1' }],
      mode: 'private',
    };
    const record = await applied({ kind: 'edit-segment', segmentId, segment: edited, hosts: [] });
    expect((await ids()).every((id) => id && !before.includes(id))).toBe(true);
    expect((await inspect(first, 'office'))?.Options.macvlan_mode).toBe('private');
    expect(await pinOnEngine(first, 'fixed', 'office')).toEqual({ pin: '10.70.1.10', address: '10.70.1.10' });
    expect((await pinOnEngine(first, 'parked', 'office'))?.pin).toBe('10.70.1.11');
    expect((await pinOnEngine(second, 'auto', 'office'))?.pin).toBeFalsy();
    await ping(second, 'auto', '10.70.1.10');

    await console_.value('change.undo', { id: record.id });
    expect((await inspect(first, 'office'))?.IPAM.Config[0]?.Subnet).toBe('10.70.1.0/24');
    expect(await pinOnEngine(first, 'fixed', 'office')).toEqual({ pin: '10.70.1.10', address: '10.70.1.10' });
    expect((await pinOnEngine(first, 'parked', 'office'))?.pin).toBe('10.70.1.11');
    expect(await states()).toEqual(['present', 'present']);
  });

  it('gives a fixed address of the automatic range back before another is handed it, and so do the undos', async () => {
    const { segmentId } = await create(both());
    await runContainer(first, 'aauto', '--network', 'office');
    const lowest = (await pinOnEngine(first, 'aauto', 'office'))?.address ?? '';
    await first.docker('rm', '-f', 'aauto');
    await runContainer(first, 'mfixed', '--network', 'office', '--ip', lowest);
    for (const name of ['aauto', 'zauto']) await runContainer(first, name, '--network', 'office');
    for (const name of ['aauto', 'mfixed', 'zauto']) await running(first, name, 'office');
    const there = async () => {
      expect(await pinOnEngine(first, 'mfixed', 'office')).toEqual({ pin: lowest, address: lowest });
      for (const name of ['aauto', 'zauto'])
        expect((await pinOnEngine(first, name, 'office'))?.address).toMatch(/^10\.70\.1\./);
    };
    const edited = { ...office, subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.254' }] };
    const record = await applied({ kind: 'edit-segment', segmentId, segment: edited, hosts: [] });
    await there();
    await console_.value('change.undo', { id: record.id });
    await there();
    const deleted = await applied({ kind: 'delete-segment', segmentId, detachRunning: true });
    await console_.value('change.undo', { id: deleted.id });
    await there();
  });

  it('rolls every host back when one fails', async () => {
    const { segmentId } = await create(both());
    await runContainer(first, 'fixed', '--network', 'office', '--ip', '10.70.1.10');
    await runContainer(second, 'other', '--network', 'office', '--ip', '10.70.1.20');
    await Promise.all([running(first, 'fixed', 'office'), running(second, 'other', 'office')]);
    const result = await change({
      kind: 'edit-segment',
      segmentId,
      segment: { ...office, mode: 'private' },
      hosts: [on(second, { parentNic: 'nope0' })],
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'parent_missing', params: { rolledBack: 1 } } });
    expect((await inspect(first, 'office'))?.Options.macvlan_mode).toBe('bridge');
    expect(await pinOnEngine(first, 'fixed', 'office')).toEqual({ pin: '10.70.1.10', address: '10.70.1.10' });
    expect(await pinOnEngine(second, 'other', 'office')).toEqual({
      pin: '10.70.1.20',
      address: '10.70.1.20',
    });
    expect(await states()).toEqual(['present', 'present']);
    await ping(first, 'fixed', '10.70.1.20');
  });

  it('can give the network of a host another name, under containers that were made for the old one', async () => {
    const { segmentId } = await create(both());
    await runContainer(first, 'fixed', '--network', 'office', '--ip', '10.70.1.10');
    await first.docker('create', '--name', 'parked', '--network', 'office', '--ip', '10.70.1.11', lab.image);
    await Promise.all([running(first, 'fixed', 'office'), shown(first, 'parked', 'office')]);
    const renamed = on(first, { networkName: 'bureau' });
    const record = await applied({ kind: 'edit-segment', segmentId, segment: office, hosts: [renamed] });
    expect(record.hosts.map((each) => each.engineId)).toEqual([console_.engineId(first)]);
    await first.docker('restart', '-t', '0', 'fixed');
    await first.docker('start', 'parked');
    expect(await pinOnEngine(first, 'fixed', 'bureau')).toEqual({ pin: '10.70.1.10', address: '10.70.1.10' });
    expect((await pinOnEngine(first, 'parked', 'bureau'))?.pin).toBe('10.70.1.11');
    expect(await states()).toEqual(['present', 'present']);
    await console_.value('change.undo', { id: record.id });
    expect(await pinOnEngine(first, 'fixed', 'office')).toEqual({ pin: '10.70.1.10', address: '10.70.1.10' });
  });

  it('refuses a subnet in which a pin has no place', async () => {
    const { segmentId } = await create(both());
    await first.docker('create', '--name', 'parked', '--network', 'office', '--ip', '10.70.1.11', lab.image);
    await shown(first, 'parked', 'office');
    const segment = { ...office, subnets: [{ subnet: '10.71.1.0/24' }], reserved: [] };
    const preview = await console_.value('change.preview', {
      request: { kind: 'edit-segment', segmentId, segment },
    });
    expect(preview.hosts.flatMap((each) => each.problems)).toMatchObject([
      { code: 'address_outside_subnet' },
    ]);
    expect(preview.hosts.flatMap((each) => each.steps)).toEqual([]);
  });
});
