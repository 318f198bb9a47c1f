import { z } from 'zod';
import {
  containerIdentitySchema,
  guardDecisions,
  guardRefusalSchema,
  guardStatusSchema,
  guardTargetsSchema,
} from '../../model';
import { rows } from './row';
import { engine, none } from './shared-inputs';

const all = z.array(guardStatusSchema);
const ofGuard = engine.extend({ identity: containerIdentitySchema });

export const guardCommands = rows({
  'guard.list': {
    input: none,
    output: all,
    effect: 'nothing',
    says: 'Containers whose attachments and addresses come back whoever makes them anew, and how each stands. `guards.changed` tells of changes.',
  },
  'guard.set': {
    input: engine.extend({ containerId: z.string() }),
    output: all,
    effect: 'engine',
    says: 'Guards a container as it is now: its attachments to LANs, and others where its address is fixed. An automatic address is fixed at once, which interrupts that network for a moment. Known again by compose’s project, service and number, else by its name.',
  },
  'guard.setAll': {
    input: guardTargetsSchema,
    output: z.object({ guards: all, refused: z.array(guardRefusalSchema) }),
    effect: 'engine',
    says: 'The same for many at once: all containers on networks or on those of a segment, on all of its hosts, and others. Those that are guarded stay as they are. `refused` says of each that can’t be guarded why; the others are.',
  },
  'guard.releaseAll': {
    input: guardTargetsSchema,
    output: all,
    effect: 'engine',
    says: 'Guards none of them any longer, those that are away with them whose addresses are kept on these networks. Nothing on the engines is changed.',
  },
  'guard.release': {
    input: ofGuard,
    output: all,
    effect: 'engine',
    says: 'Guards it no longer. Nothing on the engine is changed; its addresses are kept for it no longer.',
  },
  'guard.decide': {
    input: ofGuard.extend({ decision: z.enum(guardDecisions) }),
    output: all,
    effect: 'engine',
    says: 'Where a guard asks: `restore` gives the container back what is kept, as a change that is logged and can be undone; `adopt` keeps what it has fixed now instead, and ends the guard where that is nothing.',
  },
});
