import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeRequest, ErrorCode, NetworkSpec } from '../../shared/model';
import { runSteps } from '../../electron/services/testing/unjournaled';
import { createEngineClient } from '../../electron/docker';
import { labFromVitest } from '../lab/vitest';
import type { LabHost } from '../lab';
import { everythingOn, startConsole, type TestConsole } from './console';

const lab = labFromVitest();
const [first, second] = lab.hosts as [LabHost, LabHost];
let console_: TestConsole;

const runContainer = (host: LabHost, name: string, ...args: string[]) =>
  host.docker('run', '-d', '--name', name, ...args, lab.image, 'sleep', '3600');
const macvlan = (host: LabHost, name: string, ...args: string[]) =>
  host.docker('network', 'create', '-d', 'macvlan', ...args, name);
const lanOf = (range: string) => ['--subnet', '10.70.1.0/24', '--gateway', '10.70.1.1', '--ip-range', range];

beforeAll(async () => {
  await Promise.all(lab.hosts.map((host) => host.clean()));
  const exclusion = ['--aux-address', 'printer=10.70.1.5'];
  await macvlan(first, 'lan', '-o', `parent=${first.nic}`, ...lanOf('10.70.1.32/27'), ...exclusion);
  await macvlan(second, 'lan', '-o', `parent=${second.nic}`, ...lanOf('10.70.1.64/27'));
  await first.docker('network', 'create', '--config-only', '--subnet', '10.90.0.0/24', 'settings');
  await first.docker('network', 'create', '--subnet', '10.80.0.0/24', 'apps');
  await first.docker('network', 'create', '--subnet', '10.81.0.0/24', 'parked-only');
  await runContainer(first, 'web');
  await runContainer(first, 'busy', '--network', 'lan', '--ip', '10.70.1.20');
  await first.docker('create', '--name', 'parked', '--network', 'lan', '--ip', '10.70.1.21', lab.image);
  await first.docker('create', '--name', 'sleeper', '--network', 'parked-only', lab.image);
  await runContainer(first, 'on-host', '--network', 'host');
  await runContainer(first, 'sharer', '--network', 'container:web');
  await first.docker('create', '--name', 'stopped-sharer', '--network', 'container:web', lab.image);
  await runContainer(second, 'elsewhere', '--network', 'lan', '--ip', '10.70.1.22');
  console_ = await startConsole(lab.hosts);
  await console_.container(second, 'elsewhere', (each) => each.endpoints[0]?.ipv4 === '10.70.1.22');
  await console_.container(first, 'stopped-sharer');
});
afterAll(async () => {
  await console_.end();
  await Promise.all(lab.hosts.map((host) => host.clean()));
});

/** Neither the preview nor an apply in spite of it may leave a trace. */
async function expectRefused(request: ChangeRequest, code: ErrorCode, field?: string): Promise<void> {
  const before = await everythingOn(first);
  const preview = await console_.value('change.preview', { request });
  const known = preview.problems.map((each) => each.code);
  const result = await console_.run('change.apply', { id: preview.id });
  expect(result, `preview said ${known.join(', ') || 'nothing'}`).toMatchObject({
    ok: false,
    error: { code, ...(field ? { field } : {}) },
  });
  const error = result.ok ? undefined : result.error;
  expect(error?.message.length).toBeGreaterThan(20);
  expect(await everythingOn(first)).toEqual(before);
}

describe('attaching is refused', () => {
  const attach = async (who: string, to: string, ipv4?: string): Promise<ChangeRequest> => {
    const container = await console_.container(first, who);
    const network = await console_.network(first, to);
    const ids = { engineId: container.engineId, containerId: container.id, networkId: network.id };
    return { kind: 'attach', ...ids, ...(ipv4 ? { ipv4 } : {}) };
  };

  it.each<[string, string, string | undefined, ErrorCode]>([
    ['web', 'lan', '10.70.9.9', 'address_outside_subnet'],
    ['web', 'lan', '10.70.1', 'address_invalid'],
    ['web', 'lan', '10.70.1.0', 'address_is_network'],
    ['web', 'lan', '10.70.1.255', 'address_is_broadcast'],
    ['web', 'lan', '10.70.1.1', 'address_is_gateway'],
    ['web', 'lan', '10.70.1.5', 'address_reserved'],
    ['web', 'lan', '10.70.1.20', 'address_in_use'],
    ['web', 'lan', '10.70.1.21', 'address_in_use'],
    ['web', 'lan', '10.70.1.22', 'address_in_use_elsewhere'],
    ['busy', 'lan', undefined, 'already_connected'],
    ['on-host', 'lan', undefined, 'host_mode'],
    ['sharer', 'lan', undefined, 'shares_namespace'],
    ['stopped-sharer', 'lan', undefined, 'shares_namespace'],
    ['web', 'settings', undefined, 'network_config_only'],
    ['web', 'host', undefined, 'host_network'],
    ['busy', 'bridge', '172.17.0.9', 'pin_needs_user_network'],
  ])('%s to %s at %s: %s', async (who, to, ipv4, code) => {
    await expectRefused(await attach(who, to, ipv4), code);
  });

  it('detach of what is not attached', async () => {
    const { kind: _kind, ...ids } = (await attach('web', 'lan')) as Extract<
      ChangeRequest,
      { kind: 'attach' }
    >;
    await expectRefused({ kind: 'detach', ...ids }, 'not_connected');
  });

  it('things that are gone, or never were', async () => {
    const request = (await attach('web', 'lan')) as Extract<ChangeRequest, { kind: 'attach' }>;
    await expectRefused({ ...request, containerId: 'f'.repeat(64) }, 'container_not_found');
    await expectRefused({ ...request, networkId: 'f'.repeat(64) }, 'network_not_found');
    const nowhere = await console_.run('change.preview', { request: { ...request, engineId: 'nope' } });
    expect(nowhere).toMatchObject({ ok: false, error: { code: 'engine_unknown' } });
    const nonsense = await console_.run('change.preview', { request: { kind: 'explode' } as never });
    expect(nonsense).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  });
});

describe('making a network is refused', () => {
  const good: NetworkSpec = {
    name: 'new',
    driver: 'macvlan',
    parent: 'eth2',
    mode: 'bridge',
    subnet: '10.95.0.0/24',
    gateway: '10.95.0.1',
    exclusions: [],
    internal: false,
  };
  it.each<[string, Partial<NetworkSpec>, ErrorCode]>([
    ['an absent parent', { parent: 'nope0' }, 'parent_missing'],
    ['a VLAN on an absent parent', { parent: 'nope0.10' }, 'parent_missing'],
    ['a VLAN id out of range', { parent: 'eth2.5000' }, 'vlan_invalid'],
    ['two dots', { parent: 'eth2.10.20' }, 'parent_invalid'],
    ['loopback', { parent: 'lo' }, 'parent_invalid'],
    ['an unknown mode', { mode: 'tunnel' }, 'mode_invalid'],
    ['a parent that is taken', { parent: 'eth1' }, 'parent_taken'],
    ['an overlapping subnet', { subnet: '10.80.0.0/16', gateway: '10.80.0.1' }, 'subnet_overlap'],
    ['a subnet that is none', { subnet: '10.95.0.0/33' }, 'subnet_invalid'],
    ['host bits in the subnet', { subnet: '10.95.0.7/24' }, 'subnet_host_bits'],
    ['a gateway outside', { gateway: '10.96.0.1' }, 'gateway_outside_subnet'],
    ['a range outside', { ipRange: '10.96.0.0/25' }, 'range_outside_subnet'],
    ['an exclusion outside', { exclusions: ['10.96.0.4'] }, 'exclusion_outside_subnet'],
    ['a name that is taken', { name: 'apps' }, 'name_taken'],
    ['a predefined name', { name: 'bridge' }, 'network_predefined'],
    ['an impossible name', { name: '../x' }, 'name_invalid'],
  ])('%s', async (_what, change, code) => {
    const engineId = console_.engineId(first);
    await expectRefused({ kind: 'create-network', engineId, spec: { ...good, ...change } }, code);
  });
});

describe('removing a network is refused', () => {
  it.each<[string, ErrorCode]>([
    ['lan', 'network_in_use'],
    ['parked-only', 'network_has_stopped_members'],
    ['bridge', 'network_predefined'],
  ])('%s: %s', async (name, code) => {
    const network = await console_.network(first, name);
    await expectRefused({ kind: 'remove-network', engineId: network.engineId, networkId: network.id }, code);
  });
});

describe('what only the engine can know', () => {
  it('a connect that fails on the engine leaves no phantom, and the container starts again', async () => {
    const client = createEngineClient({ engineId: 'direct', endpoint: first.endpoint });
    try {
      const web = await console_.container(first, 'web');
      const lan = await console_.network(first, 'lan');
      const step = {
        op: 'connect',
        containerId: web.id,
        containerName: 'web',
        networkId: lan.id,
        networkName: 'lan',
        endpoint: { ipv4: '10.70.1.20' },
      } as const;
      const networksBefore = await first.docker('inspect', '-f', '{{json .NetworkSettings.Networks}}', 'web');
      const outcome = await runSteps(client, [step], () => undefined);
      expect(outcome).toMatchObject({ ok: false, rolledBack: true, problem: { code: 'address_in_use' } });
      expect(await first.docker('inspect', '-f', '{{json .NetworkSettings.Networks}}', 'web')).toBe(
        networksBefore,
      );
      await first.docker('restart', '-t', '0', 'web');
      expect(await first.docker('inspect', '-f', '{{.State.Running}}', 'web')).toBe('true');
    } finally {
      client.close();
    }
  });
});
