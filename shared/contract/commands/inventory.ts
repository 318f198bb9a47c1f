import { z } from 'zod';
import {
  addressConflictSchema,
  addressPlanSchema,
  snapshotSchema,
  trafficHistorySchema,
  trafficIndexSchema,
} from '../../model';
import { rows } from './row';
import { engine, none, onNetwork } from './shared-inputs';

export const inventoryCommands = rows({
  'inventory.get': {
    input: none,
    output: snapshotSchema,
    effect: 'nothing',
    says: 'Engines, networks and containers, with the revision that `inventory.delta` goes on from.',
  },
  'inventory.refresh': {
    input: engine,
    output: none,
    effect: 'nothing',
    says: 'Reads one engine again from the start.',
  },
  'inventory.raw': {
    input: engine.extend({ kind: z.enum(['engine', 'network', 'container']), id: z.string() }),
    output: z.unknown(),
    effect: 'nothing',
    says: 'The engine’s own JSON, unchanged.',
  },
  'address.plan': {
    input: onNetwork,
    output: addressPlanSchema,
    effect: 'nothing',
    says: 'Who holds what in the subnet of a network, over all engines that share it, and what is reserved.',
  },
  'address.conflicts': {
    input: none,
    output: z.array(addressConflictSchema),
    effect: 'nothing',
    says: 'Addresses of running containers for which another device answers on their LAN. Asked whenever a container has started or was connected, on hosts where the toolbox may run, and again every 20 s while that is so. `addresses.conflicts` tells of changes.',
  },
});

export const trafficCommands = rows({
  'traffic.index': {
    input: none,
    output: trafficIndexSchema,
    effect: 'nothing',
    says: 'Which interface each row of a tick is.',
  },
  'traffic.history': {
    input: engine.extend({
      /** One container, or all of the engine when absent. */
      containerId: z.string().optional(),
      /** Only interfaces on this network. */
      networkId: z.string().optional(),
      /** Only this interface. */
      interface: z.string().optional(),
      /** How far back, seconds. */
      seconds: z.number().int().min(10).max(3600),
      points: z.number().int().min(2).max(120).default(120),
    }),
    output: trafficHistorySchema,
    effect: 'nothing',
    says: 'The rates of the last `seconds` in at most 120 buckets, each with mean and peak, bits/s.',
  },
});
