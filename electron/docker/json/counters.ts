import type { CountersSample, InterfaceCounters } from '../engine-client';
import { asNumber, asRecord, asText, isRecord, type Json } from './json';

/** The balanced `{…}` that follows `"key":`, or null. The text inside must hold no braces in strings. */
function objectAfter(line: string, key: string): string | null {
  const mark = `"${key}":{`;
  const found = line.indexOf(mark);
  if (found < 0) return null;
  const start = found + mark.length - 1;
  let depth = 0;
  for (let at = start; at < line.length; at++) {
    const char = line.charCodeAt(at);
    if (char === 0x7b) depth++;
    else if (char === 0x7d && --depth === 0) return line.slice(start, at + 1);
  }
  return null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Only what is needed of a 2 KB frame: picking it out costs a third of parsing all. A frame that is laid out in
 * another way (spaces, odd names) is parsed in full.
 */
function partsOf(line: string): { read: string; networks: unknown } | null {
  const read = /"read":"([^"\\]*)"/.exec(line)?.[1];
  const picked = objectAfter(line, 'networks');
  const networks = picked === null ? undefined : parse(picked);
  if (read !== undefined && isRecord(networks)) return { read, networks };
  const frame = parse(line);
  if (!isRecord(frame)) return null;
  return { read: asText(frame.read), networks: frame.networks ?? frame.network };
}

function mapInterface(name: string, counters: Json): InterfaceCounters {
  return {
    interface: name,
    rxBytes: asNumber(counters.rx_bytes),
    txBytes: asNumber(counters.tx_bytes),
    rxPackets: asNumber(counters.rx_packets),
    txPackets: asNumber(counters.tx_packets),
    rxErrors: asNumber(counters.rx_errors),
    txErrors: asNumber(counters.tx_errors),
    rxDropped: asNumber(counters.rx_dropped),
    txDropped: asNumber(counters.tx_dropped),
  };
}

function mapInterfaces(networks: unknown): InterfaceCounters[] {
  const record = asRecord(networks);
  // Podman merges all interfaces into one flat record.
  if (typeof record.rx_bytes === 'number') return [mapInterface('network', record)];
  return Object.entries(record)
    .filter(([, counters]) => isRecord(counters))
    .map(([name, counters]) => mapInterface(name, asRecord(counters)));
}

/**
 * One line of a stats stream. Null for a frame without counters: a container that does not run (its frames are
 * dated year 1), one on the host's or another container's network, or a line that can't be read.
 */
export function parseStatsLine(line: string): CountersSample | null {
  const parts = partsOf(line);
  if (!parts) return null;
  const at = Date.parse(parts.read);
  const interfaces = mapInterfaces(parts.networks);
  return Number.isNaN(at) || at <= 0 || interfaces.length === 0 ? null : { at, interfaces };
}
