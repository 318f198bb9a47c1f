import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SegmentRequest } from '../../../shared/model';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { container, endpoint, FakeEngine, network, problem } from '../testing/fake-engine';
import { create, host, office, SegmentWorld, type WorldConsole } from '../testing/segment-world';

let dir: string;
let world: SegmentWorld;
let changes: WorldConsole['changes'];
let segments: WorldConsole['segments'];
const report = vi.fn();
async function open(): Promise<void> {
  const opened = await world.open(dir, report);
  closing.push(opened.flush);
  ({ changes, segments } = opened);
}
const closing: (() => Promise<unknown>)[] = [];
const flush = () => Promise.all(closing.map((each) => each()));
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-segments-'));
  world = new SegmentWorld();
  await open();
});
afterEach(async () => {
  await flush();
  closing.length = 0;
  await rm(dir, { recursive: true });
  expect(report).not.toHaveBeenCalled();
});

const apply = (request: SegmentRequest, keepPartial = false) =>
  changes.preview(request).then(({ id }) => changes.apply(id, keepPartial));
const failing = (id: string, call: string) => {
  world.engine(id).before = (made) => {
    if (made.startsWith(call)) throw problem('engine_error');
  };
};

describe('segment changes', () => {
  it('are applied as shown, told step by step, logged with each host’s outcome', async () => {
    const preview = await changes.preview(create);
    const record = await changes.apply(preview.id);
    expect(record).toMatchObject({
      at: 7,
      who: 'me',
      segment: { id: preview.segment?.id, name: 'Office' },
      state: 'applied',
      undoable: true,
      hosts: [
        { engineId: 'e1', state: 'done', networkId: 'made-1' },
        { engineId: 'e2', state: 'done' },
      ],
    });
    expect(world.records.map((each) => each.state)).toEqual(['applying', 'applied']);
    expect(world.progress.map((each) => `${each.engineId} ${each.phase}`).sort()).toEqual([
      'e1 step',
      'e1 verify',
      'e2 step',
      'e2 verify',
    ]);
    expect(segments()[0]?.segment).toEqual(preview.segment);
  });
  it('are judged by a fresh look at their hosts, told once, and by no old one', async () => {
    const busy = hostFacts('e1', nic({ name: 'eth1', master: 'br0', masterKind: 'bridge' }));
    const wrong = async () =>
      (await changes.preview(create)).hosts.flatMap(({ engineId, problems }) =>
        problems.map(({ code }) => `${engineId} ${code}`),
      );
    world.lastLooks = [busy];
    expect(await wrong()).toEqual([]);
    world.looks.set('e1', busy);
    expect(await wrong()).toEqual(['e1 parent_busy']);
  });
  it('that put a container on a LAN have it asked who answers for the address, also where the network is made first', async () => {
    const { segment } = await apply({ kind: 'create-segment', segment: office, hosts: [host('e1')] });
    expect(world.asked).toEqual([]);
    for (const id of ['e1', 'e2']) world.engine(id).add(container(`${id}-web`, 'web'));
    const attach = (engineId: string, ipv4?: string): SegmentRequest => ({
      ...{ kind: 'attach-to-segment', segmentId: segment?.id ?? '' },
      ...{ engineId, containerId: `${engineId}-web` },
      ...(ipv4 ? { ipv4 } : {}),
      ...(engineId === 'e2' ? { host: host('e2') } : {}),
    });
    await changes.preview(attach('e1', '10.70.1.99'));
    const { suggestedIpv4, hosts } = await changes.preview(attach('e2'));
    expect(hosts[0]?.steps.map((step) => step.op)).toContain('create-network');
    expect(suggestedIpv4).toBeTruthy();
    expect(world.asked).toEqual([
      [expect.any(String), 'eth1', ['10.70.1.99', undefined], expect.any(String)],
      [expect.any(String), 'eth1', [undefined, undefined], suggestedIpv4],
    ]);
  });
  it('ask nobody on a VLAN whose link is made with the network', async () => {
    const { segment } = await apply({
      kind: 'create-segment',
      segment: { ...office, vlan: 20 },
      hosts: [host('e1')],
    });
    world.engine('e2').add(container('e2-web', 'web'));
    const request: SegmentRequest = {
      ...{ kind: 'attach-to-segment', segmentId: segment?.id ?? '', engineId: 'e2' },
      ...{ containerId: 'e2-web', host: host('e2') },
    };
    const { hosts } = await changes.preview(request);
    expect(hosts[0]?.steps.map((step) => step.op)).toContain('create-network');
    expect(world.asked).toEqual([]);
  });
  it('are known by their preview only, and that once', async () => {
    const { id } = await changes.preview(create);
    await changes.apply(id);
    await expect(changes.apply(id)).rejects.toMatchObject({ problem: { code: 'change_not_found' } });
    await expect(changes.undo('never')).rejects.toMatchObject({ problem: { code: 'change_not_found' } });
  });
  it('are refused when the engines went on since the preview', async () => {
    const { id } = await changes.preview(create);
    const neighbour = network('n9', 'other', {
      subnets: [{ subnet: '10.70.1.0/24', ipRange: '10.70.1.128/26', exclusions: {} }],
    });
    const third = new FakeEngine().add(neighbour);
    world.refresh = () => {
      world.engines.set('e3', third);
      return Promise.resolve();
    };
    await expect(changes.apply(id)).rejects.toMatchObject({ problem: { code: 'change_stale' } });
    expect(world.names('e1')).toEqual([]);
  });
  it('are refused when another change of the segment was applied since the preview, whose words they would take back', async () => {
    const { segment } = await apply(create);
    const edit = (more: object): SegmentRequest => ({
      ...{ kind: 'edit-segment', segmentId: segment?.id ?? '', segment: { ...office, ...more }, hosts: [] },
    });
    const { id } = await changes.preview(edit({ tenant: 'staff' }));
    const reserved = [{ from: '10.70.1.20', to: '10.70.1.99', kind: 'dhcp' as const }];
    await apply(edit({ name: 'Floor 2', reserved }));
    await expect(changes.apply(id)).rejects.toMatchObject({
      problem: { code: 'change_stale', params: { context: 'kept', name: 'Office' } },
    });
    expect(segments()[0]?.segment).toMatchObject({ name: 'Floor 2', reserved });
  });
  it('leave nothing when a host fails, not even in the plan', async () => {
    failing('e2', 'create-network');
    await expect(apply(create)).rejects.toMatchObject({
      problem: { code: 'engine_error', engineId: 'e2', params: { host: 'e2', rolledBack: 1 } },
    });
    expect(world.names('e1')).toEqual([]);
    expect(segments()).toEqual([]);
    expect(world.records.at(-1)).toMatchObject({ state: 'rolled-back', undoable: false });
  });
  it('say so when a host could not be put back', async () => {
    failing('e2', 'create-network');
    failing('e1', 'remove-network');
    await expect(apply(create)).rejects.toMatchObject({
      problem: { code: 'rollback_failed', params: { host: 'e1', rolledBack: 0 } },
    });
    expect(world.records.at(-1)?.state).toBe('failed');
  });
  it('kept in part stay planned where they are: made here, not yet gone there', async () => {
    failing('e2', 'create-network');
    const record = await apply(create, true);
    expect(record.state).toBe('partial');
    const members = () => segments()[0]?.segment.members.map((each) => each.engineId);
    expect(members()).toEqual(['e1']);
    world.engine('e2').before = () => undefined;
    await apply({ kind: 'add-segment-host', segmentId: record.segment?.id ?? '', host: host('e2') });
    failing('e1', 'remove-network');
    await apply({ kind: 'delete-segment', segmentId: record.segment?.id ?? '', detachRunning: false }, true);
    expect(members()).toEqual(['e1']);
    expect(world.names('e2')).toEqual([]);
  });
  it('kept in part say what did not come back on the host that failed', async () => {
    const { segment } = await apply(create);
    const [made] = world.engine('e1').networkMap.values();
    world.engine('e1').add(container('c1', 'web', { endpoints: [endpoint(made!, { ipv4: '10.70.1.9' })] }));
    failing('e1', 'remove-network');
    const real = world.engine('e1').connect.bind(world.engine('e1'));
    world.engine('e1').connect = (to, who) => real(to, who, { ipv4: '10.70.1.200' });
    const request = { kind: 'delete-segment', segmentId: segment?.id ?? '', detachRunning: true } as const;
    expect(await apply(request, true)).toMatchObject({
      state: 'partial',
      hosts: [
        {
          ...{ engineId: 'e1', state: 'failed', problem: { code: 'engine_error' } },
          exceptions: expect.arrayContaining([
            expect.objectContaining({ container: 'web', field: 'IPAddress', after: '10.70.1.200' }),
          ]) as [],
        },
        { engineId: 'e2', state: 'done' },
      ],
    });
  });
});

describe('undo', () => {
  it('works after a restart, newest change first', async () => {
    const made = await apply(create);
    const renamed = await apply({
      kind: 'edit-segment',
      segmentId: made.segment?.id ?? '',
      segment: { ...office, tenant: 'staff', mode: 'private' },
      hosts: [],
    });
    await flush();
    await open();
    await expect(changes.undo(made.id)).rejects.toMatchObject({ problem: { code: 'change_not_undoable' } });
    await changes.undo(renamed.id);
    expect(segments()[0]?.segment.tenant).toBeUndefined();
    expect(await changes.undo(made.id)).toMatchObject({ state: 'undone', undoable: false });
    expect([...world.names('e1'), ...world.names('e2')]).toEqual([]);
    expect(segments()).toEqual([]);
    await expect(changes.undo(made.id)).rejects.toMatchObject({ problem: { code: 'change_not_undoable' } });
  });
  it('is refused while a running container would be given the fixed address of one that is stopped', async () => {
    const made = await apply(create);
    const e1 = world.engine('e1');
    const [lan] = e1.networkMap.values();
    const pinned4 = '10.70.1.129';
    const off = container('off', 'off', {
      ...{ state: 'exited' as const, endpoints: [endpoint(lan!, { ipv4: '', endpointId: '', pinned4 })] },
    });
    e1.add(off, container('auto', 'auto', { endpoints: [endpoint(lan!, { ipv4: '10.70.1.9' })] }));
    const { id } = await apply({
      ...{ kind: 'delete-segment', segmentId: made.segment?.id ?? '', detachRunning: true },
    });
    await expect(changes.undo(id)).rejects.toMatchObject({
      problem: { code: 'address_not_held', params: { context: 'back', container: 'off', other: 'auto' } },
    });
    expect(world.names('e1')).toEqual([]);
    e1.containerMap.set('off', { ...e1.containerMap.get('off')!, state: 'running' });
    expect(await changes.undo(id)).toMatchObject({ state: 'undone' });
  });
  it('takes back no host when one can’t be', async () => {
    const made = await apply(create);
    failing('e2', 'remove-network');
    await expect(changes.undo(made.id)).rejects.toMatchObject({ problem: { params: { rolledBack: 1 } } });
    expect([world.names('e1'), world.names('e2')]).toEqual([['office'], ['office']]);
    expect(segments()).toHaveLength(1);
  });
});
