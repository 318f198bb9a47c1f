import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest } from '../../shared/model';
import type { LabHost } from '../lab';
import { freshLab } from '../lab/vitest';
import { startConsole, type TestConsole } from './console';
import { inspect, segmentsOf } from './segments.helpers';

/** Plans of single changes know what no engine tells: the hosts' interfaces, reserved ranges, shims. */
const lab = freshLab();
const [first, second] = lab.hosts;
let console_: TestConsole;
const { both, create, runContainer } = segmentsOf(lab, () => console_);

beforeEach(async () => {
  console_ = await startConsole(lab.hosts);
});
afterEach(async () => {
  try {
    await removeShims();
    for (const host of [first, second]) await allow(host, false);
  } finally {
    await console_.end();
  }
});
async function removeShims() {
  for (const { engineId, networkId } of await console_.value('policies.list', {}))
    await console_.change({ kind: 'remove-shim', engineId, networkId });
}
const allow = (host: LabHost, granted = true) =>
  console_.value('toolbox.consent', { engineId: console_.engineId(host), granted });

describe('the parent of a network', () => {
  const links: string[] = [];
  afterEach(async () => {
    for (const link of links.splice(0)) await first.exec('ip', 'link', 'del', link);
  });
  const add = async (name: string, ...kind: string[]) => {
    await first.exec('ip', 'link', 'add', name, 'type', ...kind);
    links.push(name);
  };
  const preview = (parent: string) => {
    const spec = { name: 'lan20', driver: 'macvlan' as const, parent, mode: 'bridge' };
    const request: ChangeRequest = {
      kind: 'create-network',
      engineId: console_.engineId(first),
      spec: { ...spec, subnet: '10.70.20.0/24', gateway: '10.70.20.1', exclusions: [], internal: false },
    };
    return console_.value('change.preview', { request });
  };
  const codes = async (parent: string) => {
    const { problems, hosts } = await preview(parent);
    const notices = hosts[0]?.notices ?? [];
    return [problems.map(({ code }) => code), notices.some(({ code }) => code === 'parent_unchecked')];
  };

  it('is judged by what the host has, where the admin allows a look', async () => {
    await add('br-lan', 'bridge');
    await add('port0', 'veth', 'peer', 'name', 'port1');
    await first.exec('ip', 'link', 'set', 'port0', 'master', 'br-lan');
    for (const parent of ['nope0', 'port0', first.nic]) expect(await codes(parent)).toEqual([[], true]);

    await allow(first);
    expect(await codes('nope0')).toEqual([['parent_missing'], false]);
    expect(await codes('nope0.10')).toEqual([['parent_missing'], false]);
    expect(await codes('port0')).toEqual([['parent_busy'], false]);
    expect((await preview('port0')).problems[0]).toMatchObject({
      engineId: console_.engineId(first),
      field: 'spec.parent',
      params: { parent: 'port0', host: first.name },
    });
    expect(await codes(first.nic)).toEqual([[], false]);

    await allow(first, false);
    expect(await codes('port0')).toEqual([[], true]);
  });

  it('that goes on carrying traffic after the preview does not hold up the change', async () => {
    await allow(first);
    const engineId = console_.engineId(first);
    const sent = async () => {
      const { nics } = await console_.value('host.facts', { engineId, refresh: true });
      return nics.find(({ name }) => name === first.nic)?.counters.txPackets ?? 0;
    };
    const { id, problems } = await preview(first.nic);
    expect(problems).toEqual([]);
    const before = await sent();
    await console_.value('host.probe', { engineId, from: { kind: 'host' }, addresses: [second.address] });
    expect(await sent()).toBeGreaterThan(before);
    expect(await console_.value('change.apply', { id })).toMatchObject({ state: 'applied' });
    expect((await inspect(first, 'lan20'))?.Options.parent).toBe(first.nic);
  });

  it('that was taken since the preview refuses the change', async () => {
    await add('br-lan', 'bridge');
    await add('port0', 'veth', 'peer', 'name', 'port1');
    await allow(first);
    const { id, problems } = await preview('port0');
    expect(problems).toEqual([]);
    await first.exec('ip', 'link', 'set', 'port0', 'master', 'br-lan');
    await console_.value('host.facts', { engineId: console_.engineId(first), refresh: true });
    expect(await console_.run('change.apply', { id })).toMatchObject({
      ok: false,
      error: { code: 'parent_busy' },
    });
    expect(await inspect(first, 'lan20')).toBeNull();
  });
});

describe('an address that no engine knows to be taken', () => {
  it('is neither suggested nor taken, whichever host of the LAN has it', async () => {
    await create(both());
    await runContainer(first, 'web');
    const { engineId, id: containerId } = await console_.container(first, 'web');
    const { id: networkId } = await console_.network(first, 'office');
    const attach = (ipv4?: string): ChangeRequest => ({
      kind: 'attach',
      ...{ engineId, containerId, networkId },
      ...(ipv4 ? { ipv4 } : {}),
    });
    const asked = (ipv4?: string) => console_.value('change.preview', { request: attach(ipv4) });
    const shim = (await asked()).suggestedIpv4 ?? '';

    const far = await console_.network(second, 'office');
    await allow(second);
    const put = { kind: 'put-shim', engineId: far.engineId, networkId: far.id, address: shim } as const;
    expect(await console_.change(put)).toMatchObject({ ok: true });

    const { suggestedIpv4, problems } = await asked(shim);
    expect(suggestedIpv4).not.toBe(shim);
    expect(problems).toMatchObject([
      { code: 'address_reserved', field: 'ipv4', params: { context: 'shim', host: second.name } },
    ]);
    expect((await asked('10.70.1.210')).problems).toMatchObject([
      { code: 'address_reserved', params: { name: 'the router', network: 'Office' } },
    ]);
    const plan = await console_.value('address.plan', { engineId, networkId });
    expect(plan.suggestion).toBe(suggestedIpv4);
    expect(plan.used).toEqual(
      expect.arrayContaining([
        { address: '10.70.1.200', to: '10.70.1.250', kind: 'dhcp', engineId, owner: 'the router' },
        { address: shim, kind: 'shim', engineId: far.engineId, owner: `tl-${far.id.slice(0, 12)}` },
      ]),
    );

    const ownOf = {
      code: 'address_reserved',
      params: { context: 'host', name: second.nic, host: second.name },
    };
    await console_.value('host.facts', { engineId: far.engineId, refresh: true });
    expect((await asked(second.address)).problems).toMatchObject([ownOf]);
    const [office] = (await console_.value('segments.list', {})).segments;
    const about = { segmentId: office!.segment.id, engineId, containerId };
    const request = { kind: 'attach-to-segment' as const, ...about };
    const planned = await console_.value('change.preview', {
      request: { ...request, ipv4: second.address },
    });
    expect(planned.hosts.flatMap((each) => each.problems)).toMatchObject([ownOf]);

    expect(await console_.change(attach(suggestedIpv4))).toMatchObject({ ok: true });
    const readdress: ChangeRequest = { kind: 'readdress', engineId, containerId, networkId, ipv4: shim };
    expect(await console_.problems(readdress)).toMatchObject([{ code: 'address_reserved' }]);
    await removeShims();
    expect(await console_.problems(readdress)).toEqual([]);
  });
});
