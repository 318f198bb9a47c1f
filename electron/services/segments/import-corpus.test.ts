import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportedSegment, Notice, Problem } from '../../../shared/model';
import { importFormatOf } from '../../../shared/rules';
import { importSegments } from './transfer';

/**
 * What people paste: each text as it stands in a manual, a blog, a README or a terminal, and beside it what it has to be
 * read as, a line for each segment, host, problem, notice and open value.
 */
const dir = join(import.meta.dirname, 'import-corpus');
const texts = readdirSync(dir)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -'.txt'.length));

type Host = ImportedSegment['hosts'][number];

const hostLine = (host: Host): string =>
  [
    `  ${host.hostName || 'any host'}: ${host.parentNic}, network ${host.networkName}`,
    ...[host.ipRange, host.ipRange6, ...(host.moreRanges ?? [])].flatMap((range) =>
      range ? `range ${range}` : [],
    ),
    ...Object.entries(host.exclusions ?? {}).map(([name, address]) => `without ${address} (${name})`),
  ].join(', ');

function segmentLines({ segment, hosts }: ImportedSegment): string[] {
  const { name, vlan, driver, mode, subnets, internal, mtu, options = {} } = segment;
  const parts = [
    `${vlan === null ? 'untagged' : `VLAN ${String(vlan)}`} ${driver} ${mode}`,
    ...subnets.map(({ subnet, gateway }) => (gateway ? `${subnet} by ${gateway}` : subnet)),
    ...(internal ? ['internal'] : []),
    ...(mtu === undefined ? [] : [`MTU ${String(mtu)}`]),
    ...Object.entries(options).map(([key, value]) => `${key}=${value}`),
  ];
  return [`segment ${name}: ${parts.join(', ')}`, ...hosts.map(hostLine)];
}

const said = (kind: string) => (one: Problem | Notice) => `${kind} ${one.code}: ${one.message}`;

function linesOf(text: string): string {
  const found = importSegments({ text, format: importFormatOf(text) });
  return [
    ...found.segments.flatMap(segmentLines),
    ...found.problems.map(said('problem')),
    ...found.notices.map(said('notice')),
    ...found.asks.map(({ name, value }) => `open ${name}: ${value || '?'}`),
    '',
  ].join('\n');
}

describe('what people paste', () => {
  it('is a good many texts', () => {
    expect(texts.length).toBeGreaterThanOrEqual(40);
  });

  it.each(texts)('%s', (name) => {
    const read = linesOf(readFileSync(join(dir, `${name}.txt`), 'utf8'));
    // For a new text: UPDATE_CORPUS=1 writes what is read, to be judged by eye before it is kept.
    if (process.env.UPDATE_CORPUS) writeFileSync(join(dir, `${name}.expected`), read);
    expect(read).toBe(readFileSync(join(dir, `${name}.expected`), 'utf8'));
  });
});
