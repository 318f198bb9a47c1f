import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineClient } from '../../electron/docker';
import type { ErrorCode, NetworkSpec } from '../../shared/model';
import { freshLab } from '../lab/vitest';
import { connectTo, lan, onOther, refusal } from './engine-client.helpers';

const lab = freshLab();
const [host] = lab.hosts;
let client: EngineClient;

beforeEach(() => {
  client = connectTo(host);
});
afterEach(() => {
  client.close();
});

/** Starts a container on the engine and gives its id. */
const start = (name: string, ...args: string[]) =>
  host.docker('run', '-d', '--name', name, ...args, lab.image, 'sleep', '1000000');

describe('refusals', () => {
  /** What an admin would see of the engine: it must be the same after a refusal. */
  async function picture() {
    const containers = await client.containers();
    const full = await Promise.all(containers.map((item) => client.container(item.id)));
    return { networks: await client.networks(), containers: full.map((item) => ({ ...item, status: '' })) };
  }

  async function expectRefused(
    call: () => Promise<unknown>,
    code: ErrorCode,
    engineText?: RegExp,
  ): Promise<void> {
    const before = await picture();
    const problem = await refusal(call());
    expect(problem).toMatchObject({ code, engineId: client.engineId });
    if (engineText) expect(problem.engineText).toMatch(engineText);
    expect(await picture()).toEqual(before);
  }

  it.each<[string, NetworkSpec, ErrorCode, RegExp]>([
    ['absent parent', { ...lan, parent: 'nope0' }, 'parent_missing', /example formatting/],
    ['absent parent of a VLAN', { ...lan, parent: 'nope0.10' }, 'parent_missing', /not found on the host/],
    ['VLAN 5000', { ...lan, parent: 'eth1.5000' }, 'vlan_invalid', /1-4094/],
    ['VLAN abc', { ...lan, parent: 'eth1.abc' }, 'vlan_invalid', /valid vlan id/],
    ['two dots', { ...lan, parent: 'eth1.10.20' }, 'parent_invalid', /required interface name/],
    ['loopback', { ...lan, parent: 'lo' }, 'parent_invalid', /loopback/],
    ['bogus mode', { ...lan, mode: 'bogus' }, 'mode_invalid', /bogus/],
    ['gateway outside', onOther({ gateway: '10.99.0.1' }), 'gateway_outside_subnet', /out of range/],
    ['gateway no address', onOther({ gateway: 'hello' }), 'address_invalid', /invalid gateway/],
    ['subnet no subnet', onOther({ subnet: 'hello' }), 'subnet_invalid', /Invalid subnet/],
    ['subnet /32', onOther({ subnet: '10.80.0.1/32' }), 'subnet_invalid', /No available addresses/],
    ['range no range', onOther({ ipRange: 'hello' }), 'range_outside_subnet', /SubPool/],
    [
      'excluded gateway',
      onOther({ subnet: '10.81.0.0/24', gateway: '10.81.0.1', exclusions: ['10.81.0.1'] }),
      'address_reserved',
      /secondary ip/,
    ],
    [
      'exclusion outside',
      // Leaks this pool on 20.10: a subnet that no other test uses.
      onOther({ subnet: '10.82.0.0/24', exclusions: ['10.99.0.1'] }),
      'exclusion_outside_subnet',
      /master pool/,
    ],
    ['no name', { ...lan, name: '' }, 'name_invalid', /already exists/],
    ['an engine’s own name', { ...lan, name: 'bridge' }, 'network_predefined', /predefined/],
  ])('creating: %s', async (_, spec, code, engineText) => {
    await expectRefused(() => client.createNetwork(spec), code, engineText);
  });

  it('creating beside another network', async () => {
    await client.createNetwork(lan);
    await expectRefused(
      () => client.createNetwork({ ...lan, name: 'b', subnet: '10.71.0.0/24' }),
      'gateway_outside_subnet',
    );
    const taken = onOther({ name: 'b', parent: 'eth1', subnet: '10.71.0.0/24' });
    await expectRefused(() => client.createNetwork(taken), 'parent_taken', /already using parent/);
    await expectRefused(() => client.createNetwork(onOther({})), 'subnet_overlap', /Pool overlaps/);
    await expectRefused(
      () => client.createNetwork(onOther({ name: 'lan', subnet: '10.72.0.0/24' })),
      'name_taken',
      /already exists/,
    );
  });

  it('removing', async () => {
    const id = await client.createNetwork(lan);
    await start('c1', '--network', 'lan');
    await expectRefused(() => client.removeNetwork(id), 'network_in_use', /active endpoints/);
    for (const name of ['bridge', 'host', 'none'])
      await expectRefused(() => client.removeNetwork(name), 'network_predefined', /pre-defined/);
    await expectRefused(() => client.removeNetwork('nobody'), 'network_not_found');
    await host.docker(
      'network',
      'create',
      '--config-only',
      '--subnet',
      '10.91.0.0/24',
      '-o',
      'parent=eth2',
      'cfg',
    );
    await host.api('POST', '/networks/create', {
      Name: 'from',
      Driver: 'macvlan',
      ConfigFrom: { Network: 'cfg' },
    });
    await expectRefused(() => client.removeNetwork('cfg'), 'network_in_use', /configuration network/);
  });

  it.each<[string, string, ErrorCode, RegExp]>([
    ['taken', '10.70.1.20', 'address_in_use', /Address already in use/],
    ['the gateway’s', '10.70.1.1', 'address_in_use', /Address already in use/],
    ['the subnet’s first', '10.70.1.0', 'address_in_use', /Address already in use/],
    ['the subnet’s last', '10.70.1.255', 'address_in_use', /Address already in use/],
    ['excluded', '10.70.1.11', 'address_in_use', /Address already in use/],
    ['outside the subnet', '10.99.1.20', 'address_outside_subnet', /does not belong/],
  ])('connecting at an address that is %s', async (_, ipv4, code, engineText) => {
    const id = await client.createNetwork(lan);
    await start('taken', '--network', 'lan', '--ip', '10.70.1.20');
    const c1 = await start('c1');
    const before = await picture();
    const problem = await refusal(client.connect(id, c1, { ipv4 }));
    expect(problem).toMatchObject({ code, field: 'ipv4' });
    expect(problem.engineText).toMatch(engineText);
    // 20.10 leaves a phantom behind, with which the container could not start again. It has to be visible.
    const phantom = (await client.container(c1)).endpoints.find((item) => item.networkName === 'lan');
    expect(phantom).toMatchObject({ endpointId: '', ipv4: '', pinned4: ipv4 });
    await client.connect(id, c1, {});
    await client.disconnect(id, c1, false);
    expect(await picture()).toEqual(before);
  });

  it('connecting at what is no address, or where none can be fixed', async () => {
    const id = await client.createNetwork(lan);
    const c1 = await start('c1');
    await expectRefused(() => client.connect(id, c1, { ipv4: 'hello' }), 'address_invalid');
    await expectRefused(() => client.connect(id, c1, { ipv6: 'fd00::5' }), 'pin_needs_user_network');
    await client.connect(id, c1, {});
    await host.docker('network', 'disconnect', 'bridge', 'c1');
    await expectRefused(
      () => client.connect('bridge', c1, { ipv4: '172.17.0.9' }),
      'pin_needs_user_network',
      /user defined networks only/,
    );
  });

  it('connecting what can’t be connected, where nothing can be', async () => {
    const id = await client.createNetwork(lan);
    const c1 = await start('c1');
    await start('on-host', '--network', 'host');
    await start('alone', '--network', 'none');
    await start('sharer', '--network', 'container:c1');
    await host.docker('create', '--name', 'stopped', lab.image);
    await host.docker('network', 'create', '--config-only', '--subnet', '10.91.0.0/24', 'cfg');
    const connect = (network: string, container: string) => () => client.connect(network, container, {});
    await expectRefused(connect(id, 'on-host'), 'shares_namespace', /sharing network namespace/);
    await expectRefused(connect(id, 'sharer'), 'shares_namespace', /sharing network namespace/);
    await expectRefused(connect(id, 'alone'), 'none_mode', /private \(none\) mode/);
    await expectRefused(connect('none', 'c1'), 'none_network', /private \(none\) mode/);
    await expectRefused(connect('host', 'c1'), 'host_network', /host network/);
    await expectRefused(connect('cfg', 'c1'), 'network_config_only');
    await expectRefused(connect(id, 'nobody'), 'container_not_found', /No such container/);
    // The engine itself says 200 to these two and spoils the container.
    await expectRefused(connect('cfg', 'stopped'), 'network_config_only');
    await expectRefused(connect('nowhere', 'stopped'), 'network_not_found');
    await client.connect(id, c1, {});
    await expectRefused(connect(id, 'c1'), 'already_connected', /already exists in network/);
  });

  it('connecting where no address is left', async () => {
    await host.docker('network', 'create', '--subnet', '10.83.0.0/30', '--gateway', '10.83.0.1', 'small');
    await start('first', '--network', 'small');
    const second = await start('second');
    const problem = await refusal(client.connect('small', second, {}));
    expect(problem).toMatchObject({ code: 'subnet_full' });
    expect(problem.engineText).toMatch(/no available IPv4 addresses/);
  });

  it('connecting where the range is the gateway’s alone: fixed addresses beside it are there all the same', async () => {
    const args = ['--subnet', '10.84.0.0/24', '--gateway', '10.84.0.1', '--ip-range', '10.84.0.1/32'];
    await host.docker('network', 'create', ...args, 'nothing-left');
    const third = await start('third');
    expect(await refusal(client.connect('nothing-left', third, {}))).toMatchObject({ code: 'subnet_full' });
    await client.connect('nothing-left', third, { ipv4: '10.84.0.9' });
    const { endpoints } = await client.container(third);
    expect(endpoints.find((each) => each.networkName === 'nothing-left')?.ipv4).toBe('10.84.0.9');
  });

  it('connecting to a parent that is a bridge’s port, or is held by passthru', async () => {
    await host.docker(
      'network',
      'create',
      '-d',
      'macvlan',
      '--subnet',
      '10.84.0.0/24',
      '-o',
      'parent=eth2',
      '-o',
      'macvlan_mode=passthru',
      'pass',
    );
    const one = await start('one');
    const two = await start('two');
    await client.connect('pass', one, {});
    expect(await refusal(client.connect('pass', two, {}))).toMatchObject({ code: 'passthru_occupied' });
    await host.docker('rm', '-f', 'one', 'two');
    await host.docker('network', 'rm', 'pass');
    await client.createNetwork(onOther({ subnet: '10.85.0.0/24' }));
    const three = await start('three');
    await host.exec('ip', 'link', 'add', 'brx', 'type', 'bridge');
    try {
      await host.exec('ip', 'link', 'set', 'eth2', 'master', 'brx');
      expect(await refusal(client.connect('other', three, {}))).toMatchObject({ code: 'parent_busy' });
    } finally {
      await host.exec('ip', 'link', 'del', 'brx');
    }
  });

  it('disconnecting', async () => {
    const id = await client.createNetwork(lan);
    const c1 = await start('c1');
    await start('on-host', '--network', 'host');
    await host.docker('create', '--name', 'stopped', lab.image);
    await expectRefused(() => client.disconnect(id, c1, false), 'not_connected', /is not connected to/);
    await expectRefused(() => client.disconnect(id, c1, true), 'not_connected');
    await expectRefused(() => client.disconnect(id, 'stopped', false), 'not_connected');
    await expectRefused(() => client.disconnect('host', 'on-host', false), 'host_network');
    await expectRefused(() => client.disconnect(id, 'nobody', false), 'container_not_found');
    await expectRefused(() => client.disconnect('nowhere', c1, false), 'network_not_found');
    await expectRefused(() => client.container('nobody'), 'container_not_found');
  });

  it('reading what is not there', async () => {
    expect(await refusal(client.raw('container', 'nobody'))).toMatchObject({ code: 'container_not_found' });
    const reason = await new Promise<Error>((done) => client.counters('nobody', () => undefined, done));
    expect(reason).toMatchObject({ problem: { code: 'container_not_found' } });
  });
});
