import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containerSchema, engineSchema, networkSchema } from '../../shared/model';
import { parseStatsLine } from './json/counters';
import type { EngineEvent } from './engine-client';
import { eventReader } from './json/events';
import { published, rich, sharing } from './fixtures/containers-inspected';
import { listed } from './fixtures/containers-listed';
import { info, version } from './fixtures/engine';
import { mutated } from './fixtures/mutations';
import { networks } from './fixtures/networks';
import { mapContainers, mapInspectedContainer } from './json/map-container';
import { mapEngine } from './json/map-engine';
import { mapNetwork, mapNetworks } from './json/map-network';

/** Whatever an engine says, what is made of it are whole models, and one thing that is odd spoils no other. */
const context = { engineId: 'e1' };
const runs = { numRuns: 1_500 };
const factsSchema = engineSchema.partial();
const survives = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('any mutation of a real answer', () => {
  it('of an inspect makes a whole container', () => {
    for (const original of [rich, published, sharing])
      fc.assert(
        fc.property(mutated(original), (json) => {
          containerSchema.parse(survives(mapInspectedContainer(json, context)));
        }),
        runs,
      );
  });

  it('of a network makes a whole network', () => {
    for (const podman of [false, true])
      fc.assert(
        fc.property(fc.constantFrom(...networks).chain(mutated), (json) => {
          networkSchema.parse(survives(mapNetwork(json, { ...context, podman })));
        }),
        runs,
      );
  });

  it('of one entry leaves the rest of a list as it is', () => {
    const containers = mapContainers(listed, context);
    fc.assert(
      fc.property(mutated(listed[0]), fc.nat(listed.length), (odd, at) => {
        const mapped = mapContainers([...listed.slice(0, at), odd, ...listed.slice(at)], context);
        for (const each of mapped) containerSchema.parse(survives(each));
        expect(mapped).toEqual(expect.arrayContaining(containers));
      }),
      runs,
    );
    const known = mapNetworks(networks, context);
    fc.assert(
      fc.property(mutated(networks[0]), (odd) => {
        expect(mapNetworks([odd, ...networks], context)).toEqual(expect.arrayContaining(known));
      }),
      runs,
    );
  });

  it('of /version and /info makes facts', () => {
    fc.assert(
      fc.property(mutated(version), mutated(info), (first, second) => {
        factsSchema.parse(survives(mapEngine(first, second)));
      }),
      runs,
    );
  });

  it('of an event is read, passed over, or ends the subscription with a SyntaxError', () => {
    const connect = {
      Type: 'network',
      Action: 'connect',
      Actor: { ID: 'n1', Attributes: { container: 'c1', name: 'lan', type: 'macvlan' } },
      timeNano: 1e18,
    };
    const start = { ...connect, Type: 'container', Action: 'start' };
    fc.assert(
      fc.property(fc.constantFrom(connect, start).chain(mutated), fc.nat(200), (json, cut) => {
        const seen: EngineEvent[] = [];
        const read = eventReader((event) => seen.push(event));
        read(JSON.stringify(json));
        try {
          read(JSON.stringify(json).slice(0, cut));
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
        read(JSON.stringify(start));
        expect(seen.at(-1)).toEqual({ kind: 'container', action: 'start', containerId: 'n1' });
      }),
      runs,
    );
  });

  it('of a stats frame, whole or cut, gives finite counters or none', () => {
    const counters = { rx_bytes: 1, rx_packets: 2, rx_errors: 3, rx_dropped: 4, tx_bytes: 5 };
    const frame = {
      read: '2026-11-22T23:02:33.5Z',
      networks: { eth0: counters, eth1: counters },
      name: '/web',
    };
    fc.assert(
      fc.property(mutated(frame), fc.nat(300), (json, cut) => {
        const line = JSON.stringify(json);
        for (const text of [line, line.slice(0, cut), line.slice(cut)]) {
          for (const each of parseStatsLine(text)?.interfaces ?? [])
            expect(
              Object.values(each).every((value) => typeof value === 'string' || Number.isFinite(value)),
            ).toBe(true);
        }
      }),
      runs,
    );
  });

  it('such as a number that is no time gives none that can’t be shown', () => {
    const [first] = mapContainers([{ ...listed[0], Created: 1e308 }], context);
    expect(first?.created).toBe(0);
  });

  it('pollutes nothing', () => {
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
