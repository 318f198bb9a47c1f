import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest, Endpoint, Notice } from '../../../shared/model';
import { notice } from '../../../shared/rules';
import { bridge } from '../../../shared/rules/testing';
import { refusal } from '../testing/change-bench';
import { container, endpoint, type FakeEngine } from '../testing/fake-engine';
import { checkStillTrue } from './still-true';
import { create, SegmentWorld, type WorldConsole } from '../testing/segment-world';

let dir: string;
let at: WorldConsole;
let e1: FakeEngine;
let detach: ChangeRequest;
const plain = bridge({ id: 'b1', name: 'bridge' });
const codes = async () => (await at.changes.preview(detach)).hosts[0]?.notices.map(({ code }) => code);
/** What another hand does. */
const keepOnly = (wanted: (one: Endpoint) => boolean) => {
  const web = e1.containerMap.get('c1')!;
  e1.containerMap.set('c1', { ...web, endpoints: web.endpoints.filter(wanted) });
};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-still-true-'));
  const world = new SegmentWorld();
  e1 = world.engine('e1').add(container('c1', 'web'), plain);
  world.engine('e2');
  at = await world.open(dir, () => undefined);
  const apply = async (request: ChangeRequest) => at.changes.apply((await at.changes.preview(request)).id);
  await apply(create);
  const networkId = [...e1.networkMap.values()].find(({ name }) => name !== plain.name)!.id;
  const on = { engineId: 'e1', containerId: 'c1', networkId };
  await apply({ kind: 'attach', ...on });
  const web = e1.containerMap.get('c1')!;
  const beside = endpoint(plain, { ipv4: '172.17.0.2', gateway: '172.17.0.1' });
  e1.containerMap.set('c1', { ...web, endpoints: [...web.endpoints, beside] });
  detach = { kind: 'detach', ...on };
});
afterEach(async () => {
  await at.flush();
  await rm(dir, { recursive: true });
});

describe('a change whose steps are as they were shown', () => {
  it('is refused where it warns of something that it did not warn of then', async () => {
    const { id, hosts } = await at.changes.preview(detach);
    expect(hosts[0]?.notices.map(({ code }) => code)).not.toContain('route_lost');
    keepOnly(({ networkName }) => networkName !== plain.name);
    expect(await refusal(at.changes.apply(id))).toMatchObject({
      code: 'change_stale',
      params: { context: 'warning', host: 'e1' },
    });
    expect(e1.containerMap.get('c1')?.endpoints).toHaveLength(1);
    // The new preview has it, and counts.
    expect(await codes()).toContain('route_lost');
    await at.changes.apply((await at.changes.preview(detach)).id);
    expect(e1.containerMap.get('c1')?.endpoints).toEqual([]);
  });

  it('is applied where it warns of less', async () => {
    keepOnly(({ networkName }) => networkName !== plain.name);
    const { id } = await at.changes.preview(detach);
    const web = e1.containerMap.get('c1')!;
    const beside = endpoint(plain, { ipv4: '172.17.0.2', gateway: '172.17.0.1' });
    e1.containerMap.set('c1', { ...web, endpoints: [...web.endpoints, beside] });
    expect(await codes()).not.toContain('route_lost');
    expect(await at.changes.apply(id)).toMatchObject({ state: 'applied' });
  });

  it('is the same where more is told that is no warning', async () => {
    const preview = await at.changes.preview(detach);
    const now = (...more: Notice[]) => ({
      hosts: preview.hosts.map((host) => ({ ...host, notices: [...host.notices, ...more] })),
      problems: [],
    });
    const check = (more: Notice) => () => checkStillTrue(now(more), preview, undefined);
    expect(check(notice('container_stopped', { container: 'web' }))).not.toThrow();
    const ends = { context: 'ends', network: 'lan' } as const;
    expect(check(notice('interruption', { ...ends, container: 'db' }))).toThrow();
    expect(() => checkStillTrue({ ...now(), hosts: preview.hosts }, preview, undefined)).not.toThrow();
  });

  it('is the same where fewer hosts are late than were warned of, and another where one more is', async () => {
    const shown = await at.changes.preview(detach);
    const late = (hosts: string) => notice('lan_last_known', { context: 'late', network: 'lan', hosts });
    const withLate = (hosts: string) => ({
      ...shown,
      hosts: shown.hosts.map((host) => ({ ...host, notices: [...host.notices, late(hosts)] })),
    });
    const check = (now: string, before: string) => () =>
      checkStillTrue(withLate(now), withLate(before), undefined);
    expect(check('b', 'a, b')).not.toThrow();
    expect(check('a, b', 'b')).toThrow();
  });
});
