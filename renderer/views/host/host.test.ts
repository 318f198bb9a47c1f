import { describe, expect, it } from 'vitest';
import type { TrunklineApi } from '../../../shared/contract';
import { ok, type HostFacts, type IsolationReport, type Nic } from '../../../shared/model';
import { shimAlias } from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import { engine } from '../../testing/fixtures';
import { createStores } from '../../store';
import { createHostStore, consentOf, lookOf, withLook, withToolbox } from '../../store/host';
import { askedPlaces, isolationMarkdown, type ReportWords } from './isolation-report';
import { addressTexts, nicRows, speedText } from '../../components/nics/nics';
import { lookInto } from '../../context/host/use-host';

const nic = (name: string, over: Partial<Nic> = {}): Nic => ({
  name,
  index: 1,
  kind: 'physical',
  driver: '',
  ethernet: true,
  mac: '02:00:00:00:00:01',
  mtu: 1500,
  speed: 1000,
  up: true,
  carrier: true,
  addresses: [],
  promiscuity: 0,
  counters: {
    rxBytes: 0,
    txBytes: 0,
    rxPackets: 0,
    txPackets: 0,
    rxErrors: 0,
    txErrors: 0,
    rxDropped: 0,
    txDropped: 0,
  },
  docker: false,
  ...over,
});
const facts = (nics: Nic[]): HostFacts => ({
  engineId: 'a',
  at: 0,
  nics,
  gateways: [],
  machine: { vendor: '', product: '', assetTag: '' },
  foreign: [],
});

describe('interfaces', () => {
  it('come with what can be a parent first, Docker’s own and loopback last', () => {
    const rows = nicRows(
      facts([
        nic('lo', { index: 1, kind: 'loopback' }),
        nic('docker0', { index: 2, kind: 'bridge', docker: true }),
        nic('veth9', { index: 3, kind: 'veth' }),
        nic('eth0.10', { index: 4, kind: 'vlan', vlan: 10, parent: 'eth0' }),
        nic('eth0', { index: 5, up: true, carrier: false }),
        nic('eth1', { index: 6, up: false, carrier: false }),
        nic('tl-1', { index: 7, kind: 'macvlan', alias: shimAlias }),
      ]),
      engine('a'),
    );
    expect(rows.map((each) => each.nic.name)).toEqual([
      ...['eth0', 'eth1', 'eth0.10', 'veth9', 'tl-1', 'lo', 'docker0'],
    ]);
    expect(rows.map((each) => each.state).slice(0, 3)).toEqual(['upNoCarrier', 'down', 'upCarrier']);
    expect(rows.find((each) => each.nic.name === 'tl-1')?.shim).toBe(true);
    expect(rows.find((each) => each.nic.name === 'lo')?.verdict.state).toBe('refused');
  });

  it('show addresses that are good beyond the link first, and speeds as people say them', () => {
    const addresses = [
      { address: 'fe80::1', prefix: 64, scope: 'link' },
      { address: '10.0.0.5', prefix: 24, scope: 'global' },
    ];
    expect(addressTexts(nic('eth0', { addresses }))).toEqual(['10.0.0.5/24', 'fe80::1/64']);
    expect([null, 100, 1000, 2500].map(speedText)).toEqual(['', '100 Mbit/s', '1 Gbit/s', '2.5 Gbit/s']);
  });
});

describe('what is known of hosts', () => {
  const toolbox = (consent: 'granted' | 'refused') => ({
    version: '1',
    settings: { method: 'load' as const, image: 'x' },
    tasks: [],
    size: null,
    engines: [{ engineId: 'a', consent, at: 1, image: null }],
  });

  it('is forgotten when the admin takes the permission back', () => {
    const store = createHostStore();
    expect(consentOf(store.getState(), 'a')).toBeNull();
    store.setState((state) => withToolbox(state, toolbox('granted')));
    store.setState((state) => withLook(state, 'a', { facts: facts([]) }));
    store.setState((state) => withToolbox(state, toolbox('granted')));
    expect(lookOf(store.getState(), 'a').facts).not.toBeNull();
    store.setState((state) => withToolbox(state, toolbox('refused')));
    expect(lookOf(store.getState(), 'a').facts).toBeNull();
    expect(consentOf(store.getState(), 'a')).toBe('refused');
    expect(consentOf(store.getState(), 'unknown')).toBe('unasked');
  });

  it('is not what an earlier look saw that took longer', async () => {
    const stores = createStores();
    stores.host.setState((state) => withToolbox(state, toolbox('granted')));
    const answers: ((seen: HostFacts) => void)[] = [];
    const invoke = () => new Promise((resolve) => answers.push((seen) => resolve(ok(seen))));
    const app = { api: { invoke } as unknown as TrunklineApi, stores };
    const looks = [lookInto(app, 'a', false), lookInto(app, 'a', true)];
    answers[1]?.({ ...facts([]), at: 2 });
    await looks[1];
    answers[0]?.({ ...facts([nic('tl-1', { alias: shimAlias })]), at: 1 });
    await looks[0];
    expect(lookOf(stores.host.getState(), 'a')).toMatchObject({ facts: { at: 2 }, looking: false });
  });
});

describe('the report as Markdown', () => {
  const words: ReportWords = {
    title: 'Report',
    asked: 'Asked now',
    places: 'Places',
    matrix: 'Matrix',
    evidence: 'Evidence',
    columns: {
      network: 'Network',
      host: 'Host',
      container: 'Container',
      address: 'Address',
      vlan: 'VLAN',
      from: 'From',
      to: 'To',
      verdict: 'Verdict',
      why: 'Why',
      seen: 'Seen',
    },
    untagged: 'untagged',
    nobody: 'nobody',
    alsoOn: (networks) => `also on ${networks}`,
    gateway: (address) => `Gateway ${address}`,
    verdict: (cell) => cell.verdict,
    reason: (cell) => cell.reason,
    families: () => '',
    seen: () => 'seen',
    cancelled: (asked, of) => `${asked} of ${of} asked`,
    problem: () => '',
  };
  const place = {
    engineId: 'a',
    engineName: 'atlas',
    networkId: 'n',
    networkName: 'lan|x',
    vlan: 10,
    subnets: ['10.0.0.0/24'],
    container: { id: 'c', name: 'web', address: '10.0.0.5', ipv6: '', mac: '' },
    alsoOn: [],
  };
  const report: IsolationReport = {
    at: 0,
    doneAt: 1,
    cancelled: false,
    places: [place],
    targets: [
      { kind: 'place', place: 0, address: '10.0.0.5', ipv6: '' },
      { kind: 'gateway', places: [0], address: '10.0.0.1', ipv6: '' },
    ],
    cells: [
      [
        { verdict: 'self', reason: 'self', evidence: null, asked: [] },
        { verdict: 'reachable', reason: 'arp', evidence: null, asked: [] },
      ],
    ],
  };

  it('has the places, the matrix, and the evidence of each cell but its own', () => {
    const lines = isolationMarkdown(report, words).split('\n');
    expect(lines).toContain('| lan\\|x | atlas | 10 | web | 10.0.0.5 |');
    expect(lines).toContain('| lan\\|x · atlas | self | reachable |');
    expect(lines.filter((each) => each.includes('| seen |'))).toEqual([
      '| lan\\|x · atlas | Gateway 10.0.0.1 | reachable | arp | seen |',
    ]);
    // Every row of a table has as many cells as its head, whatever names hold.
    expect(lines.filter((each) => each.startsWith('| lan')).every((each) => !/[^\\]\|x/.test(each))).toBe(
      true,
    );
  });

  it('says of a cancelled run how much of it was asked', () => {
    const missed = { ...({ verdict: 'unknown', reason: 'cancelled', evidence: null } as const), asked: [] };
    const row = report.cells[0] ?? [];
    const half = { ...report, cancelled: true, places: [place, place], cells: [row, [missed, missed]] };
    expect(isolationMarkdown(half, words)).toContain('\n1 of 2 asked\n');
    expect(isolationMarkdown(report, words)).not.toContain('asked\n');
  });

  it('does not count as asked who may not or could not ask', () => {
    const failed = { ...({ verdict: 'unknown', reason: 'failed', evidence: null } as const), asked: [] };
    const missed = { ...({ verdict: 'unknown', reason: 'cancelled', evidence: null } as const), asked: [] };
    const refused = { ...place, problem: problem('toolbox_unasked', { host: 'atlas' }) };
    const empty = { ...place, container: null };
    const cells = [[missed, missed], ...[refused, empty].map(() => [failed, failed])];
    expect(askedPlaces({ places: [place, refused, empty], cells })).toEqual({ asked: 0, of: 3 });
  });
});
