import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStatsLine } from './counters';

const eth0 = {
  rx_bytes: 1252,
  rx_packets: 14,
  rx_errors: 1,
  rx_dropped: 2,
  tx_bytes: 7,
  tx_packets: 8,
  tx_errors: 3,
  tx_dropped: 4,
};
const frame = {
  read: '2026-11-22T23:02:33.336688705Z',
  preread: '0001-01-01T00:00:00Z',
  cpu_stats: { cpu_usage: { total_usage: 1 } },
  name: '/c1',
  networks: { eth0, eth2: { ...eth0, rx_bytes: 9e15 } },
};
const mapped = {
  interface: 'eth0',
  rxBytes: 1252,
  rxPackets: 14,
  rxErrors: 1,
  rxDropped: 2,
  txBytes: 7,
  txPackets: 8,
  txErrors: 3,
  txDropped: 4,
};

describe('parseStatsLine', () => {
  it('reads each interface and the engine’s own time', () => {
    const sample = parseStatsLine(JSON.stringify(frame));
    expect(sample?.at).toBe(Date.parse('2026-11-22T23:02:33.336Z'));
    expect(sample?.interfaces).toEqual([mapped, { ...mapped, interface: 'eth2', rxBytes: 9e15 }]);
  });

  it('reads frames that are laid out in another way', () => {
    expect(parseStatsLine(JSON.stringify(frame, null, 1))?.interfaces).toHaveLength(2);
    const odd = { ...frame, networks: { 'a{b': eth0 } };
    expect(parseStatsLine(JSON.stringify(odd))?.interfaces).toEqual([{ ...mapped, interface: 'a{b' }]);
    const names = { ...frame, name: '"networks":{' };
    expect(parseStatsLine(JSON.stringify(names))?.interfaces).toHaveLength(2);
  });

  it('reads Podman’s merged counters', () => {
    const podman = { read: frame.read, network: eth0 };
    expect(parseStatsLine(JSON.stringify(podman))?.interfaces).toEqual([{ ...mapped, interface: 'network' }]);
  });

  it.each([
    ['a stopped container', JSON.stringify({ read: '0001-01-01T00:00:00Z', networks: { eth0 } })],
    ['host networking', JSON.stringify({ read: frame.read })],
    ['a cut line', JSON.stringify(frame).slice(0, -20)],
    ['no JSON', 'hello'],
    ['null networks', JSON.stringify({ read: frame.read, networks: null })],
  ])('gives nothing for %s', (_, line) => {
    expect(parseStatsLine(line)).toBeNull();
  });

  it('never throws', () => {
    const around = fc
      .tuple(fc.jsonValue(), fc.string())
      .map(([a, b]) => `{"read":${JSON.stringify(a)},"networks":{${b}`);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), around), (line) => void parseStatsLine(line)));
  });
});
