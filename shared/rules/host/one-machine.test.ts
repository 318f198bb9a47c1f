import { describe, expect, it } from 'vitest';
import { answersOfOneHost } from './one-machine';
import { hostFacts, nic } from './testing';

const [address, parent, shim] = ['10.0.0.10', '02:00:00:00:00:01', '02:00:00:00:00:02'];
const host = hostFacts(
  'e1',
  nic({ mac: parent, addresses: [{ address, prefix: 24, scope: 'global' }] }),
  nic({ name: 'tl-1', kind: 'macvlan', mac: shim }),
);
const other = hostFacts('e2', nic({ mac: '02:00:00:00:00:03' }));
const asked = (...macs: string[]) => answersOfOneHost({ address, macs }, [other, host]);

describe('who answers for an address', () => {
  it('is one machine where all are links of the host that has it', () => {
    expect(asked(parent, shim)).toBe(true);
    expect(asked(shim)).toBe(true);
  });

  it('is not where a stranger answers, too, or the links are of two hosts', () => {
    expect(asked(parent, '02:00:00:00:00:99')).toBe(false);
    expect(asked(parent, '02:00:00:00:00:03')).toBe(false);
  });

  it('is not known where nobody answers, or the host has no such address', () => {
    expect(asked()).toBe(false);
    expect(answersOfOneHost({ address, macs: null }, [host])).toBe(false);
    expect(answersOfOneHost({ address: '10.0.0.11', macs: [parent, shim] }, [host])).toBe(false);
  });
});
