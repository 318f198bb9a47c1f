import type { RunJournal } from '../journal';
import type { ChangesContext } from './context';
import { recoverWalk } from './recover';
import { runWalk, type Clash, type Outcome, type Taken } from './run';
import { Touched } from './touched';
import { Walk } from './walk';

/**
 * Goes along a change on its one engine, tells how it goes, and has what was touched read again.
 *
 * @param goOn for a run that was cut off: whether its steps are to be done
 */
export async function runChange(
  context: Pick<ChangesContext, 'client' | 'lans' | 'onProgress' | 'patienceMs' | 'reread'>,
  journal: RunJournal,
  goOn?: boolean,
): Promise<Outcome> {
  const { engineId, steps } = journal.host(0);
  const { patienceMs } = context;
  const touched = new Touched();
  const walk = new Walk(
    {
      touched,
      client: () => context.client(engineId),
      onPhase: (phase, step) => context.onProgress({ id: journal.id, phase, step, of: steps.length }),
      ...(patienceMs === undefined ? {} : { patienceMs }),
    },
    journal,
    0,
  );
  const since = context.lans.known();
  const clash: Clash = (client, sent) => context.lans.clash(client, sent, since);
  const taken: Taken = (client, back) => context.lans.takenSince(client, back, since);
  const outcome = await (goOn === undefined ? runWalk(walk, clash, taken) : recoverWalk(walk, goOn, clash));
  // What was done is done: an engine that is lost right now is its session's business, and read when it is back.
  await context.reread(engineId, touched).catch(() => undefined);
  return outcome;
}
