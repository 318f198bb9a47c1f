import { expect, it } from 'vitest';
import { until } from '../lab';
import { asLabHost, lan, reaches, vlanBench } from './bench';

const bench = vlanBench();
const { lab } = bench;
const [v1, v2] = lab.hosts;

it('brings VLAN links, networks, containers and addresses back, and the console sees it', async () => {
  for (const host of lab.hosts) await bench.create(host, lan(host, 'eth1.10'));
  await bench.attach(v1, 'web', 'lan', '10.60.10.101');
  await bench.attach(v2, 'probe', 'lan', '10.60.10.102');
  const bootId = () => v1.exec('cat', '/proc/sys/kernel/random/boot_id');
  const before = await bootId();

  await lab.reboot();
  expect(await bootId()).not.toBe(before);
  for (const host of lab.hosts) expect(await host.vlanLinks()).toEqual(['eth1.10']);
  await until('the console to have both engines back', async () =>
    (await bench.console().snapshot()).engines.every(({ state }) => state === 'online'),
  );
  for (const [host, name, ip] of [
    [v1, 'web', '10.60.10.101'],
    [v2, 'probe', '10.60.10.102'],
  ] as const) {
    const shown = await bench
      .console()
      .container(asLabHost(host), name, ({ state, endpoints }) =>
        endpoints.some(
          ({ networkName, ipv4 }) => state === 'running' && networkName === 'lan' && ipv4 === ip,
        ),
      );
    expect(shown.endpoints).toContainEqual(expect.objectContaining({ networkName: 'lan', pinned4: ip }));
  }
  expect(await reaches(v1, 'web', '10.60.10.102')).toBe(true);
});
