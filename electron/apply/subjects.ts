import {
  ProblemError,
  wantedShimSchema,
  type ChangeRequest,
  type Engine,
  type Guard,
  type ShimStatus,
  type WantedPlan,
  type WantedSegment,
} from '../../shared/model';
import {
  identityKey,
  judgeGuard,
  offlineProblem,
  requestsToReach,
  type GuardJudgement,
} from '../../shared/rules';
import { engineMeant } from './hosts';
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
      return { requests: requestsToReach(wanted, { segments, networks }) };
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
      if (!now) return { requests: [put] };
      if (now.problem) throw new ProblemError(now.problem);
      if (now.address === address) return { requests: [] };
      return { requests: [{ kind: 'remove-shim', engineId: engine.id, networkId: network.id }, put] };
    },
  };
}

const identityFrom = ({ identity, container }: Of<'guards'>): Guard['identity'] =>
  identity ?? { by: 'name', name: container ?? '' };

const nameOf = (identity: Guard['identity']): string =>
  identity.by === 'name' ? identity.name : `${identity.project}/${identity.service}/${identity.number}`;

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

function guardSubject(given: Of<'guards'>, { engines, invoke }: World): Subject {
  const identity = identityFrom(given);
  const name = nameOf(identity);
  return {
    title: `addresses of ${name} on ${given.host ?? given.engineId ?? ''}`,
    async next() {
      const engine = answering(given, engines);
      const wanted: Guard = {
        ...{ engineId: engine.id, identity, attachments: given.attachments },
        ...{ containerName: name, containerId: '', since: 0 },
      };
      const judged = judgeGuard(wanted, await valueOf(invoke, 'inventory.get', {}));
      const waits = waitsFor(judged, name, engine.name);
      if (waits) return { requests: [], waits };
      if ('request' in judged && judged.request) return { requests: [judged.request] };
      const kept = await valueOf(invoke, 'guard.list', {});
      const isKept = kept.some(
        (one) => one.engineId === engine.id && identityKey(one.identity) === identityKey(identity),
      );
      if (isKept || !('container' in judged)) return { requests: [] };
      const { id } = judged.container;
      const run = () => valueOf(invoke, 'guard.set', { engineId: engine.id, containerId: id });
      return { requests: [], then: { says: 'guard them', run } };
    },
  };
}
