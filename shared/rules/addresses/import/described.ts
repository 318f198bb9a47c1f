import type { Entry } from '../export/kinds';

/** What one of our own sentences says: see `described` of the export, whose words these are. */
export interface Described {
  readonly kind: Entry['kind'] | 'network';
  readonly note: string;
}

const sentences: readonly [Described['kind'], RegExp][] = [
  ['reserved', /^Reserved(?:: (.*))?$/s],
  ['dhcp', /^(?:For|Range of) a DHCP server(?:: (.*))?$/s],
  ['excluded', /^Excluded(?:: (.*))?$/s],
  ['automatic', /^Container (.+) on .+, automatic(?:, stopped)?(?:, MAC [0-9a-f:]{17})?$/s],
  ['pinned', /^Container (.+) on .+$/s],
  ['gateway', /^(Gateway)$/],
  ['leased', /^(Leased by .+)$/s],
  ['shim', /^(Shim of .+)$/s],
  ['host', /^(Host .+)$/s],
  ['foreign', /^(Unknown device, MAC .+)$/s],
  ['given', /^(Automatic range of .+)$/s],
  ['network', /^(Network .+)$/s],
];

const begins =
  /(?:^| \/ )(?=(?:Reserved|For a DHCP server|Range of a DHCP server|Excluded)(?:: | \/ |$)|Container |Gateway(?: \/ |$)|Leased by |Shim of |Host |Unknown device, )/g;

function one(text: string): Described | null {
  for (const [kind, sentence] of sentences) {
    const found = sentence.exec(text);
    if (found) return { kind, note: found[1] ?? '' };
  }
  return null;
}

/** Reads what our own export has written of an address; of several holders, what is reserved. Null where it is in other words. */
export function readDescribed(text: string): Described | null {
  if (text === '') return null;
  const starts = [...text.matchAll(begins)].map(({ index, 0: mark }) => ({
    index,
    from: index + mark.length,
  }));
  if (starts[0]?.from !== 0) return one(text);
  const parts = starts.flatMap(({ from }, at) => one(text.slice(from, starts[at + 1]?.index)) ?? []);
  return parts.find(({ kind }) => kind === 'reserved' || kind === 'dhcp') ?? parts[0] ?? null;
}
