import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AddressConflict } from '../../shared/model';
import { until, type LabHost } from '../lab';
import { freshLab } from '../lab/vitest';
import { startConsole, type TestConsole } from './console';

/** The console knows the first host alone: what is on the other one is any device of the LAN. */
const lab = freshLab();
const [host, elsewhere] = lab.hosts;
/** Milliseconds after the start of a container in which a conflict is told. */
const toldWithin = 10_000;
/** In which it is over: it is asked for every twenty seconds, by a helper that takes some. */
const overWithin = 45_000;
let console_: TestConsole;

const runWeb = (on: LabHost, name: string, address: string) =>
  on.docker(
    ...['run', '-d', '--name', name, '--network', 'lan', '--ip', address],
    ...[lab.image, 'sleep', '3600'],
  );
const conflicts = () => console_.value('address.conflicts', {});
const told = (what: string, is: (all: AddressConflict[]) => boolean, within: number) =>
  until(what, async () => is(await conflicts()), within).catch(async (error: unknown) => {
    throw new Error(`${String(error)}: ${JSON.stringify(await conflicts())}`);
  });
const macsOf = (address: string) => (all: AddressConflict[]) =>
  all.find((each) => each.address === address)?.macs.join();

beforeEach(async () => {
  for (const each of [host, elsewhere]) {
    const args = ['-o', `parent=${each.nic}`, '--subnet', '10.70.1.0/24', '--gateway', '10.70.1.1'];
    await each.docker('network', 'create', '-d', 'macvlan', ...args, 'lan');
  }
  console_ = await startConsole([host], undefined, undefined, true);
  await console_.value('toolbox.consent', { engineId: console_.engineId(host), granted: true });
});
afterEach(async () => {
  await elsewhere.exec('ip', 'addr', 'del', '10.70.1.60/24', 'dev', elsewhere.nic).catch(() => undefined);
  await console_?.value('toolbox.consent', { engineId: console_.engineId(host), granted: false });
  await console_?.end();
});

it('a device that has the address of a container which starts is told, and no longer once it is gone', async () => {
  const address = '10.70.1.60';
  await elsewhere.exec('ip', 'addr', 'add', `${address}/24`, 'dev', elsewhere.nic);
  const [link] = JSON.parse(await elsewhere.exec('ip', '-j', 'link', 'show', 'dev', elsewhere.nic)) as [
    { address: string },
  ];
  await runWeb(host, 'free', '10.70.1.59');
  await runWeb(host, 'printed', address);
  await told('the conflict to be told', (all) => macsOf(address)(all) === link.address, toldWithin);
  const { id: containerId } = await console_.container(host, 'printed');
  const { id: networkId } = await console_.network(host, 'lan');
  expect(await conflicts()).toMatchObject([
    { engineId: console_.engineId(host), containerId, networkId, address },
  ]);
  await elsewhere.exec('ip', 'addr', 'del', `${address}/24`, 'dev', elsewhere.nic);
  await told('the conflict to be over', (all) => all.length === 0, overWithin);
});

it('so is a container of another engine, of which this console knows nothing, and though it has the same MAC', async () => {
  const address = '10.70.1.61';
  await runWeb(elsewhere, 'theirs', address);
  await host.docker('network', 'connect', '--ip', address, 'lan', await runPlain());
  // This engine makes the MAC of the address, and so does the other one.
  const isTold = (all: AddressConflict[]) => macsOf(address)(all) === '02:42:0a:46:01:3d';
  await told('the conflict to be told', isTold, toldWithin);
  const { id: containerId } = await console_.container(host, 'plain');
  const { id: networkId } = await console_.network(host, 'lan');
  // The remedy.
  const request = { kind: 'readdress', engineId: console_.engineId(host), containerId, networkId } as const;
  expect(await console_.change({ ...request, ipv4: '10.70.1.62' })).toMatchObject({ ok: true });
  await told('the conflict to be over', (all) => all.length === 0, toldWithin);
});

async function runPlain(): Promise<string> {
  await host.docker('run', '-d', '--name', 'plain', lab.image, 'sleep', '3600');
  return 'plain';
}
