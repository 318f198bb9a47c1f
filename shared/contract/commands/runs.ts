import { z } from 'zod';
import { runRequestSchema, runSchema, runWithResultSchema } from '../../model';
import { rows } from './row';
import { none } from './shared-inputs';

const id = z.string().min(1).max(64);
const one = z.object({ id });

export const runCommands = rows({
  'run.start': {
    input: z.object({ request: runRequestSchema }),
    output: runSchema,
    effect: 'engine',
    says: 'Begins something that takes its time, and answers at once; `run.changed` tells how far it is. `isolation`: who reaches whom, as a matrix with its evidence, asked from a container in each network for each other and for the gateways; some seconds for each network. It needs consent on each engine; a place on one without has its `problem` in the report.',
  },
  'run.cancel': {
    input: one,
    output: runSchema,
    effect: 'engine',
    says: 'Ends a run early: nothing new is begun, its helper containers are removed, and the engines are read back. Answers when that is done, with the hosts on which any are `left`; what was found until then is kept. A run that is over stays as it is.',
  },
  'run.list': {
    input: none,
    output: z.array(runSchema),
    effect: 'nothing',
    says: 'The runs under way and the last ones that are over, newest first; of this console since its start.',
  },
  'run.get': {
    input: one,
    output: runWithResultSchema,
    effect: 'nothing',
    says: 'One run with its result. The results of the newest runs are kept; `run_not_found` for one that is older.',
  },
});
