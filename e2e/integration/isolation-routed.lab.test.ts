import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../lab';
import { freshLab } from '../lab/vitest';
import { startConsole, type TestConsole } from './console';

const lab = freshLab();
const [first, second] = lab.hosts;

let console_: TestConsole;
beforeEach(async () => {
  console_ = await startConsole(lab.hosts);
});
afterEach(async () => {
  await console_.end();
});

describe('the isolation proof, where a router leads from one LAN to the other', () => {
  /** Has the second host route between both switches, by what it forwards, while that is looked at. */
  async function whileRouted(forwards: readonly string[], look: () => Promise<void>) {
    const told = (undo: boolean) =>
      [
        'ip addr ADD 10.70.20.12/24 dev eth2',
        'ip -6 addr ADD fd00:1::12/64 dev eth1 NODAD',
        'ip -6 addr ADD fd00:2::12/64 dev eth2 NODAD',
        ...forwards,
      ].map((each) =>
        undo
          ? each.replace('ADD', 'del').replace('NODAD', '').replace('INSERT', '-D')
          : each.replace('ADD', 'add').replace('NODAD', 'nodad').replace('INSERT', '-I'),
      );
    const kept = ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding'];
    const before = await second.exec('sysctl', '-n', ...kept);
    try {
      for (const each of told(false)) await second.exec('sh', '-c', each);
      await second.exec('sysctl', '-qw', ...kept.map((each) => `${each}=1`));
      await look();
    } finally {
      for (const each of told(true)) await second.exec('sh', '-c', each).catch(() => '');
      const values = before.trim().split(/\s+/);
      await second.exec('sysctl', '-qw', ...kept.map((each, at) => `${each}=${values[at] ?? '0'}`));
    }
  }
  const both = (table: string, verdict: string) =>
    ['-i eth1 -o eth2', '-i eth2 -o eth1'].map((way) => `${table} INSERT FORWARD ${way} -j ${verdict}`);
  const dualOn = (name: string, parent: string, v4: string, v6: string) =>
    first.docker(
      ...['network', 'create', '-d', 'macvlan', '-o', `parent=${parent}`, '--subnet', `${v4}.0/24`],
      ...['--gateway', `${v4}.12`, '--ipv6', '--subnet', `${v6}/64`, '--gateway', `${v6}12`, name],
    );
  /** A container on each of two networks of the first host. */
  async function pair(...more: string[]) {
    await dualOn('lan', 'eth1', '10.70.1', 'fd00:1::');
    await dualOn('iot', 'eth2', '10.70.20', 'fd00:2::');
    // The lowest address of the LAN is the lab's own.
    await first.docker(
      ...['run', '-d', '--name', 'aa', '--network', 'lan', '--ip', '10.70.1.60', lab.image, 'sleep', '3600'],
    );
    await first.docker(
      ...['run', '-d', '--name', 'bb', '--network', 'iot', '--ip', '10.70.20.60', ...more],
      ...[lab.image, 'sh', '-c'],
      'while true; do echo hello | nc -l -p 7000; done',
    );
    await console_.value('toolbox.consent', { engineId: console_.engineId(first), granted: true });
    const networks = [];
    for (const [who, on] of [
      ['aa', 'lan'],
      ['bb', 'iot'],
    ] as const) {
      await console_.container(first, who, (each) => !!each.endpoints[0]?.ipv4 && !!each.endpoints[0].ipv6);
      const { id } = await console_.network(first, on);
      networks.push({ engineId: console_.engineId(first), networkId: id });
    }
    const { endpoints } = await console_.container(first, 'bb');
    return { networks, v4: endpoints[0]?.ipv4 ?? '', v6: endpoints[0]?.ipv6 ?? '' };
  }

  it('does not take one for isolated that only drops pings', async () => {
    const quiet = ['net.ipv4.icmp_echo_ignore_all=1', 'net.ipv6.icmp.echo_ignore_all=1'];
    await whileRouted([...both('iptables', 'ACCEPT'), ...both('ip6tables', 'ACCEPT')], async () => {
      const { networks, v4 } = await pair(...quiet.flatMap((each) => ['--sysctl', each]));
      const heard = () => first.docker('exec', 'aa', 'sh', '-c', `nc -w 3 ${v4} 7000 </dev/null`);
      await until('traffic to pass', async () => (await heard().catch(() => '')).includes('hello'));
      const report = await console_.isolation(networks);
      expect(report.cells[0]?.[1]).toMatchObject({ verdict: 'unanswered', reason: 'answers_back' });
      expect(report.cells[1]?.[0]).toMatchObject({ verdict: 'routed', reason: 'router' });
    });
  });

  it('finds the way that a router leaves to IPv6 alone', async () => {
    await whileRouted([...both('iptables', 'DROP'), ...both('ip6tables', 'ACCEPT')], async () => {
      const { networks, v6 } = await pair();
      const pings = () => first.docker('exec', 'aa', 'ping', '-6', '-c', '1', '-W', '2', v6);
      await until('IPv6 to pass', async () => /1 (packets )?received/.test(await pings().catch(() => '')));
      const report = await console_.isolation(networks);
      for (const cell of [report.cells[0]?.[1], report.cells[1]?.[0]]) {
        expect(cell).toMatchObject({ verdict: 'routed', reason: 'router' });
        expect(cell?.asked.map((each) => [each.family, each.verdict])).toEqual([
          ['ipv4', 'unanswered'],
          ['ipv6', 'routed'],
        ]);
      }
    });
  });
});
