import { afterEach, describe, expect, it } from 'vitest';
import { shimTask } from '../../electron/toolbox';
import type { Shim } from '../../shared/model';
import { removeShimScript } from '../../electron/toolbox/tasks/shim/script';
import { ownToolboxImage, shimAlias } from '../../shared/rules';
import { lan, refusal } from './engine-client.helpers';
import { linksOf, toolboxLab } from './toolbox.helpers';

const { lab, client, toolbox } = toolboxLab();
const [host, other] = lab.hosts;

const put = (shim: Shim) => toolbox().run(shimTask, { do: 'put', shim });
const remove = (name: string) => toolbox().run(shimTask, { do: 'remove', name });
const list = () => toolbox().run(shimTask, { do: 'list' });

describe('the shim', () => {
  const ping = () =>
    host.exec('busybox', 'ping', '-c', '1', '-W', '1', '10.70.1.60').then(
      () => true,
      () => false,
    );
  const shim = { name: 'tl-0123456789ab', parent: 'eth1', address: '10.70.1.250', routes: ['10.70.1.60/32'] };
  afterEach(() => host.exec('ip', 'link', 'del', shim.name).catch(() => undefined));

  it('gives the host its macvlan containers, and takes them away again', async () => {
    await client().createNetwork(lan);
    await host.docker('run', '-d', '--network', 'lan', '--ip', '10.70.1.60', lab.image, 'sleep', '1000000');
    expect(await ping()).toBe(false);
    await put(shim);
    expect(await ping()).toBe(true);
    expect(await list()).toEqual([shim]);
    // Again, with other routes and another address: brought up to date.
    const moved = { ...shim, address: '10.70.1.251', routes: ['10.70.1.61/32', '10.70.1.64/28'] };
    await put(moved);
    expect(await list()).toEqual([moved]);
    await remove(shim.name);
    await remove(shim.name);
    expect(await list()).toEqual([]);
    expect(await host.docker('ps', '-aq')).not.toContain('\n');
  });

  it.each([
    ['switched its ARP off', ['arp', 'off']],
    ['made it private', ['type', 'macvlan', 'mode', 'private']],
  ])(
    'is seen as no way any more where another hand has %s, and is one once it is put',
    async (_what, set) => {
      await client().createNetwork(lan);
      await host.docker('run', '-d', '--network', 'lan', '--ip', '10.70.1.60', lab.image, 'sleep', '1000000');
      await put(shim);
      await host.exec('ip', 'link', 'set', 'dev', shim.name, ...set);
      await host.exec('ip', 'neigh', 'flush', 'dev', shim.name);
      expect(await ping()).toBe(false);
      expect(await list()).toEqual([{ ...shim, impaired: true }]);
      await put(shim);
      expect(await ping()).toBe(true);
      expect(await list()).toEqual([shim]);
    },
  );

  /** How many times which link answers the other host for an address: `eth1`, or the shim’s name. */
  async function answering(address: string): Promise<Record<string, number>> {
    // Two questions to everybody; it ends with 1 where nobody answers.
    const arping = `busybox arping -b -c 2 -w 2 -I eth1 ${address} || :`;
    const said = await other.exec('sh', '-c', arping);
    const names = new Map((await linksOf(host)).map(({ address: mac, ifname }) => [mac, String(ifname)]));
    const answers: Record<string, number> = {};
    for (const [, mac = ''] of said.matchAll(/reply from \S+ \[(\S+)\]/g)) {
      const name = names.get(mac) ?? mac;
      answers[name] = (answers[name] ?? 0) + 1;
    }
    return answers;
  }
  const settings = async () =>
    (await host.exec('sh', '-c', 'cd /proc/sys/net/ipv4/conf/eth1 && cat arp_ignore arp_announce'))
      .trim()
      .split('\n')
      .map(Number);
  const tune = (ignore: number, announce: number) =>
    host.exec(
      'sh',
      '-c',
      `cd /proc/sys/net/ipv4/conf/eth1 && echo ${String(ignore)} >arp_ignore && echo ${String(announce)} >arp_announce`,
    );

  it('answers for its own address alone, and its parent for the host’s', async () => {
    expect(await answering(host.address)).toEqual({ eth1: 2 });
    expect(await answering(shim.address)).toEqual({});
    await put(shim);
    expect(await answering(host.address)).toEqual({ eth1: 2 });
    expect(await answering(shim.address)).toEqual({ [shim.name]: 2 });
    await remove(shim.name);
    expect(await answering(host.address)).toEqual({ eth1: 2 });
    expect(await answering(shim.address)).toEqual({});
  });

  it('gives its parent back what that had, with the last one', async () => {
    const second = { ...shim, name: 'tl-ba9876543210', address: '10.70.1.251', routes: [] };
    await tune(0, 1);
    try {
      await put(shim);
      await put(second);
      expect(await settings()).toEqual([1, 2]);
      await remove(shim.name);
      expect(await settings()).toEqual([1, 2]);
      await remove(second.name);
      expect(await settings()).toEqual([0, 1]);
      // One that fails leaves no trace, and what somebody set meanwhile is theirs.
      await refusal(put({ ...shim, routes: ['nonsense'] }));
      expect(await settings()).toEqual([0, 1]);
      await put(shim);
      await tune(2, 2);
      await remove(shim.name);
      expect(await settings()).toEqual([2, 1]);
    } finally {
      await host.exec('ip', 'link', 'del', second.name).catch(() => undefined);
      await tune(0, 0);
    }
  });

  it('has given it back by the time it is gone, wherever its removal is cut off', async () => {
    await tune(0, 1);
    try {
      await put(shim);
      const gone = '$ip link del "$1"';
      const cutOff = async (end: string, status = 9) => {
        const { hostPids, capabilities, unconfined } = shimTask.rights;
        const script = removeShimScript.replace(gone, () => end);
        const { exitCode } = await client().runHelper({
          ...{ task: 'shim', image: ownToolboxImage, network: 'host', timeoutMs: shimTask.limitMs },
          ...{ hostPids, capabilities: [...capabilities], unconfined },
          command: ['sh', '-c', script, 'shim', shim.name, 'any'],
        });
        expect(exitCode).toBe(status);
      };
      await cutOff(`${gone}; exit 9`);
      expect(await list()).toEqual([]);
      expect(await settings()).toEqual([0, 1]);
      // Cut off before that, it is found, and removed all the same.
      await put(shim);
      await cutOff(':; exit 9');
      expect(await list()).toMatchObject([{ name: shim.name }]);
      await remove(shim.name);
      expect([await list(), await settings()]).toEqual([[], [0, 1]]);
      // One that can't be taken away, or whose helper is told to end in between, stays as it was.
      await put(shim);
      const before = await list();
      for (const end of ['false', 'kill -TERM $$; sleep 1']) {
        await cutOff(end, 1);
        expect([await list(), await settings()]).toEqual([before, [1, 2]]);
      }
      await remove(shim.name);
      expect([await list(), await settings()]).toEqual([[], [0, 1]]);
    } finally {
      await tune(0, 0);
    }
  });

  it('takes no address that somebody on the LAN or on the host answers for', async () => {
    const lanTaken = await refusal(put({ ...shim, address: other.address }));
    const mac = JSON.parse(await other.exec('ip', '-j', 'link', 'show', 'eth1')) as { address: string }[];
    expect(lanTaken).toMatchObject({
      code: 'address_in_use_elsewhere',
      params: { context: 'lan', address: other.address, mac: mac[0]!.address },
    });
    // A neighbour on the same NIC that the engine does not know, and that the NIC itself does not hear.
    await host.exec('ip', 'netns', 'add', 'beside');
    try {
      await host.exec(
        'sh',
        '-c',
        'ip link add mv0 link eth1 type macvlan mode bridge && ip link set mv0 netns beside &&' +
          ` ip -n beside addr add ${shim.address}/24 dev mv0 && ip -n beside link set mv0 up`,
      );
      expect(await refusal(put(shim))).toMatchObject({ code: 'address_in_use_elsewhere' });
    } finally {
      await host.exec('ip', 'netns', 'del', 'beside');
    }
    expect(await refusal(put({ ...shim, address: host.address }))).toMatchObject({
      code: 'toolbox_unavailable',
      engineText: expect.stringContaining('eth1 of this host') as string,
    });
    expect((await linksOf(host)).some(({ ifname }) => ifname === shim.name)).toBe(false);
    expect(await settings()).toEqual([0, 0]);
  });

  it('leaves nothing when it fails, and other people’s links alone', async () => {
    const failed = put({ ...shim, routes: ['nonsense'] });
    expect(await refusal(failed)).toMatchObject({
      code: 'toolbox_unavailable',
      params: { context: 'failed' },
      engineText: expect.stringContaining('nonsense') as string,
    });
    expect((await linksOf(host)).some(({ ifname }) => ifname === shim.name)).toBe(false);
    await host.exec('ip', 'link', 'add', shim.name, 'link', 'eth1', 'type', 'macvlan', 'mode', 'bridge');
    expect(await refusal(put(shim))).toMatchObject({ code: 'toolbox_unavailable' });
    expect(await refusal(remove(shim.name))).toMatchObject({ code: 'toolbox_unavailable' });
    const own = (await linksOf(host)).find(({ ifname }) => ifname === shim.name) as { ifalias?: string };
    expect(own).toMatchObject({ addr_info: [] });
    expect(own.ifalias).not.toBe(shimAlias);
  });
});
