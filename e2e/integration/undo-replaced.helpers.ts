import { expect } from 'vitest';
import type { ChangeRecord, ChangeRequest } from '../../shared/model';
import { until, type LabHost } from '../lab';
import type { TestConsole } from './console';
import { rawAttachments, rawNetwork } from './raw-compare';

interface Place {
  host: LabHost;
  console_: TestConsole;
  /** For containers. */
  image: string;
}

/** What the console makes, and another hand makes in its place: equal, but for the id. */
const byUs = (parent: string) => ({
  ...{ name: 'lan', driver: 'macvlan' as const, parent, mode: 'bridge', subnet: '10.70.1.0/24' },
  ...{ exclusions: [], internal: false },
});
async function byHand({ host, console_ }: Place): Promise<string> {
  const id = await host.docker(
    ...['network', 'create', '-d', 'macvlan', '--subnet', '10.70.1.0/24'],
    ...['-o', `parent=${host.nic}`, '-o', 'macvlan_mode=bridge', 'lan'],
  );
  await until('the other network', async () => (await console_.network(host, 'lan')).id === id.trim());
  return id.trim();
}

async function applied(console_: TestConsole, request: ChangeRequest): Promise<ChangeRecord> {
  const result = await console_.change(request);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Goes through undos of changes whose network another hand has replaced by an equal one, and of one that ours has. */
export async function replacedByHand(place: Place): Promise<void> {
  const { host, console_, image } = place;
  const engineId = console_.engineId(host);
  const undo = async (id: string) => {
    const undone = await console_.run('change.undo', { id });
    return undone.ok ? undone.value.state : undone.error;
  };
  const create = { kind: 'create-network' as const, engineId, spec: byUs(host.nic) };
  const lans = async () =>
    (await console_.snapshot()).networks.filter((each) => each.engineId === engineId && each.name === 'lan');

  const made = await applied(console_, create);
  await host.docker('network', 'rm', 'lan');
  await until('it to be gone', async () => (await lans()).length === 0);
  expect(await undo(made.id)).toMatchObject({ params: { context: 'network_gone', network: 'lan' } });
  const theirs = await byHand(place);
  expect(await undo(made.id)).toMatchObject({ params: { context: 'network_replaced', network: 'lan' } });
  await rawNetwork(host, 'lan');

  await host.docker('run', '-d', '--name', 'web', image, 'sleep', '3600');
  const { id: containerId } = await console_.container(host, 'web');
  const attach = { kind: 'attach' as const, engineId, containerId, networkId: theirs, ipv4: '10.70.1.20' };
  const attached = await applied(console_, attach);
  await host.docker('network', 'disconnect', 'lan', 'web');
  await host.docker('network', 'rm', 'lan');
  await byHand(place);
  await host.docker('network', 'connect', '--ip', '10.70.1.20', 'lan', 'web');
  expect(await undo(attached.id)).toMatchObject({ params: { context: 'network_replaced' } });
  expect(await rawAttachments(host, 'web')).toMatchObject({
    networks: { lan: { IPAMConfig: { IPv4Address: '10.70.1.20' } } },
  });

  await host.docker('rm', '-f', 'web');
  await host.docker('network', 'rm', 'lan');
  await until('it to be gone', async () => (await lans()).length === 0);
  const ours = await applied(console_, create);
  const networkId = ours.hosts[0]?.networkId ?? '';
  const removal = await applied(console_, { kind: 'remove-network', engineId, networkId });
  expect(await undo(removal.id)).toBe('undone');
  expect(await undo(ours.id)).toBe('undone');
  expect(await host.docker('network', 'ls', '-q', '-f', 'name=^lan$')).toBe('');
}
