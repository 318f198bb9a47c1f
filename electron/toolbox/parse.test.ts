import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dockerfile } from './image/definition';
import { parseNamespaces } from './tasks/namespaces/parse';
import { parseFacts } from './tasks/facts/parse';
import { parseProbe } from './tasks/probe/parse';
import { parseShims } from './tasks/shim/parse';
import { sectionsOf } from './tasks/sections';
import { link } from './tasks/facts/testing';
import { librariesIn } from './image/tools';

it('sectionsOf joins sections of one name and keeps empty ones', () => {
  expect([...sectionsOf('noise\n@@ a\none\n\n@@ b\n@@ a\ntwo\n')]).toEqual([
    ['a', 'one\ntwo'],
    ['b', ''],
  ]);
});

it('the definition for people is the one that is built', () => {
  const file = new URL('../../assets/toolbox/Dockerfile', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(dockerfile);
});

it('librariesIn finds the loader, and what lies behind an arrow', () => {
  const text =
    '\tlinux-vdso.so.1 (0x00007f)\n\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)\n\t/lib64/ld-linux-x86-64.so.2 (0x00007f)\n';
  expect(librariesIn(text)).toEqual(['/lib/x86_64-linux-gnu/libc.so.6', '/lib64/ld-linux-x86-64.so.2']);
});

describe('parseFacts', () => {
  const output = (sys: string, routes: string) =>
    `\n@@ links\n${JSON.stringify([link('eth0')])}\n\n@@ routes\n${routes}\n\n@@ sys\n${sys}\n\n@@ machine\nsys_vendor\tAmazon EC2\nproduct_name\t\nchassis_asset_tag\t\n`;

  it('puts it all together', () => {
    const routes =
      '[{"dst":"default","gateway":"10.0.0.1","dev":"eth0","flags":[]}]\n[{"dst":"default","dev":"wg0"}]';
    expect(parseFacts(output('eth0\t2500\tdevice\t', routes), new Set())).toMatchObject({
      nics: [{ name: 'eth0', speed: 2500 }],
      gateways: [
        { nic: 'eth0', address: '10.0.0.1' },
        { nic: 'wg0', address: '' },
      ],
      machine: { vendor: 'Amazon EC2', product: '', assetTag: '' },
    });
  });

  it('reads the ways to elsewhere, not those that every host has, and says where there are more', () => {
    const read = (...lines: string[]) =>
      parseFacts(`${output('', '')}\n@@ more-routes\n${lines.join('\n')}\n`, new Set());
    expect(
      read(
        '10.8.0.0/24 via 10.0.0.9 dev eth0 proto static metric 50 ',
        '10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.7 ',
        '10.9.0.0/16 proto static \\\tnexthop via 10.0.0.2 dev eth0 weight 1 \\\tnexthop via 10.0.0.3 dev eth1 weight 1',
        '203.0.113.5 via 10.0.0.1 dev eth0 ',
        'fd00:9::/64 dev wg0 proto static metric 1024 pref medium',
        '0.0.0.0/1 via 10.8.0.1 dev tun0 ',
        '169.254.0.0/16 dev eth0 scope link metric 1000 ',
        'fe80::/64 dev eth0 proto kernel metric 256 pref medium',
        'blackhole 10.7.0.0/16 ',
        'unreachable fd00:7::/48 dev lo metric 1024 ',
        'what is this',
      ),
    ).toMatchObject({
      moreRoutes: false,
      routes: [
        { to: '10.8.0.0/24', nic: 'eth0', onLink: false },
        { to: '10.0.0.0/24', nic: 'eth0', onLink: true },
        { to: '10.9.0.0/16', nic: 'eth0', onLink: false },
        { to: '203.0.113.5/32', nic: 'eth0', onLink: false },
        { to: 'fd00:9::/64', nic: 'wg0', onLink: true },
      ],
    });
    const many = Array.from(
      { length: 1001 },
      (_, i) => `10.${String(i >> 8)}.${String(i & 255)}.0/24 dev wg0`,
    );
    expect(read(...many)).toMatchObject({ moreRoutes: true });
    expect(read(...many).routes).toHaveLength(1000);
    expect(parseFacts(output('', ''), new Set())).not.toHaveProperty('routes');
  });

  it.each(['-1', '', '0', '4294967295'])('takes a speed of “%s” as unknown', (speed) => {
    expect(parseFacts(output(`eth0\t${speed}\t\t`, ''), new Set()).nics[0]!.speed).toBeNull();
  });

  it('throws for what the script can’t have written', () => {
    expect(() => parseFacts('', new Set())).toThrow();
  });
});

describe('parseNamespaces', () => {
  const text = (...processes: string[]) =>
    `@@ own\nnet:[99]\n@@ host\nnet:[1]\n@@ names\n   7 blue\n 8 empty\n@@ processes\n${processes.join('\n')}\n`;
  const id = 'ab12'.repeat(16);

  it('leaves out the host’s, its own, and Docker’s by pid or by cgroup', () => {
    const found = parseNamespaces(
      text(
        '1\t1\tsystemd\t0::/init.scope\t1 50',
        '99\t900\tsh\t0::/x\t900',
        '2\t60\tsleep\t0::/somewhere\t60 61',
        `3\t70\tnginx\t0::/system.slice/docker-${id}.scope\t70`,
        `4\t71\tnginx\t12:pids:/docker/${id}\t71`,
        `5\t80\tconmon\t0::/machine.slice/libpod-${id}.scope/container\t80`,
        '6\t40\tinit\t0::/lxc.payload.dns\t40 41 42',
        '7\t95\tip\t0::/\t95',
        '9\t98\t\t\t98',
      ),
      new Set([61]),
    );
    expect(found).toEqual([
      { id: '6', pid: 40, command: 'init', processes: 3 },
      { id: '5', pid: 80, command: 'conmon', processes: 1 },
      { id: '7', name: 'blue', pid: 95, command: 'ip', processes: 1 },
      { id: '8', name: 'empty', processes: 0 },
    ]);
  });
});

describe('parseProbe', () => {
  const target = (head: string, arp = '', ping = '', neigh = '') =>
    `\n@@ target ${head}\n[arp]\n${arp}\n[neigh]\n${neigh}\n[ping]\n${ping}\n`;
  const reply = (mac: string) => `Unicast reply from 10.0.0.9 [${mac}] 0.1ms`;
  const counts = (sent: number, received: number) =>
    `Sent ${sent} probe(s) (0 broadcast(s))\nReceived ${received} response(s) (0 request(s), 0 broadcast(s))`;
  const one = (text: string) => parseProbe(text, ['10.0.0.9'])[0]!;

  it.each([
    ['10.0.0.1 dev eth0 lladdr 02:00:00:00:00:01 REACHABLE', true],
    ['10.0.0.1 dev eth0 FAILED', false],
    ['10.0.0.1 dev eth0 INCOMPLETE', false],
    ['', undefined],
  ])('tells by “%s” whether the router answers', (near, expected) => {
    const told = one(`@@ target 10.0.0.9 gateway eth0\n[arp]\nx\n[neigh]\n\n[ping]\n\n[router]\n${near}\n`);
    expect([told.routerAnswers, told.macs]).toEqual([expected, []]);
  });

  it('does not take a link without ARP for asked', () => {
    const text = '[arp]\narping: interface eth0 is not ARPable\n[neigh]\n\n[ping]\n';
    expect(one(`@@ target 10.0.0.9 link eth0\n${text}`).macs).toBeNull();
  });

  it('knows one holder from two, also by one MAC', () => {
    const single = `${reply('02:00:00:00:00:01')}\n${reply('02:00:00:00:00:01')}\n${counts(2, 2)}`;
    expect(one(target('10.0.0.9 link eth0', single))).toMatchObject({
      macs: ['02:00:00:00:00:01'],
      duplicate: false,
    });
    const two = `${reply('02:00:00:00:00:01')}\n${reply('02:00:00:00:00:0A')}\n${counts(1, 2)}`;
    expect(one(target('10.0.0.9 link eth0', two))).toMatchObject({
      macs: ['02:00:00:00:00:01', '02:00:00:00:00:0a'],
      duplicate: true,
    });
    const twins = `${reply('02:00:00:00:00:01')}\n${reply('02:00:00:00:00:01')}\n${counts(1, 2)}`;
    expect(one(target('10.0.0.9 link eth0', twins))).toMatchObject({ duplicate: true });
  });

  it('names nobody by the MAC that stands for none', () => {
    const text = `${reply('00:00:00:00:00:00')}\n${reply('02:00:00:00:00:01')}`;
    expect(one(target('10.0.0.9 link eth0', text))).toMatchObject({
      macs: ['02:00:00:00:00:01'],
      duplicate: false,
    });
  });

  it('knows two links that each answer once from one MAC of two machines', () => {
    const [a, b] = [reply('02:00:00:00:00:01'), reply('02:00:00:00:00:0a')];
    const links = [a, b, a, b, counts(2, 4), a, counts(1, 1)].join('\n');
    expect(one(target('10.0.0.9 link eth0', links))).toMatchObject({ duplicate: true, repeated: false });
    const twins = [a, b, a, a, counts(2, 4)].join('\n');
    expect(one(target('10.0.0.9 link eth0', twins))).toMatchObject({ duplicate: true, repeated: true });
  });

  it('takes any answer for one’s own address as a duplicate', () => {
    expect(one(target('10.0.0.9 own eth0', counts(2, 0)))).toMatchObject({ answers: true, duplicate: false });
    const taken = `${reply('02:00:00:00:00:01')}\n${counts(1, 1)}`;
    expect(one(target('10.0.0.9 own eth0', taken))).toMatchObject({ duplicate: true });
  });

  it('reads pings, silence, and no way at all', () => {
    const pong =
      '2 packets transmitted, 2 packets received, 0% packet loss\nround-trip min/avg/max = 0.080/0.228/0.377 ms';
    expect(one(target('10.0.0.9 gateway eth0', '', pong))).toMatchObject({
      macs: null,
      answers: true,
      ping: { sent: 2, received: 2, ms: 0.228 },
    });
    const lost = '2 packets transmitted, 0 packets received, 100% packet loss';
    expect(one(target('10.0.0.9 link eth0', counts(3, 0), lost))).toMatchObject({
      macs: [],
      answers: false,
      ping: { sent: 2, received: 0, ms: null },
    });
    expect(one(target('10.0.0.9 none -'))).toMatchObject({
      via: 'none',
      interface: '',
      macs: null,
      answers: false,
    });
  });

  it('takes the MAC of an IPv6 neighbour from the table', () => {
    const text = target('fd00::9 link eth0', '', '', 'fd00::9 lladdr 02:00:00:00:00:06 REACHABLE');
    expect(parseProbe(text, ['fd00::9'])).toMatchObject([{ macs: ['02:00:00:00:00:06'], answers: true }]);
  });

  it('takes every holder that neighbour discovery tells, also of one’s own address, and silence from no question', () => {
    const [first, second] = ['02:00:00:00:00:06', '02:00:00:00:00:07'];
    const near = (via: string, text: string) =>
      parseProbe(target(`fd00::9 ${via} eth0`, '', 'ping: sendto: Network is unreachable', text), [
        'fd00::9',
      ]);
    const both = `asked\nlladdr ${first}\nlladdr ${second}`;
    for (const via of ['link', 'gateway', 'none'])
      expect(near(via, both)).toMatchObject([{ macs: [first, second], answers: true, duplicate: true }]);
    expect(near('own', `asked\nlladdr ${first}`)).toMatchObject([{ macs: [first], duplicate: true }]);
    expect(near('link', 'asked')).toMatchObject([{ macs: [], answers: false }]);
    expect(near('link', '')).toMatchObject([{ macs: null, answers: false }]);
  });

  it('gives them in the order asked for', () => {
    const text = target('10.0.0.2 none -') + target('10.0.0.1 none -');
    expect(parseProbe(text, ['10.0.0.1', '10.0.0.2', '10.0.0.3']).map(({ address }) => address)).toEqual([
      '10.0.0.1',
      '10.0.0.2',
    ]);
  });
});

it('parseShims reads links, their address and their routes', () => {
  const text = `
@@ tl-a
5: tl-a@eth0.10: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default \\    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff alias x
5: tl-a    inet 10.0.0.250/32 scope global tl-a\\       valid_lft forever preferred_lft forever
10.0.0.128/25 scope link src 10.0.0.250
10.0.0.60 scope link src 10.0.0.250
`;
  expect(parseShims(text)).toEqual([
    { name: 'tl-a', parent: 'eth0.10', address: '10.0.0.250', routes: ['10.0.0.128/25', '10.0.0.60/32'] },
  ]);
});

it.each([
  ['switched its ARP off', 'BROADCAST,MULTICAST,NOARP,UP', 'bridge'],
  ['made it private', 'BROADCAST,MULTICAST,UP', 'private'],
  ['set it down', 'BROADCAST,MULTICAST', 'bridge'],
])('parseShims tells a link of which another hand has %s', (_what, flags, mode) => {
  const of = (on: string, as: string) =>
    parseShims(
      `@@ tl-a\n5: tl-a@eth0: <${on}> mtu 1500 \\    link/ether 02:00:00:00:00:01 \\    macvlan mode ${as} addrgenmode eui64 \\    alias x\n`,
    );
  const shim = { name: 'tl-a', parent: 'eth0', address: '', routes: [] };
  expect(of(flags, mode)).toEqual([{ ...shim, impaired: true }]);
  expect(of('BROADCAST,MULTICAST,UP', 'bridge')).toEqual([shim]);
});

it('parseShims takes an address that is only being claimed for nobody’s yet', () => {
  const link = '5: tl-a@eth0: <UP> mtu 1500 \\    link/ether 02:00:00:00:00:01 alias x';
  const claimed =
    '5: tl-a    inet 10.0.0.9/32 scope global dynamic tl-a\\       valid_lft 57sec preferred_lft 57sec';
  const held =
    '5: tl-a    inet 10.0.0.8/32 scope global tl-a\\       valid_lft forever preferred_lft forever';
  const shim = { name: 'tl-a', parent: 'eth0', routes: [] };
  expect(parseShims(`@@ tl-a\n${link}\n${claimed}\n`)).toEqual([{ ...shim, address: '' }]);
  expect(parseShims(`@@ tl-a\n${link}\n${claimed}\n${held}\n`)).toEqual([{ ...shim, address: '10.0.0.8' }]);
});
