import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangePreview, HostFacts } from '../../shared/model';
import { parentVerdict } from '../../shared/rules';
import { until } from '../lab';
import { asLabHost, lan, reaches, vlanBench } from './bench';

const bench = vlanBench();
const { lab } = bench;
const [v1, v2] = lab.hosts;
const ip = (line: string) => v1.exec('ip', ...line.split(' '));
const engineId = () => bench.console().engineId(asLabHost(v1));

/** What the toolbox reads of the first host now. */
const facts = (): Promise<HostFacts> =>
  bench.console().value('host.facts', { engineId: engineId(), refresh: true });

/** What the console says of interfaces now, all from one look at the host: each look is a container that starts there. */
async function verdicts(...names: string[]) {
  const [seen, { engines }] = await Promise.all([facts(), bench.console().snapshot()]);
  const engine = engines.find((each) => each.id === engineId());
  return names.map((name) => {
    const nic = seen.nics.find((each) => each.name === name);
    if (!nic || !engine) throw new Error(`no ${name} on v1`);
    const { state, remarks } = parentVerdict(nic, seen, engine);
    return { nic, state, reasons: remarks.map(({ reason }) => reason), use: remarks[0]?.use };
  });
}

const preview = (parentNic: string): Promise<ChangePreview> =>
  bench.console().value('change.preview', {
    request: {
      kind: 'create-segment',
      segment: {
        name: 'bonded',
        vlan: 10,
        subnets: [{ subnet: '10.60.10.0/24', gateway: '10.60.10.1' }],
        driver: 'macvlan',
        mode: 'bridge',
      },
      hosts: [{ engineId: engineId(), parentNic }],
    },
  });
const problems = async (parentNic: string) =>
  (await preview(parentNic)).hosts.flatMap((each) => each.problems).map(({ code, field }) => [code, field]);

/** What an engine says when a container is to start on such a parent: nothing of it is told when the network is made. */
async function startOn(parent: string): Promise<string> {
  const name = 'onto';
  await v1.docker(
    ...`network create -d macvlan -o parent=${parent} --subnet 10.60.77.0/24 ${name}`.split(' '),
  );
  try {
    return await v1.docker('run', '--rm', '--network', name, lab.image, 'true').catch(String);
  } finally {
    await v1.docker('network', 'rm', name);
  }
}

beforeAll(async () => {
  await bench.console().value('toolbox.consent', { engineId: engineId(), granted: true });
});

describe('a bond', () => {
  beforeAll(async () => {
    await ip('link add bond0 type bond mode active-backup miimon 100');
    await ip('link set eth1 down');
    await ip('link set eth1 master bond0');
    await ip('link set bond0 up');
    await until('the bond to have a carrier', async () => (await ip('link show bond0')).includes('LOWER_UP'));
  });
  afterAll(async () => {
    for (const host of lab.hosts) await host.clean();
    await ip('link del bond0');
    // As the machine's own start leaves it.
    await ip('link set eth1 up');
    await ip('addr replace 10.60.1.11/24 dev eth1');
    await ip('route replace default via 10.60.1.1');
  });

  it('is read as one and fits; what it is made of is refused by console and kernel, with the bond as the way out', async () => {
    const [bond, port] = await verdicts('bond0', 'eth1');
    expect(bond).toMatchObject({
      nic: { kind: 'bond', driver: 'bond', up: true, carrier: true, ethernet: true },
      state: 'ok',
    });
    expect(port).toMatchObject({
      nic: { master: 'bond0', masterKind: 'bond' },
      state: 'refused',
      // The lab's NICs are veths.
      reasons: ['bond_port', 'veth'],
      use: { parent: 'bond0' },
    });
    expect(await problems('eth1')).toEqual([['parent_busy', 'spec.parent']]);
    expect(await startOn('eth1')).toContain('device or resource busy');
  });

  it('carries a VLAN across hosts: the engine makes bond0.10', async () => {
    expect(await problems('bond0')).toEqual([]);
    const { id } = await preview('bond0');
    await bench.console().value('change.apply', { id });
    expect(await v1.vlanLinks()).toEqual(['bond0.10']);
    const [link] = await verdicts('bond0.10');
    expect(link).toMatchObject({
      nic: { kind: 'vlan', vlan: 10, parent: 'bond0' },
      state: 'ok',
    });
    await bench.create(v2, lan(v2, 'eth1.10'));
    await bench.run(v1, 'web', 'bonded', '10.60.10.20');
    await bench.run(v2, 'probe', 'lan', '10.60.10.21');
    expect(await reaches(v1, 'web', '10.60.10.21')).toBe(true);
  });
});

describe('other links', () => {
  afterAll(async () => {
    for (const link of ['lab-br', 'port0', 'spare0']) await ip(`link del ${link}`).catch(() => '');
  });

  it('a bridge’s port is refused by console and kernel; the bridge itself carries containers', async () => {
    await ip('link add lab-br type bridge');
    await ip('link add port0 type dummy');
    await ip('link set port0 master lab-br');
    for (const link of ['lab-br', 'port0']) await ip(`link set ${link} up`);
    const [port, bridge] = await verdicts('port0', 'lab-br');
    expect(port).toMatchObject({
      nic: { kind: 'dummy', master: 'lab-br', masterKind: 'bridge' },
      state: 'refused',
      use: { parent: 'lab-br' },
    });
    expect(await startOn('port0')).toContain('device or resource busy');
    expect(bridge).toMatchObject({ nic: { kind: 'bridge', docker: false } });
    expect(await startOn('lab-br')).toBe('');
  });

  it('a dummy is warned about, and so is what is down', async () => {
    await ip('link add spare0 type dummy');
    const [dummy] = await verdicts('spare0');
    expect(dummy).toMatchObject({
      nic: { kind: 'dummy', up: false },
      state: 'warned',
      reasons: ['dummy', 'down'],
    });
  });
});
