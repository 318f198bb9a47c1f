import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Segment, SegmentFormat } from '../../model';
import { exportSegmentFiles } from './export';
import { importSegmentText } from './import';
import { shellCommands, shellQuote } from './shell-words';
import { engines, planned } from './testing';

const dual: Segment = {
  ...planned,
  subnets: [...planned.subnets, { subnet: 'fd00:70::/64', gateway: 'fd00:70::1' }],
  members: planned.members.map((one, index) => ({ ...one, ipRange6: `fd00:70::${String(index + 1)}:0/112` })),
};
const files = (format: SegmentFormat, segment = dual) => exportSegmentFiles(segment, format, engines);
const read = (text: string, format: 'docker' | 'compose' = 'docker') =>
  importSegmentText({ text, format }, (yaml) => ({ data: parse(yaml, { merge: true }), lineOf: () => 1 }));
/** What an import can know of a segment: not its id, nor its look, nor whose engines those are. */
const expected = (segment: Segment) => ({
  name: segment.name,
  vlan: segment.vlan,
  subnets: segment.subnets,
  driver: segment.driver,
  mode: segment.mode,
});
const hosts = dual.members.map(({ engineId, ...rest }) => ({ ...rest, hostName: `host-${engineId}` }));

describe('export', () => {
  it('writes the commands of each host', () => {
    const [first] = files('docker');
    expect(first?.name).toBe('office.host-e1.sh');
    expect(first?.text.split('\n').at(-2)).toBe(
      'docker network create --driver macvlan --opt parent=eth0.10 --opt macvlan_mode=bridge --ipv6 ' +
        '--subnet 10.70.1.0/24 --gateway 10.70.1.1 --ip-range 10.70.1.128/26 ' +
        '--subnet fd00:70::/64 --gateway fd00:70::1 --ip-range fd00:70::1:0/112 ' +
        '--label io.trunkline.segment=seg-1 office',
    );
  });
  it.each(['docker', 'compose', 'external', 'swarm'] as const)(
    'says as %s what is reserved, which no engine can be told, and is read as before',
    (format) => {
      const reserved: Segment['reserved'] = [
        { from: '10.70.1.2', to: '10.70.1.60', kind: 'dhcp', note: 'router\nset -x' },
        { from: '10.70.1.61', to: '10.70.1.61', kind: 'reserved' },
        { from: '10.70.1.62', to: '10.70.1.62', kind: 'reserved' },
      ];
      const [first, ...others] = dual.members;
      const members = [{ ...first!, exclusions: { nas: '10.70.1.62' } }, ...others];
      const [file] = files(format, { ...dual, members, reserved });
      expect(file?.text).toContain(
        [
          '# Reserved, and kept free by nothing in this file:',
          '#   10.70.1.2 - 10.70.1.60 (foreign DHCP, router set -x)',
          '#   10.70.1.61',
          '',
        ].join('\n'),
      );
      expect(files(format)[0]?.text).not.toContain('Reserved');
      if (format === 'docker' || format === 'compose')
        expect(read(file?.text ?? '', format)).toMatchObject({ segments: [{ segment: expected(dual) }] });
    },
  );
  it('runs as what it says in a real shell, whatever the names hold', () => {
    const harm = [
      "'; echo pwned #",
      '$(echo pwned)',
      '`echo pwned`',
      'a\necho pwned',
      '--help',
      '\u202e\u001b[31m',
    ];
    for (const name of harm) {
      const hosts = engines.map((engine) => ({ ...engine, name: `host${name}` }));
      const segment = {
        ...dual,
        name: `segment${name}`,
        members: dual.members.map((one) => ({ ...one, networkName: `net${name}` })),
      };
      const [file] = exportSegmentFiles(segment, 'docker', hosts);
      expect(file?.name).toMatch(/^[\w.-]+$/);
      // The words that docker itself would be given.
      const shell = `docker() { printf '%s\\0' "$@"; }\n${file?.text ?? ''}`;
      const words = execFileSync('sh', ['-c', shell]).toString().split('\0');
      expect(words.slice(0, 2)).toEqual(['network', 'create']);
      expect(words.at(-2)).toBe(`net${name}`);
      expect(words.join('')).not.toMatch(/^pwned/m);
      // eslint-disable-next-line no-control-regex -- what must not reach a terminal, in the comments either
      expect(file?.text.split('\n').slice(0, 3).join('')).not.toMatch(/[\u0000-\u001f\u202e]/);
    }
  });
  it('keeps to what config-only and config-from networks accept', () => {
    const all = files('swarm');
    expect(all.map((one) => one.engineId)).toEqual(['e1', 'e2', null]);
    const [node, , manager] = all.map((one) => one.text);
    expect(node).toContain('--config-only');
    expect(node).not.toMatch(/--driver|--attachable|--scope|--internal/);
    expect(manager).toContain('--scope swarm --attachable --config-from office-config office');
    expect(manager).not.toMatch(/--opt|--subnet|--label/);
  });
  it('writes compose files that hold only text where text is meant', () => {
    const odd = { ...dual, id: 'no', members: dual.members.map((one) => ({ ...one, networkName: '0123' })) };
    expect(parse(files('compose', odd)[0]!.text)).toEqual({
      networks: {
        '0123': {
          name: '0123',
          driver: 'macvlan',
          driver_opts: { parent: 'eth0.10', macvlan_mode: 'bridge' },
          enable_ipv6: true,
          ipam: {
            config: [
              { subnet: '10.70.1.0/24', gateway: '10.70.1.1', ip_range: '10.70.1.128/26' },
              { subnet: 'fd00:70::/64', gateway: 'fd00:70::1', ip_range: 'fd00:70::1:0/112' },
            ],
          },
          labels: { 'io.trunkline.segment': 'no' },
        },
      },
    });
  });
  it('lets no name out of its comment', () => {
    const evil = { ...dual, name: 'x\nrm -rf /' };
    for (const format of ['docker', 'compose', 'swarm'] as const)
      for (const { text } of files(format, evil)) expect(text).not.toMatch(/^rm/m);
  });
});

describe('import', () => {
  it('reads back what was exported', () => {
    const text = files('docker')
      .map((one) => one.text)
      .join('\n');
    expect(read(text)).toMatchObject({ problems: [], segments: [{ segment: expected(dual), hosts }] });
    const swarm = files('swarm')
      .map((one) => one.text)
      .join('\n');
    expect(read(swarm)).toMatchObject({ problems: [], segments: [{ segment: expected(dual), hosts }] });
    for (const [index, one] of files('compose').entries())
      expect(read(one.text, 'compose')).toMatchObject({
        problems: [],
        segments: [{ segment: expected(dual), hosts: [hosts[index]] }],
      });
    const compose = files('compose')
      .map((one) => one.text)
      .join('\n');
    expect(read(compose, 'compose')).toMatchObject({
      problems: [],
      segments: [{ segment: expected(dual), hosts }],
    });
  });
  it('tells the line that is wrong also in the second of two files', () => {
    const [first = '', second = ''] = files('compose').map((one) => one.text);
    const { problems, segments } = read(`${first}${second}\tx: [`, 'compose');
    const line = (first + second).split('\n').length;
    expect(problems).toMatchObject([{ code: 'import_unreadable', params: { line } }]);
    expect(segments).toMatchObject([{ hosts: [hosts[0]] }]);
  });
  it('keeps unlike networks apart, whatever label was copied from one to the other', () => {
    const network = (more: string) =>
      `docker network create ${more} --label io.trunkline.segment=seg-1`.concat(' lan\n');
    const text =
      network('-d macvlan -o parent=eth0.20 --subnet 10.0.0.0/24') +
      network('-d ipvlan -o parent=eth0.20 --subnet 10.0.0.0/24') +
      network('-d macvlan -o parent=eth0.21 --subnet 10.0.0.0/24') +
      network('-d macvlan -o parent=eth9.20 --subnet 10.0.0.0/24');
    expect(read(text).segments.map((one) => one.hosts.map((each) => each.parentNic))).toEqual([
      ['eth0', 'eth9'],
      ['eth0'],
      ['eth0'],
    ]);
  });
  it('reads what people write: continued lines, short flags, quotes, exclusions', () => {
    const found = read(`
# our LANs
sudo docker network create -d macvlan \\
  -o parent=enp3s0.20 --subnet=192.168.20.0/24 --gateway "192.168.20.1" \\
  --aux-address nas=192.168.20.5 'iot'
docker -H tcp://b network create -d ipvlan -o parent=eth0 -o ipvlan_mode=l2 --subnet 10.0.0.0/24 flat
`);
    expect(found.problems).toEqual([]);
    expect(found.segments).toMatchObject([
      {
        segment: {
          name: 'iot',
          vlan: 20,
          subnets: [{ subnet: '192.168.20.0/24', gateway: '192.168.20.1' }],
          mode: 'bridge',
          reserved: [],
        },
        hosts: [
          { parentNic: 'enp3s0', networkName: 'iot', hostName: '', exclusions: { nas: '192.168.20.5' } },
        ],
      },
      { segment: { name: 'flat', vlan: null, driver: 'ipvlan', mode: 'l2' } },
    ]);
  });
  it('reads compose files with lists, and says what it leaves out', () => {
    const found = read(
      `services: {}
networks:
  lan:
    driver: macvlan
    driver_opts: {parent: eth0.30}
    labels: ["a=b"]
    ipam: {config: [{subnet: 10.3.0.0/24, aux_addresses: {printer: 10.3.0.9}}]}
  app: {}
  old: {external: true}
`,
      'compose',
    );
    expect(found.segments).toMatchObject([
      { segment: { vlan: 30 }, hosts: [{ exclusions: { printer: '10.3.0.9' } }] },
    ]);
    expect(found.problems).toHaveLength(2);
  });
  it.each([
    ['nothing', 'echo hello'],
    ['an unknown flag', 'docker network create --frob x'],
    ['no name', 'docker network create -d macvlan'],
    ['a lacking value', 'docker network create lan --subnet'],
    ['an open quote', "docker network create 'lan"],
    ['an expansion', 'docker network create -o parent=$NIC --subnet 10.0.0.0/24 -d macvlan a'],
    ['another driver', 'docker network create app'],
    ['no subnet', 'docker network create -d macvlan -o parent=eth0 a'],
    ['a bad parent', 'docker network create -d macvlan -o parent=eth0.1.2 --subnet 10.0.0.0/24 a'],
    ['a bad subnet', 'docker network create -d macvlan -o parent=eth0 --subnet 10.0.0.7/24 a'],
  ])('says what is wrong with %s', (_what, text) => {
    const found = read(text);
    expect(found.segments).toEqual([]);
    expect(found.problems).toMatchObject([{ field: 'text' }]);
  });
  it('survives a file that is no YAML, and one without networks', () => {
    expect(read('a: [', 'compose').problems).toHaveLength(1);
    expect(read('services: {}', 'compose').problems).toHaveLength(1);
    expect(read('- 1', 'compose').problems).toHaveLength(1);
  });
});

/** The words of a line that is one command and expands nothing; null for any other. */
function shellWords(line: string): string[] | null {
  const commands = shellCommands(line, () => null);
  const [only] = commands ?? [];
  if (!commands || commands.length > 1 || (only?.missing.length ?? 0) > 0) return null;
  return only?.words ?? [];
}

describe('shell words', () => {
  it('come back from their quotes, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string().map((text) => text.replace(/[\r\n]/g, ' '))), (words) => {
        expect(shellWords(words.map(shellQuote).join(' '))).toEqual(words);
      }),
    );
  });
  it('know comments, double quotes and backslashes', () => {
    expect(shellWords(String.raw`a\ b "c \" \d" '' e#f # g`)).toEqual(['a b', String.raw`c " \d`, '', 'e#f']);
  });
});
