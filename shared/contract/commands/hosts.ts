import { z } from 'zod';
import {
  hostFactsSchema,
  probeFromSchema,
  probeResultSchema,
  policyStatusSchema,
  toolboxDescriptionSchema,
  toolboxSettingsSchema,
} from '../../model';
import { rows } from './row';
import { engine, none } from './shared-inputs';

export const toolboxCommands = rows({
  'toolbox.describe': {
    input: none,
    output: toolboxDescriptionSchema,
    effect: 'nothing',
    says: 'What the toolbox is, its tasks with their rights, and where it may run. Asks nobody for consent.',
  },
  // Refusing takes its image away.
  'toolbox.consent': {
    input: engine.extend({ granted: z.boolean() }),
    output: toolboxDescriptionSchema,
    effect: 'engine',
    says: 'Allows or refuses the toolbox on one engine. Refusing takes its image away.',
  },
  'toolbox.configure': {
    input: toolboxSettingsSchema,
    output: toolboxDescriptionSchema,
    effect: 'console',
    says: 'How the toolbox’s image gets onto engines.',
  },
});

export const hostCommands = rows({
  'host.facts': {
    input: engine.extend({ refresh: z.boolean().default(false) }),
    output: hostFactsSchema,
    effect: 'engine',
    says: 'What the host behind an engine really has: NICs, addresses, default routes, foreign namespaces; up to ten seconds old unless `refresh` is set. Needs consent.',
  },
  'host.probe': {
    input: engine.extend({
      from: probeFromSchema,
      addresses: z
        .array(z.union([z.ipv4(), z.ipv6()]))
        .min(1)
        .max(64),
    }),
    output: probeResultSchema,
    effect: 'engine',
    says: 'Who answers for these addresses by ARP and ping, and which have duplicates, asked from a container or from the host. Takes some seconds. Needs consent.',
  },
  'policies.list': {
    input: none,
    output: z.array(policyStatusSchema),
    effect: 'nothing',
    says: 'What is kept on hosts and no engine can hold, and how it stands: shims, the ways from hosts to their own macvlan containers. `policies.changed` tells of changes. Made and removed by `change.apply`.',
  },
});
