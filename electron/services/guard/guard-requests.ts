import {
  ProblemError,
  type Container,
  type Guard,
  type GuardDecision,
  type GuardNote,
  type GuardRefusal,
  type GuardStatus,
  type GuardTargets,
} from '../../../shared/model';
import {
  attachmentsToKeep,
  claimantsOf,
  guardFor,
  guardKey,
  guardProblem,
  hostName,
  identityName,
  judgeGuard,
  offlineProblem,
  shortId,
  type Inventory,
} from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import type { GuardContext } from './context';
import type { GuardBook } from './guard-book';
import { clear } from './marks';
import { containersOf, guardsAmong, guardsFor, noteOf } from './several';

export interface GuardRequestsContext extends Pick<GuardContext, 'world' | 'changes' | 'readOnly' | 'now'> {
  book: GuardBook;
  /** How all guards stand now. */
  list(): GuardStatus[];
  /** Gives back on an engine what is due there; resolves when that is over. */
  restore(engineId: string): Promise<void>;
}

/** What an admin asks of the guards. Each gives how all of them stand then, and rejects with a `ProblemError`. */
export class GuardRequests {
  constructor(private readonly context: GuardRequestsContext) {}

  /** Guards a container as it is now. Refused where there is none, or nothing to keep. */
  async guard(engineId: string, containerId: string): Promise<GuardStatus[]> {
    const world = this.context.world();
    const container = containerIn(world, engineId, containerId);
    const guard = guardFor(container, world, this.context.now());
    if (!guard) throw nothing(container);
    const wrong = guardProblem(guard, container, world);
    if (wrong) throw new ProblemError(wrong);
    await this.context.book.put(guard);
    return this.noted('set', [guard]);
  }

  /** Guards many at once, as they are now; what is guarded already stays as it is. */
  async guardAll(targets: GuardTargets): Promise<{ guards: GuardStatus[]; refused: GuardRefusal[] }> {
    const world = this.context.world();
    const { guards, refused } = guardsFor(containersOf(targets, world), world, this.context.now());
    await this.context.book.add(guards);
    return { guards: await this.noted('set', guards), refused };
  }

  /** Lets a container go. One that is not guarded is no failure. */
  async unguard(engineId: string, identity: Guard['identity']): Promise<GuardStatus[]> {
    const guard = this.context.book.find(guardKey({ engineId, identity }));
    return this.release(guard ? [guard] : []);
  }

  async unguardAll(targets: GuardTargets): Promise<GuardStatus[]> {
    return this.release(guardsAmong(targets, this.context.book.list(), this.context.world()));
  }

  /** What the admin decides where a guard asks. */
  async decide(
    engineId: string,
    identity: Guard['identity'],
    decision: GuardDecision,
  ): Promise<GuardStatus[]> {
    const world = this.context.world();
    const guard = this.context.book.find(guardKey({ engineId, identity }));
    const container = guard && meant(guard, world);
    if (!container) {
      const params = { container: identityName(identity), host: hostName(engineId, world.engines) };
      throw new ProblemError(problem('container_not_found', params, { engineId }));
    }
    // What is known of one that does not answer may not be so any more.
    const offline = offlineProblem(world.engines.find(({ id }) => id === engineId));
    if (offline) throw new ProblemError(offline);
    await (decision === 'adopt' ? this.adopt(guard, container, world) : this.insist(guard, container));
    return this.context.list();
  }

  /** What the container has now is what counts from now on. */
  private async adopt(guard: Guard, container: Container, world: Inventory): Promise<void> {
    const attachments = attachmentsToKeep(container, world, false);
    if (attachments.length === 0) throw nothing(container);
    const { id: containerId, name: containerName } = container;
    const adopted = { ...guard, containerId, containerName, attachments };
    await this.context.book.put(adopted);
    await this.noted('adopt', [adopted]);
  }

  /** The container gets back what is kept, whatever the guard makes of it. */
  private async insist(guard: Guard, { id, engineId }: Container): Promise<void> {
    const judged = judgeGuard(guard, this.context.world());
    if (judged.state === 'doubled') throw doubled(guard);
    if (judged.state === 'barred') throw new ProblemError(judged.problem);
    const mark = this.context.book.markOf(guardKey(guard));
    clear(mark);
    mark.insists = id;
    if (!this.context.readOnly) await this.context.restore(engineId);
    // Not before it is there: what has failed is no decision that was carried out.
    const now = judgeGuard(this.context.book.find(guardKey(guard)) ?? guard, this.context.world());
    const failed = mark.problem ?? mark.unseen?.problem;
    if (now.state === 'kept') await this.noted('restore', [guard]);
    else if (failed) throw new ProblemError(failed);
  }

  private async release(guards: readonly Guard[]): Promise<GuardStatus[]> {
    await this.context.book.drop(guards);
    return this.noted('release', guards);
  }

  /** Puts down who has said what. Nothing was said where it is about none. */
  private async noted(what: GuardNote['what'], guards: readonly Guard[]): Promise<GuardStatus[]> {
    if (guards.length > 0) await this.context.changes.note(noteOf(what, guards));
    return this.context.list();
  }
}

/** The container that a guard asks about, or would be about. */
function meant(guard: Guard, world: Inventory): Container | undefined {
  const judged = judgeGuard(guard, world);
  const [claimant] = claimantsOf(guard, world.containers);
  return 'container' in judged ? judged.container : claimant;
}

const doubled = ({ engineId, identity }: Guard): ProblemError =>
  new ProblemError(
    problem('guard_nothing', { context: 'doubled', container: identityName(identity) }, { engineId }),
  );

const nothing = ({ engineId, name }: Container): ProblemError =>
  new ProblemError(problem('guard_nothing', { container: name }, { engineId }));

function containerIn(world: Inventory, engineId: string, id: string): Container {
  const container = world.containers.find((one) => one.engineId === engineId && one.id === id);
  if (container) return container;
  const params = { container: shortId(id), host: hostName(engineId, world.engines) };
  throw new ProblemError(problem('container_not_found', params, { engineId }));
}
