import { isDeepStrictEqual } from 'node:util';
import {
  changePreviewSchema,
  segmentRequestSchema,
  type Container,
  type Engine,
  type HostFacts,
  type Network,
  type Problem,
  type Segment,
  type SegmentRequest,
  type ShimPolicy,
} from '../../model';
import type { z } from 'zod';
import type { GivenAddress } from '../inventory/beside';
import { engine } from '../testing';
import { planSegment } from './plan';
import { plannedNetwork } from '../networks/planned-network';
import { specFor } from '../membership/segment-spec';

/** A segment on two hosts, and what every plan must satisfy. */
export const office = {
  name: 'Office',
  vlan: 10,
  subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1' }],
  driver: 'macvlan' as const,
  mode: 'bridge',
  reserved: [] as Segment['reserved'],
};
export const planned: Segment = {
  ...office,
  id: 'seg-1',
  members: [
    { engineId: 'e1', parentNic: 'eth0', networkName: 'office', ipRange: '10.70.1.128/26' },
    { engineId: 'e2', parentNic: 'eno1', networkName: 'office', ipRange: '10.70.1.192/26' },
  ],
};
/** The network of each member as its engine would have it. */
export const made = (segment: Segment): Network[] =>
  segment.members.map((member) => ({
    ...plannedNetwork(specFor(segment, member), member.engineId),
    id: `${member.engineId}-${member.networkName}`,
  }));
export interface World {
  plan?: Segment[];
  engines?: Engine[];
  networks?: Network[];
  containers?: Container[];
  facts?: HostFacts[];
  shims?: ShimPolicy[];
  addresses?: GivenAddress[];
}
export const engines = [engine({ id: 'e1' }), engine({ id: 'e2' })];

/** Its reason would be an English sentence in every language. */
const untold = ({ code }: Problem) => code === 'invalid_input';

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
/** {@link planSegment}, with what must hold of every plan checked. */
export function plan(input: z.input<typeof segmentRequestSchema>, world: World = {}) {
  const request: SegmentRequest = segmentRequestSchema.parse(input);
  const { networks = [], containers = [], facts = [], shims = [], addresses = [] } = world;
  const inventory = { engines: world.engines ?? engines, networks, containers, shims, addresses };
  const given = { plan: world.plan ?? [planned], inventory, newId: 'seg-new', facts };
  const frozen = structuredClone(given);
  const found = planSegment(request, given);
  must(isDeepStrictEqual(given, frozen), 'it changed its input');
  must(isDeepStrictEqual(planSegment(request, given), found), 'it gave another plan the second time');
  must(!JSON.stringify(found).includes('{{'), 'a text lacks a value');
  changePreviewSchema.parse({ id: 'x', request, ...found });
  const wrong = found.problems.length > 0 || found.hosts.some((host) => host.problems.length > 0);
  must(
    ![...found.problems, ...found.hosts.flatMap((one) => one.problems)].some(untold),
    'no code of its own',
  );
  must(!wrong || found.hosts.every((host) => host.steps.length === 0), 'a refused plan has steps');
  return found;
}
export const problems = (found: ReturnType<typeof plan>) => [
  ...found.problems.map((one) => one.field ?? one.code),
  ...found.hosts.flatMap((host) => host.problems.map((one) => `${host.engineId} ${one.code}`)),
];
export const ops = (found: ReturnType<typeof plan>, engineId = 'e1') =>
  found.hosts
    .filter((host) => host.engineId === engineId)
    .flatMap((host) => host.steps)
    .map((step) =>
      'containerName' in step ? `${step.op} ${step.containerName}` : `${step.op} ${step.networkName}`,
    );

export const host = (engineId: string, over: object = {}) => ({ engineId, parentNic: 'eth0', ...over });
export const create = (over: object = {}, hosts = [host('e1'), host('e2')], world: World = {}) =>
  plan({ kind: 'create-segment', segment: { ...office, ...over }, hosts }, { plan: [], ...world });
export const specs = (found: ReturnType<typeof plan>) =>
  found.hosts.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.op === 'create-network' ? [step.spec] : [])),
  );
export const [here, there] = made(planned) as [Network, Network];
export const networks = [here, there];
