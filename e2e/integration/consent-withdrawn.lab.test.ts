import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../lab';
import { freshLab } from '../lab/vitest';
import { startConsole, type TestConsole } from './console';

const lab = freshLab();
const [host] = lab.hosts;
let console_: TestConsole;
beforeEach(async () => {
  console_ = await startConsole([host]);
});
afterEach(async () => {
  await console_.end();
  // A failed test may leave a link in a host that the lab's own cleaning knows nothing of.
  for (const { name } of await links()) await host.exec('ip', 'link', 'del', name);
});

interface Link {
  ifname: string;
  operstate: string;
  addr_info: { local: string }[];
}

/** The ways from the host to its containers that are there. */
async function links() {
  const all = JSON.parse(await host.exec('ip', '-j', 'addr')) as Link[];
  return all
    .filter(({ ifname }) => ifname.startsWith('tl-'))
    .map(({ ifname: name, operstate, addr_info }) => ({
      ...{ name, operstate },
      addresses: addr_info.map(({ local }) => local),
    }));
}

it('consent that is withdrawn in the midst of a change counts once that has come to its end', async () => {
  await host.docker(
    ...['network', 'create', '-d', 'macvlan', '-o', 'parent=eth1', '--subnet', '10.70.1.0/24'],
    ...['--gateway', '10.70.1.1', '--ip-range', '10.70.1.128/25', 'lan'],
  );
  const place = { engineId: console_.engineId(host), networkId: (await console_.network(host, 'lan')).id };
  const consent = (granted: boolean) =>
    console_.value('toolbox.consent', { engineId: place.engineId, granted });
  const helpers = () => host.docker('ps', '-q', '--filter', 'label=io.trunkline.helper=shim');
  const begun = () =>
    new Promise<void>((resolve) => {
      console_.core.subscribe((name) => name === 'change.progress' && resolve());
    });

  await consent(true);
  const putting = begun();
  const put = console_.change({ kind: 'put-shim', ...place, address: '10.70.1.66' });
  await putting;
  await until('a helper', async () => (await helpers()) !== '');
  await consent(false);
  expect(await put).toMatchObject({ ok: true, value: { state: 'applied' } });
  const [made, ...others] = await links();
  expect([made?.operstate, others]).toEqual(['UP', []]);
  expect(made?.addresses).toContain('10.70.1.66');

  await consent(true);
  const removing = begun();
  const removed = console_.change({ kind: 'remove-shim', ...place });
  await removing;
  await until('a helper', async () => (await helpers()) !== '');
  await consent(false);
  expect(await removed).toMatchObject({ ok: true, value: { state: 'applied' } });
  expect(await links()).toEqual([]);
  expect(await console_.run('host.facts', { engineId: place.engineId })).toMatchObject({
    error: { code: 'toolbox_refused' },
  });
});
