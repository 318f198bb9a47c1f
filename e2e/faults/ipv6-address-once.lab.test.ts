import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChangeRequest } from '../../shared/model';
import { startConsole, type TestConsole } from '../integration/console';
import type { LabHost } from '../lab';
import { freshLab } from '../lab/vitest';

/** Hosts seldom have an IPv6 address of the LAN that their containers are on: its parent asks for one all the same. */
const lab = freshLab();
const [first, second] = lab.hosts;
const both = [first, second];
const X = 'fd70:1::60';
const free = 'fd70:1::61';
let consoles: TestConsole[] = [];

beforeEach(async () => {
  await Promise.all(
    both.map(async (host, i) => {
      // IPv4 addresses that never meet: only the IPv6 one is in question.
      const ipv4 = ['--subnet', '10.70.1.0/24', '--ip-range', `10.70.1.${128 + 64 * i}/26`];
      const args = ['-o', 'parent=eth1', ...ipv4, '--ipv6', '--subnet', 'fd70:1::/64'];
      await host.docker('network', 'create', '-d', 'macvlan', ...args, 'lan');
      await host.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
    }),
  );
  // Each knows one host: no engine tells it what the other one has.
  consoles = await Promise.all(both.map((host) => startConsole([host])));
  await Promise.all(both.map((host, i) => allow(consoles[i]!, host, true)));
});
afterEach(async () => {
  await first.exec('sysctl', '-qw', 'net.ipv6.conf.eth1.disable_ipv6=0');
  for (const [i, console] of consoles.splice(0).entries())
    await allow(console, both[i]!, false).finally(() => console.end());
});

const allow = (console: TestConsole, host: LabHost, granted: boolean) =>
  console.value('toolbox.consent', { engineId: console.engineId(host), granted });
async function attach(console: TestConsole, host: LabHost): Promise<ChangeRequest> {
  const { engineId, id: containerId } = await console.container(host, 'web');
  const { id: networkId } = await console.network(host, 'lan');
  return { kind: 'attach', engineId, containerId, networkId, ipv6: X };
}
const onEngine = async (host: LabHost) =>
  (await host.docker('inspect', '-f', '{{json .NetworkSettings.Networks.lan}}', 'web')).includes(X);
const taken = {
  ok: false,
  error: { code: 'address_in_use_elsewhere', params: { context: 'lan', address: X } },
};

it('a fixed IPv6 address that somebody on the LAN has is not given out; where it can’t be asked, nobody says it is free', async () => {
  const [one] = consoles as [TestConsole];
  await second.docker('network', 'connect', '--ip6', X, 'lan', 'web');
  expect(await one.change(await attach(one, first))).toMatchObject(taken);
  expect(await onEngine(first)).toBe(false);

  const question = { engineId: one.engineId(first), from: { kind: 'host', nic: 'eth1' } as const };
  const probe = async () =>
    (await one.value('host.probe', { ...question, addresses: [X, free] })).targets.map(({ macs }) => macs);
  expect(await probe()).toEqual([[expect.stringMatching(/^([\da-f]{2}:){5}[\da-f]{2}$/)], []]);
  await first.exec('sysctl', '-qw', 'net.ipv6.conf.eth1.disable_ipv6=1');
  expect(await probe()).toEqual([null, null]);
});

it('given to two containers at once, not both have it', async () => {
  const asked = await Promise.all(
    both.map(async (host, i) => {
      const { id, problems } = await consoles[i]!.value('change.preview', {
        request: await attach(consoles[i]!, host),
      });
      expect(problems).toEqual([]);
      return () => consoles[i]!.run('change.apply', { id });
    }),
  );
  const results = await Promise.all(asked.map((each) => each()));
  expect(await Promise.all(both.map(onEngine))).toEqual(results.map(({ ok }) => ok));
  expect(results.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
  for (const result of results) if (!result.ok) expect(result).toMatchObject(taken);
});
