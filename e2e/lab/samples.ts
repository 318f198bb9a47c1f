import type { LabHost } from './host';
import { samplesOf, type Sample } from './sample-data';
import type { Lab } from './start';

/**
 * Fills the lab with what a small office and a home would run: containers in every network mode on both hosts, some of
 * them busy, and networks of every kind that the engine can make.
 */
export async function startSamples(lab: Lab, say: (line: string) => void): Promise<void> {
  say('starting the sample containers');
  // Receivers are asked again and again until they are there: the hosts need no order.
  await Promise.all(
    lab.hosts.map(async (host, index) => {
      await createNetworks(lab, host, index, say);
      await createContainers(lab, host, index);
    }),
  );
}

async function createNetworks(
  lab: Lab,
  host: LabHost,
  index: number,
  say: (line: string) => void,
): Promise<void> {
  const create = (...args: string[]) => host.docker('network', 'create', ...args);
  await create('-d', 'macvlan', '-o', 'parent=eth1', ...lanAddresses(lab, '10.70.1', index), 'lan');
  // The two-step way, which Swarm would need: settings first, then the network made from them.
  await create('--config-only', '-o', 'parent=eth2', ...lanAddresses(lab, '10.70.20', index), 'iot-settings');
  await create('-d', 'macvlan', '--config-from', 'iot-settings', 'iot');
  await create('frontend');
  await create('--internal', 'backend');
  await create('living-room');
  await createWithoutAddresses(host, say);
}

/** One subnet on all hosts: its automatic ranges don't meet, and the hosts' own addresses are left out. */
function lanAddresses(lab: Lab, prefix: string, index: number): string[] {
  const range = [
    '--subnet',
    `${prefix}.0/24`,
    '--gateway',
    `${prefix}.1`,
    '--ip-range',
    `${prefix}.${128 + 16 * index}/28`,
  ];
  const hosts = lab.hosts.filter((host) => host.address.startsWith(`${prefix}.`));
  return [...range, ...hosts.flatMap((host) => ['--aux-address', `${host.name}=${host.address}`])];
}

/** For containers that take their addresses from a DHCP server. Engines before API 1.48 refuse it. */
async function createWithoutAddresses(host: LabHost, say: (line: string) => void): Promise<void> {
  const answer = await host.api('POST', '/networks/create', {
    Name: 'dhcp',
    Driver: 'macvlan',
    EnableIPv4: false,
    EnableIPv6: false,
    IPAM: { Driver: 'null' },
    Options: { parent: 'eth2' },
  });
  if (answer.status === 201) return;
  say(`${host.name}: no network without IPAM, which this engine can't make: ${JSON.stringify(answer.body)}`);
}

async function createContainers(lab: Lab, host: LabHost, index: number): Promise<void> {
  const { project, samples } = samplesOf(index);
  for (const sample of samples) await startContainer(lab, host, project, sample);
  const named = (then: Sample['then']) =>
    samples.filter((sample) => sample.then === then).map(({ name }) => name);
  if (named('stop').length > 0) await host.docker('stop', ...named('stop'));
  if (named('pause').length > 0) await host.docker('pause', ...named('pause'));
  if (named('remove').length > 0) await host.docker('rm', '-f', ...named('remove'));
}

async function startContainer(lab: Lab, host: LabHost, project: string, sample: Sample): Promise<void> {
  const labels = { 'com.docker.compose.project': project, 'com.docker.compose.service': sample.name };
  const flags = [
    ...['--name', sample.name, '--restart', 'unless-stopped', '--network', sample.network],
    ...(sample.ip ? ['--ip', sample.ip] : []),
    ...Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
    ...(sample.flags ?? []),
  ];
  const command = sample.run ? ['sh', '-c', sample.run] : [];
  await host.docker('run', '-d', ...flags, lab.image, ...command);
  if (!sample.also) return;
  const pin = sample.also.ip ? ['--ip', sample.also.ip] : [];
  await host.docker('network', 'connect', ...pin, sample.also.network, sample.name);
}
