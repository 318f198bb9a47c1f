import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exportAddresses } from './address-export';
import { exportFormats, type ExportChoice, type ExportFormat } from './kinds';
import { everything, held, source, use } from './testing';

const make = (format: ExportFormat, over: Partial<ExportChoice> = {}, from = everything()) =>
  exportAddresses(from, { format, ...over });
const lines = (format: ExportFormat, over: Partial<ExportChoice> = {}, from = everything()) =>
  make(format, over, from).text.split(/\r?\n/).slice(0, -1);
const left = (...args: Parameters<typeof make>) =>
  Object.fromEntries(make(...args).leftOut.map(({ reason, addresses }) => [reason, addresses]));

describe('names of a LAN for DNS', () => {
  it('are those of fixed addresses and of hosts, of both families, and each its own', () => {
    const { text, leftOut, renamed } = make('hosts');
    expect(text).toBe('10.70.1.2\tdb-atlas\n10.70.1.3\tdb-borea\n10.70.1.50\tatlas\nfd00:70::2\tdb-atlas\n');
    expect(renamed).toEqual([
      { from: 'db', host: 'atlas', to: 'db-atlas' },
      { from: 'db', host: 'borea', to: 'db-borea' },
    ]);
    expect(leftOut).toEqual([
      { reason: 'automatic', addresses: ['10.70.1.130'] },
      {
        reason: 'nobody',
        addresses: [
          ...['10.70.1.1', '10.70.1.9', '10.70.1.20-10.70.1.29', '10.70.1.40', '10.70.1.51', '10.70.1.60'],
        ],
      },
    ]);
  });

  it('have automatic addresses where they are asked for', () => {
    expect(lines('pihole', { automatic: true })).toContain('10.70.1.130 web');
    expect(left('pihole', { automatic: true })).not.toHaveProperty('automatic');
  });

  it('end in a domain, and keep the short name where a file has room for both', () => {
    const domain = '.Home.Arpa.';
    expect(lines('hosts', { domain })[0]).toBe('10.70.1.2\tdb-atlas.home.arpa db-atlas');
    expect(lines('dnsmasq-dns', { domain })).toEqual([
      'host-record=db-atlas.home.arpa,db-atlas,10.70.1.2,fd00:70::2',
      'host-record=db-borea.home.arpa,db-borea,10.70.1.3',
      'host-record=atlas.home.arpa,atlas,10.70.1.50',
    ]);
    expect(lines('pihole', { domain })[0]).toBe('10.70.1.2 db-atlas.home.arpa');
    expect(lines('technitium', { domain })).toEqual([
      'db-atlas.home.arpa.\t3600\tIN\tA\t10.70.1.2',
      'db-borea.home.arpa.\t3600\tIN\tA\t10.70.1.3',
      'atlas.home.arpa.\t3600\tIN\tA\t10.70.1.50',
      'db-atlas.home.arpa.\t3600\tIN\tAAAA\tfd00:70::2',
    ]);
    expect(lines('technitium')[0]).toBe('db-atlas\t3600\tIN\tA\t10.70.1.2');
    expect(lines('pihole', { domain: 'no domain' })[0]).toBe('10.70.1.2 db-atlas');
  });

  it('are read by a YAML parser as they were', () => {
    expect(parse(make('adguard', { domain: 'lan' }).text)).toEqual({
      filtering: {
        rewrites: [
          { domain: 'db-atlas.lan', answer: '10.70.1.2', enabled: true },
          { domain: 'db-borea.lan', answer: '10.70.1.3', enabled: true },
          { domain: 'atlas.lan', answer: '10.70.1.50', enabled: true },
          { domain: 'db-atlas.lan', answer: 'fd00:70::2', enabled: true },
        ],
      },
    });
  });

  it('say nothing of the address that an engine tells of who leases another, as to IPv4', () => {
    const leasing = {
      ...source([
        held('10.70.1.5', 'a', { kind: 'automatic' }),
        held('fd00:70::5', 'a'),
        held('10.70.1.6', 'b'),
      ]),
      leases: (engineId: string, id: string, network: string) =>
        engineId === 'e1' && id === 'a-id' && network === 'e1-lan',
    };
    expect(lines('pihole', { automatic: true }, leasing)).toEqual(['10.70.1.6 b', 'fd00:70::5 a']);
    expect(left('pihole', { automatic: true }, leasing)).toEqual({ leased: ['10.70.1.5'] });
    expect(left('openwrt', { automatic: true }, leasing)).toMatchObject({ leased: ['10.70.1.5'] });
  });

  it('say nothing of an address that two have', () => {
    const twice = source([held('10.70.1.5', 'a'), held('10.70.1.5', 'b', { engineId: 'e2' })]);
    expect(make('hosts', {}, twice)).toMatchObject({
      text: '',
      leftOut: [{ reason: 'conflict', addresses: ['10.70.1.5'] }],
    });
    expect(left('kea', {}, twice)).toEqual({ conflict: ['10.70.1.5'] });
  });

  it('have a line more for who has more addresses of a family', () => {
    const two = source([held('10.70.1.5', 'a'), held('10.70.1.6', 'a'), held('fd00:70::5', 'a')]);
    expect(lines('dnsmasq-dns', {}, two)).toEqual([
      'host-record=a,10.70.1.5,fd00:70::5',
      'host-record=a,10.70.1.6',
    ]);
  });
});

describe('reservations for a DHCP server', () => {
  it('are one line of dnsmasq for a client, and none without a MAC', () => {
    expect(make('dnsmasq-dhcp').text).toBe('dhcp-host=02:42:0a:46:01:02,10.70.1.2,[fd00:70::2],db-atlas\n');
    expect(left('dnsmasq-dhcp')).toMatchObject({
      'no-mac': ['10.70.1.3', '10.70.1.50'],
      automatic: ['10.70.1.130'],
    });
    expect(lines('dnsmasq-dhcp', { automatic: true })).toContain(
      'dhcp-host=02:42:0a:46:01:82,10.70.1.130,web',
    );
  });

  it('are those of Kea by subnet, as JSON, IPv4 only', () => {
    expect(JSON.parse(make('kea').text)).toEqual({
      Dhcp4: {
        subnet4: [
          {
            subnet: '10.70.1.0/24',
            reservations: [
              { 'hw-address': '02:42:0a:46:01:02', 'ip-address': '10.70.1.2', hostname: 'db-atlas' },
            ],
          },
        ],
      },
    });
    expect(left('kea')['ipv4-only']).toEqual(['fd00:70::2']);
  });

  it('are sections of OpenWrt', () => {
    expect(make('openwrt').text).toBe(
      "config host\n\toption name 'db-atlas'\n\toption mac '02:42:0a:46:01:02'\n\toption ip '10.70.1.2'\n",
    );
  });

  it('keep one address for a MAC, and none for a group’s', () => {
    const mac = '02:42:0a:46:01:05';
    const same = source([
      held('10.70.1.5', 'a', { mac }),
      held('10.70.1.6', 'b', { mac: mac.toUpperCase() }),
    ]);
    expect(lines('dnsmasq-dhcp', {}, same)).toEqual([`dhcp-host=${mac},10.70.1.5,a`]);
    expect(left('dnsmasq-dhcp', {}, same)).toEqual({ 'mac-twice': ['10.70.1.6'] });
    const group = source([held('10.70.1.5', 'a', { mac: '01:00:5e:00:00:01' })]);
    expect(left('dnsmasq-dhcp', {}, group)).toEqual({ 'no-mac': ['10.70.1.5'] });
  });
});

describe('part of a LAN', () => {
  it('is what is in the range, ranges cut at its ends, names as in the whole', () => {
    const range = { from: '10.70.1.3', to: '10.70.1.24' };
    expect(lines('hosts', { range })).toEqual(['10.70.1.3\tdb-borea']);
    expect(make('hosts', { range }).renamed).toEqual([{ from: 'db', host: 'borea', to: 'db-borea' }]);
    expect(lines('netbox-ranges', { range })[1]).toMatch(/^10\.70\.1\.20\/24,10\.70\.1\.24\/24,/);
    expect(lines('netbox-prefixes', { range })).toHaveLength(2);
  });
});

it('says nothing where there is nothing, in any format', () => {
  for (const format of exportFormats) {
    const empty = make(format, {}, source([], [], []));
    expect(empty).toMatchObject({ text: '', leftOut: [], renamed: [] });
  }
});

it('never lets a hostile name into a line of its own', () => {
  const hostile = 'x\n10.0.0.1 bank\'"; $(reboot),\u202e,@/..';
  const from = source([
    held('10.70.1.5', hostile),
    use('10.70.1.6', 'reserved', hostile),
    use('10.70.1.20', 'dhcp', hostile, { to: '10.70.1.22' }),
  ]);
  for (const format of exportFormats) {
    if (format === 'csv') continue;
    const { text } = make(format, {}, from);
    expect(text).not.toContain('\u202e');
    for (const line of text.split(/\r?\n/)) expect(line.trim()).not.toMatch(/^10\.0\.0\.1/);
  }
  expect(lines('hosts', {}, from)).toEqual(['10.70.1.5\tx-10-0-0-1-bank-reboot']);
});

it('names its file after network and format', () => {
  expect(make('kea')).toMatchObject({ fileName: 'lan-kea.json', type: 'application/json' });
});
