import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  wantedShimSchema,
  type ChangeRequest,
  type Container,
  type Engine,
  type Guard,
  type ShimStatus,
  type WantedPlan,
  type WantedSegment,
} from '../../shared/model';
import {
  guardKey,
  identityName,
  hostName,
  judgeGuard,
  identityOf,
  offlineProblem,
  wayTo,
  type GuardJudgement,
} from '../../shared/rules';
import { engineMeant, HostError } from './hosts';
import { valueOf, type Invoke } from './invoke';

/** What is still to be done for one thing of the file. */
export interface Next {
  /** In their order; empty where there is nothing. */
  requests: ChangeRequest[];
  /** What it waits for, which is not there now: nothing of it can be done. */
  waits?: string;
  /** What is no change of an engine and comes when those are done. */
  then?: { says: string; run(): Promise<unknown> };
}

/** One thing that the file speaks of. */
export interface Subject {
  title: string;
  /** As things are now. @throws HostError, ProblemError */
  next(): Promise<Next>;
}

type Of<K extends keyof WantedPlan> = Extract<WantedPlan[K], unknown[]>[number];

interface World {
  engines: readonly Engine[];
  invoke: Invoke;
}

/** An engine that does not answer can't be brought to anything, nor its state be told. */
function answering(host: Parameters<typeof engineMeant>[0], engines: readonly Engine[]): Engine {
  const engine = engineMeant(host, engines);
  const offline = offlineProblem(engine);
  if (offline) throw new ProblemError(offline);
  return engine;
}

/** In the order in which they need each other. */
export function subjectsOf(plan: WantedPlan, engines: readonly Engine[], invoke: Invoke): Subject[] {
  const world = { engines, invoke };
  return [
    ...plan.segments.map((segment) => segmentSubject(segment, world)),
    ...plan.policies.flatMap((policy) => (policy.kind === 'shim' ? shimSubject(policy, world) : [])),
    ...plan.guards.map((guard) => guardSubject(guard, world)),
  ];
}

function segmentSubject(given: Of<'segments'>, { engines, invoke }: World): Subject {
  return {
    title: `segment ${given.name}`,
    async next() {
      const members = given.members.map(({ host, engineId, ...choice }) => ({
        ...choice,
        engineId: answering({ host, engineId }, engines).id,
      }));
      const wanted = { ...given, members } as WantedSegment;
      const { segments } = await valueOf(invoke, 'segments.list', {});
      const { networks } = await valueOf(invoke, 'inventory.get', {});
      const { requests, unclear } = wayTo(wanted, { segments, networks });
      const [twice] = unclear;
      if (twice !== undefined)
        throw new HostError(
          `${hostName(twice, engines)} stands in it with two NICs, and not as the file says: change it there in the console`,
        );
      return { requests };
    },
  };
}

function shimSubject(given: Of<'policies'>, { engines, invoke }: World): Subject {
  const { host, engineId, networkName, address } = wantedShimSchema.parse(given);
  return {
    title: `way from ${host ?? engineId ?? ''} to its containers on ${networkName}`,
    async next() {
      const engine = answering({ host, engineId }, engines);
      const all = await valueOf(invoke, 'policies.list', {});
      const now = all.find(
        (one): one is ShimStatus =>
          one.kind === 'shim' && one.engineId === engine.id && one.networkName === networkName,
      );
      const { networks } = await valueOf(invoke, 'inventory.get', {});
      const network = networks.find((one) => one.engineId === engine.id && one.name === networkName);
      if (!network)
        return { requests: [], waits: `There is no network ${networkName} on ${engine.name} now.` };
      const put = { kind: 'put-shim', engineId: engine.id, networkId: network.id, address } as const;
      // One that is there is brought to the other address by the same step.
      if (now?.address !== address) return { requests: [put] };
      if (now.problem) throw new ProblemError(now.problem);
      if (now.state === 'applied') return { requests: [] };
      return {
        requests: [],
        waits: `What ${engine.name} has for it now was not seen there yet (${now.state}).`,
      };
    },
  };
}

/** Who is meant: one that compose made is not known by its name, which is another each time. */
function identityFrom(
  { identity, container = '' }: Of<'guards'>,
  here: readonly Container[],
): Guard['identity'] {
  const named = here.find(({ name }) => name === container);
  return identity ?? (named ? identityOf(named) : { by: 'name', name: container });
}

/** Why nothing can be said of it, or done for it, now. */
function waitsFor(judged: GuardJudgement, name: string, host: string): string | null {
  switch (judged.state) {
    case 'failed':
    case 'barred':
      // Its network is not there: in a dry run it may be one that the file would make.
      return judged.problem.message;
    case 'away':
      return `There is no container ${name} on ${host} now.`;
    case 'doubled':
      return `Several containers on ${host} claim to be ${name}.`;
    case 'waiting':
    case 'untold':
      return `${host} does not tell now what ${name} has; try again when that runs.`;
    default:
      return null;
  }
}

/** Whether a guard keeps all that the file says of it. What it keeps beside that is its own. */
const keeps = (guard: Guard, { attachments }: Of<'guards'>): boolean =>
  attachments.every((wanted) =>
    guard.attachments.some(
      (kept) => kept.networkName === wanted.networkName && isDeepStrictEqual({ ...kept, ...wanted }, kept),
    ),
  );

function guardSubject(given: Of<'guards'>, { engines, invoke }: World): Subject {
  const name = given.container ?? (given.identity ? identityName(given.identity) : '');
  return {
    title: `addresses of ${name} on ${given.host ?? given.engineId ?? ''}`,
    async next() {
      const engine = answering(given, engines);
      const world = await valueOf(invoke, 'inventory.get', {});
      const here = world.containers.filter(({ engineId }) => engineId === engine.id);
      const identity = identityFrom(given, here);
      const wanted: Guard = {
        ...{ engineId: engine.id, identity, attachments: given.attachments },
        ...{ containerName: name, containerId: '', since: 0 },
      };
      const judged = judgeGuard(wanted, world);
      const waits = waitsFor(judged, name, engine.name);
      if (waits) return { requests: [], waits };
      if ('request' in judged && judged.request) return { requests: [judged.request] };
      const kept = await valueOf(invoke, 'guard.list', {});
      const isKept = kept.some((one) => guardKey(one) === guardKey(wanted) && keeps(one, given));
      if (isKept || !('container' in judged)) return { requests: [] };
      const { id } = judged.container;
      const run = () => valueOf(invoke, 'guard.set', { engineId: engine.id, containerId: id });
      return { requests: [], then: { says: 'guard them', run } };
    },
  };
}
