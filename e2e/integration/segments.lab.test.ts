import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until, type LabHost } from '../lab';
import { freshLab } from '../lab/vitest';
import { everythingOn, pinOnEngine, startConsole, type TestConsole } from './console';
import { address, inspect, office, ping, segmentsOf, type Asked } from './segments.helpers';

const lab = freshLab();
const [first, second] = lab.hosts;
let console_: TestConsole;
const { applied, both, change, create, on, plan, runContainer, states } = segmentsOf(lab, () => console_);

beforeEach(async () => {
  console_ = await startConsole(lab.hosts);
});
afterEach(() => console_.end());

describe('a segment on two hosts', () => {
  it('is made with disjoint ranges, labelled, reaches across, is undone', async () => {
    const record = await create(both());
    const [here, there] = [await inspect(first, 'office'), await inspect(second, 'office')];
    for (const network of [here, there]) {
      expect(network?.Labels).toMatchObject({ 'io.trunkline.segment': record.segmentId });
      expect(network?.Options).toMatchObject({ parent: 'eth1', macvlan_mode: 'bridge' });
    }
    expect(here?.IPAM.Config[0]?.IPRange).not.toBe(there?.IPAM.Config[0]?.IPRange);
    expect(await states()).toEqual(['present', 'present']);

    await Promise.all([
      runContainer(first, 'node-a', '--network', 'office'),
      runContainer(second, 'node-b', '--network', 'office'),
    ]);
    const [a, b] = [await address(first, 'node-a', 'office'), await address(second, 'node-b', 'office')];
    // Without the split both would have got the same address (docs/engine-facts.md §2: duplicates go undetected).
    expect(a).not.toBe(b);
    await ping(first, 'node-a', b);

    const early = await console_.run('change.undo', { id: record.id });
    expect(early).toMatchObject({ ok: false });
    expect(await inspect(first, 'office')).not.toBeNull();
    await Promise.all([first.docker('rm', '-f', 'node-a'), second.docker('rm', '-f', 'node-b')]);
    expect(await console_.value('change.undo', { id: record.id })).toMatchObject({ state: 'undone' });
    expect([await inspect(first, 'office'), await inspect(second, 'office')]).toEqual([null, null]);
    expect(await plan()).toEqual([]);
  });

  it('carries IPv6 beside IPv4', async () => {
    const subnets = [...office.subnets, { subnet: 'fd00:70::/64', gateway: 'fd00:70::1' }];
    const { segmentId } = await create(both(), { subnets });
    expect(await states()).toEqual(['present', 'present']);
    const config = (await inspect(second, 'office'))?.IPAM.Config ?? [];
    expect(config.map((each) => each.Subnet)).toEqual(['10.70.1.0/24', 'fd00:70::/64']);
    await runContainer(second, 'six', '--network', 'office', '--ip6', 'fd00:70::66');
    const six = await console_.container(second, 'six', (each) => each.endpoints[0]?.ipv6 !== '');
    expect(six.endpoints[0]?.ipv6).toBe('fd00:70::66');
    const segment = { ...office, subnets, mode: 'private' };
    const { id } = await applied({ kind: 'edit-segment', segmentId, segment });
    const pin = async () =>
      (await second.docker('inspect', '-f', '{{json .NetworkSettings.Networks.office}}', 'six')).match(
        /"IPv6Address":"([^"]*)"/,
      )?.[1];
    expect(await pin()).toBe('fd00:70::66');
    await console_.value('change.undo', { id });
    expect(await pin()).toBe('fd00:70::66');
    expect(await states()).toEqual(['present', 'present']);
  });
});

describe('all or nothing', () => {
  /** The second host has no such NIC: its engine refuses, and nobody could know before. */
  const broken = () => [on(first), on(second, { parentNic: 'nope0' })];

  it('a host that fails takes the others back', async () => {
    const before = await Promise.all(lab.hosts.map(everythingOn));
    const result = await change({ kind: 'create-segment', segment: office, hosts: broken() });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'parent_missing', engineId: console_.engineId(second), params: { rolledBack: 1 } },
    });
    expect(await Promise.all(lab.hosts.map(everythingOn))).toEqual(before);
    expect(await plan()).toEqual([]);
    const [record] = await console_.value('change.list', {});
    expect(record).toMatchObject({
      state: 'rolled-back',
      undoable: false,
      hosts: [{ state: 'rolled-back' }, { state: 'failed', problem: { code: 'parent_missing' } }],
    });
  });

  it('or the admin keeps what worked', async () => {
    const result = await change({ kind: 'create-segment', segment: office, hosts: broken() }, true);
    expect(result).toMatchObject({ ok: true, value: { state: 'partial', undoable: true } });
    expect(await inspect(first, 'office')).not.toBeNull();
    const [kept] = await plan();
    expect(kept?.segment.members.map((one) => one.engineId)).toEqual([console_.engineId(first)]);
    if (result.ok) await console_.value('change.undo', { id: result.value.id });
    expect(await inspect(first, 'office')).toBeNull();
  });

  it('a network that came behind the console’s back stops it before anything is sent', async () => {
    const request: Asked = { kind: 'create-segment', segment: office, hosts: both() };
    const preview = await console_.value('change.preview', { request });
    expect(preview.hosts.flatMap((each) => each.problems)).toEqual([]);
    await second.docker('network', 'create', '--subnet', '10.99.0.0/24', 'office');
    const result = await console_.run('change.apply', { id: preview.id });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'name_taken', engineId: console_.engineId(second) },
    });
    expect(await inspect(first, 'office')).toBeNull();
  });
});

describe('an engine that is gone', () => {
  it('keeps the others untouched, whether the console knows of it yet or not', async () => {
    const request: Asked = { kind: 'create-segment', segment: office, hosts: both() };
    const preview = await console_.value('change.preview', { request });
    await second.killDaemon();
    const result = await console_.run('change.apply', { id: preview.id });
    expect(result).toMatchObject({ ok: false, error: { code: 'engine_unreachable' } });
    expect(await inspect(first, 'office')).toBeNull();
    const again = await until('the preview to know it', async () => {
      const { hosts } = await console_.value('change.preview', { request });
      return hosts[1]?.problems.length ? hosts : undefined;
    });
    expect(again[1]?.problems).toMatchObject([{ code: 'engine_unreachable' }]);
    expect(again.flatMap((each) => each.steps)).toEqual([]);
  });
});

describe('hosts of a segment', () => {
  it('come and go', async () => {
    const { segmentId } = await create([on(first)]);
    await applied({ kind: 'add-segment-host', segmentId, host: on(second, { parentNic: 'eth2' }) });
    expect((await inspect(second, 'office'))?.Options.parent).toBe('eth2');
    expect(await states()).toEqual(['present', 'present']);
    const twice = await console_.value('change.preview', {
      request: { kind: 'add-segment-host', segmentId, host: on(second) },
    });
    expect(twice.problems).toHaveLength(1);
    const removed = await applied({
      kind: 'remove-segment-host',
      segmentId,
      engineId: console_.engineId(second),
    });
    expect(await inspect(second, 'office')).toBeNull();
    await console_.value('change.undo', { id: removed.id });
    expect(await states()).toEqual(['present', 'present']);
  });

  it('are made on the spot for a container that is dragged there', async () => {
    const { segmentId } = await create([on(first)]);
    await runContainer(second, 'web');
    const web = await console_.container(second, 'web');
    const attach = {
      kind: 'attach-to-segment',
      segmentId,
      engineId: web.engineId,
      containerId: web.id,
    } as const;
    const without = await console_.value('change.preview', { request: attach });
    expect(without.problems).toMatchObject([{ field: 'host' }]);
    const reserved = await console_.value('change.preview', {
      request: { ...attach, ipv4: '10.70.1.210', host: on(second) },
    });
    expect(reserved.hosts[0]?.problems).toMatchObject([{ code: 'address_reserved' }]);
    const { suggestedIpv4 } = reserved;
    const record = await applied({ ...attach, ipv4: suggestedIpv4, host: on(second) });
    expect(await pinOnEngine(second, 'web', 'office')).toEqual({
      pin: suggestedIpv4,
      address: suggestedIpv4,
    });
    expect(await states()).toEqual(['present', 'present']);

    await runContainer(first, 'probe', '--network', 'office');
    await ping(first, 'probe', String(suggestedIpv4));
    await console_.value('change.undo', { id: record.id });
    expect([await pinOnEngine(second, 'web', 'office'), await inspect(second, 'office')]).toEqual([
      null,
      null,
    ]);
  });
});

describe('networks that were there before', () => {
  it('are offered, adopted without a touch, found to drift, and brought back', async () => {
    const make = (host: LabHost, range: string) =>
      host.docker(
        ...['network', 'create', '-d', 'macvlan', '-o', `parent=${host.nic}`, '--subnet', '10.70.1.0/24'],
        ...['--gateway', '10.70.1.1', '--ip-range', range, 'by-hand'],
      );
    await make(first, '10.70.1.32/27');
    await make(second, '10.70.1.64/27');
    const candidate = await until('the two to be offered as one segment', async () =>
      (await console_.value('segments.list', {})).candidates.find((each) => each.members.length === 2),
    );
    const before = await Promise.all(lab.hosts.map(everythingOn));
    await applied({ kind: 'adopt-segment', segment: { ...candidate, tenant: 'staff' } });
    expect(await Promise.all(lab.hosts.map(everythingOn))).toEqual(before);
    expect(await states()).toEqual(['present', 'present']);

    await second.docker('network', 'rm', 'by-hand');
    await make(second, '10.70.1.96/27');
    await until('the drift to show', async () => (await states())[1] === 'drifted');
    const segment = (await plan())[0]!.segment;
    await applied({ kind: 'edit-segment', segmentId: candidate.id, segment });
    expect((await inspect(second, 'by-hand'))?.IPAM.Config[0]?.IPRange).toBe('10.70.1.64/27');
    expect(await states()).toEqual(['present', 'present']);
  });
});

describe('a network that was made by hand', () => {
  it('keeps through edit and undo what no segment speaks of', async () => {
    await first.docker(
      ...['network', 'create', '-d', 'macvlan', '-o', `parent=${first.nic}`, '--subnet', '10.70.1.0/24'],
      ...['--gateway', '10.70.1.1', '--ip-range', '10.70.1.32/27', '--aux-address', 'nas=10.70.1.5'],
      ...['-o', 'com.docker.network.driver.mtu=1400', '--label', 'team=net', '--attachable', 'by-hand'],
    );
    const [candidate] = await until('it to be offered', async () => {
      const { candidates } = await console_.value('segments.list', {});
      return candidates.length > 0 ? candidates : undefined;
    });
    await applied({ kind: 'adopt-segment', segment: candidate! });
    const kept = async () => {
      const network = await inspect(first, 'by-hand');
      return {
        mtu: network?.Options['com.docker.network.driver.mtu'],
        team: network?.Labels.team,
        attachable: network?.Attachable,
        excluded: Object.values(network?.IPAM.Config[0]?.AuxiliaryAddresses ?? {}),
        gateway: network?.IPAM.Config[0]?.Gateway,
      };
    };
    const before = await kept();
    expect(before).toMatchObject({ mtu: '1400', team: 'net', attachable: true, excluded: ['10.70.1.5'] });
    const subnets = [{ subnet: '10.70.1.0/24', gateway: '10.70.1.254' }];
    const segment = { ...candidate!, subnets };
    const { id } = await applied({ kind: 'edit-segment', segmentId: candidate!.id, segment });
    expect(await kept()).toEqual({ ...before, gateway: '10.70.1.254' });
    await console_.value('change.undo', { id });
    expect(await kept()).toEqual(before);
  });
});

describe('an MTU', () => {
  it('is not the engine’s to give: told before, and true after', async () => {
    await console_.value('toolbox.consent', { engineId: console_.engineId(first), granted: true });
    await console_.value('host.facts', { engineId: console_.engineId(first), refresh: true });
    const request: Asked = { kind: 'create-segment', segment: { ...office, mtu: 1400 }, hosts: both() };
    const { id, hosts } = await console_.value('change.preview', { request });
    const told = hosts.map((each) => each.notices.find(({ code }) => code === 'mtu_ignored'));
    expect(told).toMatchObject([
      { severity: 'warning', params: { parent: first.nic, actual: 1500, mtu: 1400 } },
      // Where nobody may look, nothing more is claimed.
      { severity: 'info', params: { parent: second.nic, mtu: 1400 } },
    ]);
    await console_.value('change.apply', { id });
    await runContainer(first, 'web', '--network', 'office');
    const mtu = await first.docker('exec', 'web', 'cat', '/sys/class/net/eth0/mtu');
    expect(mtu).toBe('1500');
  });
});

describe('an export', () => {
  it('makes the very same networks when its lines are run, and reads back', async () => {
    const { segmentId } = await create(both());
    const before = await inspect(second, 'office');
    const files = await console_.value('segments.export', { id: segmentId, format: 'docker' });
    const swarm = await console_.value('segments.export', { id: segmentId, format: 'swarm' });
    const file = files.find((each) => each.engineId === console_.engineId(second));
    await applied({ kind: 'delete-segment', segmentId, detachRunning: false });
    const line = String(file?.text.split('\n').find((each) => each.startsWith('docker network create')));
    await second.cli(...line.split(' ').slice(1));
    const after = await inspect(second, 'office');
    expect({ ...after, IPAM: after?.IPAM.Config, Options: after?.Options }).toMatchObject({
      IPAM: before?.IPAM.Config,
      Options: before?.Options,
    });
    const node = String(swarm[0]?.text.split('\n').find((each) => each.startsWith('docker network create')));
    await first.cli(...node.split(' ').slice(1));
    expect(await inspect(first, 'office-config')).toMatchObject({
      ConfigOnly: true,
      IPAM: { Config: [{ Subnet: '10.70.1.0/24', Gateway: '10.70.1.1' }] },
    });
    const text = files.map((each) => each.text).join('\n');
    const imported = await console_.value('segments.import', { text, format: 'docker' });
    expect(imported.problems).toEqual([]);
    expect(imported.segments).toHaveLength(1);
    expect(imported.segments[0]?.hosts.map((each) => each.hostName)).toEqual([first.name, second.name]);
  });
});
