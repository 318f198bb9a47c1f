import type { Lease } from '../../../../shared/model';

const words = /^(\d+) (waiting|asking|deconfig|bound|renew|leasefail|nak)( .*)?$/;

function bound(at: number, values: ReadonlyMap<string, string>, before: Lease | null): Lease {
  const [address = '', server, router] = ['ip', 'server', 'router'].map((key) => values.get(key));
  const seconds = Number(values.get('lease'));
  const last = before?.address ?? before?.before;
  const moved = last !== undefined && last !== address ? last : undefined;
  // What it was before is told for as long as the new one lasts.
  const was = moved ?? (before?.address === address ? before.before : undefined);
  return {
    ...{ state: 'bound', at, address },
    ...(server && { server }),
    ...(router && { router }),
    ...(seconds > 0 && { until: at + seconds * 1_000 }),
    ...(was !== undefined && { before: was }),
  };
}

/** How the lease stands by the next line of its helper; null where that is none of its words. @param before how it stood */
export function readLeaseLine(line: string, before: Lease | null): Lease | null {
  const [, seconds, word, rest = ''] = words.exec(line) ?? [];
  if (word === undefined) return null;
  const at = Number(seconds) * 1_000;
  const pairs = [...rest.matchAll(/(\w+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value] as const);
  const values = new Map(pairs);
  if (word === 'bound' || word === 'renew') return bound(at, values, before);
  const last = values.get('last') ?? before?.address ?? before?.before;
  const told = { at, ...(last !== undefined && { before: last }) };
  if (word === 'waiting') return { ...told, state: 'waiting' };
  if (word === 'nak') return { ...told, state: 'refused' };
  if (word === 'leasefail') return { ...told, state: 'no-answer' };
  // The client clears the link before it asks for the first time, after a refusal, and when its lease is over.
  if (word === 'deconfig' && before?.state === 'refused') return { ...told, state: 'refused' };
  const over = word === 'deconfig' && values.has('last') && before?.state !== 'asking';
  return { ...told, state: over ? 'expired' : 'asking' };
}
