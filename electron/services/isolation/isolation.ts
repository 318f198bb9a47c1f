import {
  ProblemError,
  type Engine,
  type IsolationPlace,
  type IsolationReport,
  type Network,
  type Problem,
  type ProbeFrom,
  type ProbeResult,
  type ProbeTarget,
} from '../../../shared/model';
import { recordedEndpoint, sharedSubnetNetworks, type Inventory } from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import {
  elsewhereIn,
  isolationCells,
  isolationPlaces,
  isolationTargets,
  networksOf,
  placesOnLan,
  type Answers,
  type NetworkRef,
} from '../../../shared/rules/isolation';
import { eachAtMost } from '../../docker';
import type { RunHandle } from '../runs/kind';

/** How many places ask at once; each has a helper container of its own, and a probe is mostly waiting. */
const width = 4;

/** Addresses for one helper: each is a shell of its own there. */
const chunk = 16;

export interface IsolationContext {
  snapshot(): Inventory;
  /** The toolbox's probe. Rejects with a `ProblemError`, also when the signal ends it; then its helper is gone. */
  probe(
    engineId: string,
    from: ProbeFrom,
    addresses: string[],
    within: { signal: AbortSignal; run: string },
  ): Promise<ProbeResult>;
  now(): number;
}

interface Running {
  context: IsolationContext;
  handle: RunHandle;
}

const asProblem = (error: unknown): Problem => {
  if (error instanceof ProblemError) return error.problem;
  throw error;
};

const offline = ({ engineId, engineName }: IsolationPlace): Problem =>
  problem('engine_unreachable', { context: 'offline', host: engineName }, { engineId });

/**
 * Everything that one place asks for, in as many helpers as that takes. What a run that is cancelled meanwhile has found
 * so far is kept.
 */
async function ask(
  { context, handle }: Running,
  place: IsolationPlace,
  { id: containerId, address }: NonNullable<IsolationPlace['container']>,
  addresses: readonly string[],
): Promise<Answers> {
  const { signal, id: run } = handle;
  const found = new Map<string, ProbeTarget>();
  handle.uses(place.engineId);
  // By the network's own interface: what another one of the container's reaches says nothing of this network.
  const from = { kind: 'container', containerId, address } as const;
  try {
    for (let at = 0; at < addresses.length && !signal.aborted; at += chunk) {
      const part = addresses.slice(at, at + chunk);
      const { targets } = await context.probe(place.engineId, from, part, { signal, run });
      for (const target of targets) found.set(target.address, target);
    }
  } catch (error) {
    const problem = asProblem(error);
    if (signal.aborted) return found;
    place.problem = problem;
    return null;
  }
  return found;
}

/** Whether the container of one place has an endpoint on the LAN of another. */
function standing(networks: readonly Network[], places: readonly IsolationPlace[], inventory: Inventory) {
  return (place: number, other: number): boolean => {
    const own = places[place];
    const network = networks[other];
    if (!own?.container || !network) return false;
    const container = inventory.containers.find(
      (each) => each.engineId === own.engineId && each.id === own.container?.id,
    );
    const lan = sharedSubnetNetworks(network, inventory.networks).filter(
      (each) => each.engineId === own.engineId,
    );
    return container !== undefined && lan.some((each) => recordedEndpoint(container, each) !== undefined);
  };
}

/**
 * Each place in turn, a few at once, until all have had their turn or the run is cancelled. Only those that have asked count as
 * progress: one that may not or can't ask is none of them.
 */
async function askAll(
  running: Running,
  places: readonly IsolationPlace[],
  addresses: readonly string[],
  engines: readonly Engine[],
): Promise<Answers[]> {
  const { handle } = running;
  const answers: Answers[] = places.map(() => null);
  let done = 0;
  const progress = () => handle.progress(done, places.length);
  progress();
  await eachAtMost(width, [...places.entries()], async ([index, place]) => {
    const engine = engines.find((each) => each.id === place.engineId);
    if (engine?.state !== 'online') place.problem = offline(place);
    else if (place.container) answers[index] = await ask(running, place, place.container, addresses);
    if (handle.signal.aborted || !answers[index]) return;
    done += 1;
    progress();
  });
  return answers;
}

/**
 * Asks from a container in each network for a container in each other and for the gateways, and judges the answers.
 * A place that can't ask has its `problem` in the report; the run goes on without it. Aborted, it answers with what it
 * has, and no helper is left by then.
 */
export async function runIsolation(
  context: IsolationContext,
  refs: readonly NetworkRef[],
  handle: RunHandle,
): Promise<IsolationReport> {
  const at = context.now();
  const inventory = context.snapshot();
  const networks = networksOf(refs, inventory);
  const places = isolationPlaces(networks, inventory);
  const targets = isolationTargets(networks, places, inventory);
  const addresses = [...new Set(targets.flatMap((each) => [each.address, each.ipv6]).filter(Boolean))];
  const answers = await askAll({ context, handle }, places, addresses, inventory.engines);
  const lans = networks.map((_, index) => placesOnLan(networks, index));
  const standsOn = standing(networks, places, inventory);
  const cancelled = handle.signal.aborted;
  const elsewhere = elsewhereIn(networks, inventory);
  const cells = isolationCells({ places, targets, cancelled, answers, lans, standsOn, elsewhere });
  return { at, doneAt: context.now(), cancelled, places, targets, cells };
}
