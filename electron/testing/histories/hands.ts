import { connect, disconnect } from '../../demo/engine/connect';
import { createContainer } from '../../demo/engine/container-create';
import { EngineError } from '../../demo/engine/errors';
import { remove, restart, start, stop } from '../../demo/engine/lifecycle';
import { isLive, isPredefined, type DemoContainer, type EndpointConfig } from '../../demo/engine/model';
import { createNetwork, removeNetwork } from '../../demo/engine/network-create';
import { clock } from './clock';
import type { PlayedEngine } from './in-process';
import { image, networkBody, subnets } from './site';
import type { Step } from './steps';
import { at } from './steps';
import type { World } from './world';

/** What other hands do on the engines: the command line, compose, an updater. What an engine refuses they leave. */
export const handKinds = [
  'connect',
  'disconnect',
  'recreate',
  'compose',
  'stop',
  'start',
  'restart-container',
  'remove',
  'run',
  'remove-network',
  'create-network',
] as const;
export type HandKind = (typeof handKinds)[number];

const netNames = Object.keys(subnets);
const pinOf = (network: string, last: number | null): EndpointConfig =>
  last === null ? {} : { IPAMConfig: { IPv4Address: `${subnets[network] ?? ''}.${String(last)}` } };

class Hand {
  private readonly host: number;
  private readonly engine: PlayedEngine;
  private readonly who: DemoContainer | undefined;
  private readonly network: string;

  constructor(
    private readonly world: World,
    private readonly step: Step,
  ) {
    this.host = step.host % world.engines.length;
    this.engine = world.engines[this.host] as PlayedEngine;
    const all = [...this.engine.demo.containers.values()];
    const guarded = all.filter(({ name }) => this.isGuarded(name));
    // Whatever is guarded is what counts here most.
    this.who = at(step.to % 3 > 0 && guarded.length > 0 ? guarded : all, step.who);
    this.network = at(netNames, step.net) ?? 'lan';
  }

  private isGuarded(name: string): boolean {
    const engineId = this.world.idOf(this.host);
    return this.world.guards.some((one) => one.engineId === engineId && one.containerName === name);
  }

  /** One call, as its engine answers it; another one's comes later. */
  private call(work: () => unknown): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (error instanceof EngineError) return false;
      throw error;
    } finally {
      this.world.ledger.note('hand');
    }
  }

  readonly acts: Record<HandKind, () => void | Promise<void>> = {
    connect: () => {
      const { who, network, engine } = this;
      if (who) this.call(() => connect(engine.demo, network, who.id, pinOf(network, this.step.last)));
    },
    disconnect: () => {
      const { who, engine } = this;
      const on = who && at([...who.endpoints.keys()], this.step.net);
      if (who && on) this.call(() => disconnect(engine.demo, on, who.id, false));
    },
    stop: () => this.power(stop),
    start: () => this.power(start),
    'restart-container': () => this.power(restart),
    remove: () => {
      const { who, engine } = this;
      if (who && engine.demo.containers.size > 3) this.call(() => remove(engine.demo, who, true));
    },
    run: () => {
      const { engine, network } = this;
      // By a name that may have been somebody's before.
      const name = `${at(['web', 'job', 'more'], this.step.who) ?? 'web'}${String(this.host)}`;
      if (engine.demo.containers.size < 6) this.make(name, {}, network, pinOf(network, this.step.last));
    },
    recreate: async () => {
      const { who, engine } = this;
      if (!who) return;
      const [on = 'lan', config = {}] = this.asWritten(who);
      this.call(() => remove(engine.demo, who, true));
      await clock.pass(this.step.gap);
      const made = this.make(who.name, who.labels, on, config);
      if (made) this.call(() => start(engine.demo, made));
    },
    compose: () => this.compose(),
    'remove-network': () => {
      const network = this.engine.demo.findNetwork(this.network);
      if (network) this.call(() => removeNetwork(this.engine.demo, network.id));
    },
    'create-network': () => {
      this.call(() => createNetwork(this.engine.demo, networkBody(this.network, this.host)));
    },
  };

  private power(act: (engine: PlayedEngine['demo'], who: DemoContainer) => unknown): void {
    const { who, engine } = this;
    if (who) this.call(() => act(engine.demo, who));
  }

  /** What whoever made it has written down of it: its first network, mostly without an address. */
  private asWritten(who: DemoContainer): [string, EndpointConfig] {
    const [first = 'lan'] = [...who.endpoints.keys()].filter((name) => !isPredefined(name));
    return [first, this.step.keeps ? (who.endpoints.get(first)?.config ?? {}) : {}];
  }

  private make(
    name: string,
    labels: Record<string, string>,
    on: string,
    config: EndpointConfig,
  ): DemoContainer | undefined {
    let made: DemoContainer | undefined;
    this.call(() => {
      made = createContainer(this.engine.demo, name, {
        ...{ Image: image, Labels: labels, HostConfig: { NetworkMode: on } },
        NetworkingConfig: { EndpointsConfig: { [on]: config } },
      });
    });
    return made;
  }

  /** The new one is made by another name before the old one goes. */
  private async compose(): Promise<void> {
    const { who, engine } = this;
    if (!who) return;
    const { demo } = engine;
    const [on, config] = this.asWritten(who);
    const service = who.labels['com.docker.compose.service'] !== undefined;
    const labels = { ...who.labels, ...(service ? { 'com.docker.compose.replace': who.id } : {}) };
    const made = this.make(`${who.id.slice(0, 12)}_${who.name}`.slice(0, 60), labels, on, config);
    if (!made) return;
    await clock.pass(this.step.gap);
    this.call(() => isLive(who) && stop(demo, who));
    if (this.step.breaks) return;
    this.call(() => remove(demo, who, true));
    await clock.pass(this.step.gap);
    this.call(() => this.rename(made, who.name));
    this.call(() => demo.containers.has(made.id) && start(demo, made));
  }

  private rename(who: DemoContainer, name: string): void {
    const { demo } = this.engine;
    if (demo.containersByName.has(name) || !demo.containers.has(who.id)) return;
    demo.containersByName.delete(who.name);
    who.name = name;
    demo.containersByName.set(name, who);
    demo.changed(who);
    demo.events.container(who, 'rename');
  }
}

export async function actByHand(world: World, kind: HandKind, step: Step): Promise<void> {
  await new Hand(world, step).acts[kind]();
}
