import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDocker } from './docker';
import { cleanEnv, run } from './run';

/** What stands in for the CLI asks the engine for the same, and writes the same. */
const dir = mkdtempSync(join(tmpdir(), 'trunkline-docker-'));
const socket = join(dir, 'engine.sock');
const calls: unknown[][] = [];
let server: Server;

/** Without what is empty, and in one order: which of that is sent differs between the CLI's versions. */
function filled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value || undefined;
  const entries = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const each = (value as Record<string, unknown>)[key];
      const kept = filled(each);
      return kept === undefined ? [] : [[key, kept] as const];
    });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

const id = (start: string) => start.padEnd(64, '0');
const networks = ['lan-10', 'lan-9', 'apps'].map((Name, index) => ({ Name, Id: id(`a${String(index)}`) }));
const attached = { Networks: { lan: { IPAddress: '10.70.1.20', IPAMConfig: null } } };
const web = { Id: id('c1'), RestartCount: 3, State: { Running: true }, NetworkSettings: attached };
const listed = [
  { Id: id('c1'), Names: ['/web', '/other/link'] },
  { Id: id('c2'), Names: ['/db'] },
];

function answerTo(method: string, path: string): unknown {
  if (path === '/version') return { ApiVersion: '1.41' };
  if (method === 'POST' && path.includes('/create')) return { Id: id('c3'), Warnings: [] };
  if (path.startsWith('/containers/json')) return listed;
  if (path === '/containers/web/json') return web;
  if (path === '/networks/lan') return { Name: 'lan', Id: id('a9'), Internal: true };
  return path.startsWith('/networks') ? networks : {};
}

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const [method = '', url = ''] = [request.method, request.url?.replace(/^\/v1\.\d+/, '')];
      const isAsked = !['/_ping', '/version'].includes(url) && !url.includes('/wait');
      if (isAsked) calls.push([method, url, filled(body ? JSON.parse(body) : undefined)]);
      response.setHeader('Api-Version', '1.41').setHeader('Content-Type', 'application/json');
      response.end(url === '/_ping' ? 'OK' : JSON.stringify(answerTo(method, url)));
    });
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => {
  calls.length = 0;
});

const byCli = async (words: string[]) =>
  (
    await run(['docker', '-H', `unix://${socket}`, ...words], { env: { ...cleanEnv, DOCKER_CONFIG: dir } })
  ).trim();
/** These verbs the CLI does for all names at once: which is first is chance. */
const atOnce = /^(rm|stop|pause|unpause) /;
const taken = ([verb = '', ...rest]: string[]) => {
  // The CLI looks first whether a network is the swarm's ingress, to ask whether that is meant.
  const isLook = ([method]: unknown[]) => verb === 'network' && rest[0] === 'rm' && method === 'GET';
  const all = calls
    .splice(0)
    .filter((each) => !isLook(each))
    .map((each) => JSON.stringify(each));
  return atOnce.test(`${verb} ${rest.join(' ')}`) ? all.sort() : all;
};

const lan = ['-d', 'macvlan', '-o', 'parent=eth1', '--subnet', '10.70.1.0/24', '--gateway', '10.70.1.1'];

describe('what a command of the CLI sends and writes', () => {
  it.each([
    [['run', '-d', '--name', 'web', 'image', 'sleep', '3600']],
    [['run', '-d', '--network', 'lan', '--ip', '10.70.1.20', '--network-alias', 'www', 'image']],
    [['run', '-d', '--network', 'lan', '--ip6', 'fd00::20', '--restart', 'always', '-e', 'A=b=c', 'image']],
    [['run', '-d', '--network', 'container:web', '--label', 'a=b', '-l', 'c=', 'image', 'sh', '-c', 'a -b']],
    [['create', '--name', 'parked', '--network', 'host', 'image']],
    [['rm', '-f', 'web', 'db']],
    [['rm', '-fv', 'web']],
    [['start', 'web']],
    [['start', 'web', 'db']],
    [['restart', 'web', 'db']],
    [['stop', '-t', '0', 'web', 'db']],
    [['restart', '-t', '0', 'web']],
    [['pause', 'web']],
    [['unpause', 'web']],
    [['rename', 'web', 'renamed']],
    [['network', 'create', ...lan, '--ip-range', '10.70.1.64/27', '--aux-address', 'h1=10.70.1.70', 'lan']],
    [['network', 'create', '--config-only', '-o', 'parent=eth1', '--label', 'a=b', 'settings']],
    [['network', 'create', '-d', 'macvlan', '--config-from', 'settings', '--attachable', 'iot']],
    [['network', 'create', '--internal', '--ipv6', '--subnet', 'fd00::/64', 'six']],
    [['network', 'create', 'plain']],
    [['network', 'connect', '--ip', '10.70.1.20', 'lan', 'web']],
    [['network', 'connect', '--ip6', 'fd00::20', '--alias', 'www', 'lan', 'web']],
    [['network', 'connect', 'lan', 'web']],
    [['network', 'disconnect', 'lan', 'web']],
    [['network', 'disconnect', '-f', 'lan', 'web']],
    [['network', 'rm', 'lan', 'iot']],
    [['ps', '-aq']],
    [['ps', '-aq', '--no-trunc', '--filter', 'label=io.trunkline.helper.run']],
    [['ps', '--format', '{{.Names}}']],
    [['network', 'ls', '-q']],
    [['network', 'ls', '--format', '{{.Name}}', '-f', 'name=lan']],
    [['network', 'inspect', '-f', '{{.Internal}}', 'lan']],
    [['inspect', '-f', '{{.State.Running}}', 'web']],
    [['inspect', '-f', '{{.RestartCount}}', 'web']],
    [['inspect', '--type', 'network', '-f', '{{.Internal}}', 'lan']],
    [['inspect', '-f', '{{.Id}}', 'web']],
  ])('%j', async (words) => {
    const here = await openDocker(socket)(words);
    const sent = taken(words);
    expect(here).toBe(await byCli(words));
    expect(sent).toEqual(taken(words));
  });

  it('is left to it where a form is not known', async () => {
    for (const words of [
      ['run', '--rm', 'image'],
      ['run', '-d', '-p', '8080:80', 'image'],
      ['run', '-d', '--network', 'ns:/proc/1/ns/net', 'image'],
      ['run', '-d', '--restart', 'on-failure:3', 'image'],
      ['network', 'create', '--subnet', '10.1.0.0/24', '--subnet', 'fd00::/64', 'two'],
      ['network', 'create', '--gateway', '10.1.0.1', 'alone'],
      ['inspect', '-f', '{{(index .IPAM.Config 0).Subnet}}', 'web'],
      ['exec', '-d', 'web', 'true'],
      ['stop', 'web', '-t', '0'],
      ['ps'],
      ['version'],
    ])
      expect(await openDocker(socket)(words)).toBeUndefined();
    expect(calls).toEqual([]);
  });
});
