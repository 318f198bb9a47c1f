import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { call, follow } from '../../e2e/conformance/raw-client';
import { startDemo, type Demo, type DemoOptions } from './index';

interface ListedJson {
  Names: string[];
  State: string;
  HostConfig: { NetworkMode: string };
  NetworkSettings: {
    Networks: Record<
      string,
      { IPAddress: string; MacAddress?: string; IPAMConfig: { IPv4Address?: string } | null }
    >;
  };
}

const demos: Demo[] = [];
afterEach(async () => {
  await Promise.all(demos.splice(0).map((demo) => demo.close()));
});

async function start(options?: DemoOptions): Promise<string[]> {
  const demo = await startDemo(options);
  demos.push(demo);
  return demo.endpoints.map((endpoint) => endpoint.replace('unix://', ''));
}

const read = async <T>(socket: string, path: string): Promise<T> =>
  JSON.parse((await call(socket, 'GET', path)).text) as T;
const listAll = async (sockets: string[]): Promise<ListedJson[]> =>
  (await Promise.all(sockets.map((socket) => read<ListedJson[]>(socket, '/containers/json?all=1')))).flat();

describe('startDemo', () => {
  it('refuses numbers that make no demo', async () => {
    await expect(startDemo({ hosts: 0 })).rejects.toThrow('hosts must be');
    await expect(startDemo({ containers: -1 })).rejects.toThrow('containers must be');
    await expect(startDemo({ containers: 1.5 })).rejects.toThrow('containers must be');
  });

  it('listens in a private directory, and leaves nothing behind', async () => {
    const demo = await startDemo({ hosts: 2, containers: 4 });
    demos.push(demo);
    const socket = demo.endpoints[0]?.replace('unix://', '') ?? '';
    const directory = dirname(socket);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    const events = await follow(socket, '/events');
    await demo.close();
    await events.until(() => events.ended);
    await expect(access(directory)).rejects.toThrow();
    await demo.close();
  });

  it('shows every mode and state, three generations, each kind of network', async () => {
    const sockets = await start();
    const versions = await Promise.all(
      sockets.map((socket) => read<{ Version: string }>(socket, '/version')),
    );
    expect(versions.map(({ Version }) => Version)).toEqual(['26.1.5', '20.10.24', '29.7.2']);
    const all = await listAll(sockets);
    expect(all).toHaveLength(24);
    const modes = new Set(all.map(({ HostConfig }) => HostConfig.NetworkMode.replace(/:.*/, ':')));
    expect([...modes]).toEqual(expect.arrayContaining(['host', 'none', 'container:', 'lan', 'web']));
    expect(new Set(all.map(({ State }) => State))).toEqual(
      new Set(['running', 'paused', 'restarting', 'exited']),
    );
    expect(all.some((each) => Object.keys(each.NetworkSettings.Networks).length === 2)).toBe(true);
    const networks = (
      await Promise.all(
        sockets.map((socket) => read<{ Driver: string; ConfigOnly: boolean }[]>(socket, '/networks')),
      )
    ).flat();
    expect(new Set(networks.map(({ Driver }) => Driver))).toEqual(
      new Set(['bridge', 'host', 'null', 'macvlan', 'ipvlan', 'overlay']),
    );
    expect(networks.some(({ ConfigOnly }) => ConfigOnly)).toBe(true);
  });

  it('gives no LAN address twice over all hosts, pins of stopped containers counted', async () => {
    const all = await listAll(await start({ containers: 600, hosts: 4 }));
    expect(all).toHaveLength(600);
    for (const lan of ['lan', 'iot', 'cameras']) {
      const taken = all
        .map(({ NetworkSettings }) => NetworkSettings.Networks[lan])
        .map((endpoint) => endpoint?.IPAddress || endpoint?.IPAMConfig?.IPv4Address)
        .filter(Boolean);
      expect(taken.length).toBeGreaterThan(10);
      expect(new Set(taken).size).toBe(taken.length);
    }
  });

  it('has nobody cut off from the network that it shares, and no MAC of a LAN twice', async () => {
    const sockets = await start();
    const sharers: [string, string, string][] = [];
    for (const socket of sockets) {
      const startOf = async (id: string) =>
        (await read<{ State: { StartedAt: string } }>(socket, `/containers/${id}/json`)).State.StartedAt;
      for (const { Names, HostConfig } of await listAll([socket])) {
        const owner = /^container:(.+)$/.exec(HostConfig.NetworkMode)?.[1];
        const name = Names[0]?.slice(1) ?? '';
        if (owner) sharers.push([name, await startOf(owner), await startOf(name)]);
      }
    }
    expect(sharers.length).toBeGreaterThan(0);
    expect(sharers.filter(([, owner, own]) => Date.parse(owner) >= Date.parse(own))).toEqual([]);
    const macs = (await listAll(sockets))
      .map(({ NetworkSettings }) => NetworkSettings.Networks.lan?.MacAddress)
      .filter(Boolean);
    expect(macs.length).toBeGreaterThan(1);
    expect(new Set(macs).size).toBe(macs.length);
  });

  it('is the same picture for the same seed', async () => {
    const key = (each: ListedJson): string =>
      `${each.Names[0]} ${each.State} ${Object.values(each.NetworkSettings.Networks).map(({ IPAddress }) => IPAddress)}`;
    const [a, b, c] = await Promise.all(
      [5, 5, 6].map(async (seed) => (await listAll(await start({ containers: 80, seed }))).map(key)),
    );
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });
});
