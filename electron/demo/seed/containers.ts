import { connect } from '../engine/connect';
import { createContainer } from '../engine/container-create';
import type { DemoEngine } from '../engine/engine';
import { crashLoop, pause, start, stop } from '../engine/lifecycle';
import type { DemoContainer, EndpointConfig } from '../engine/model';
import { hashText, Random } from '../engine/random';
import { pinAddress, type SeedLan } from './plan';
import { addImage } from './images';
import { company, crowd, type SeedJoin, type SeedService } from './services';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Where a container is going to live. */
export interface Place {
  engine: DemoEngine;
  lans: SeedLan[];
}

/** Hands out pins per LAN over all hosts: one segment, one count. */
export class Pins {
  private readonly next = new Map<string, number>();

  take(lans: SeedLan[], network: string): string | undefined {
    const lan = lans.find((each) => each.network === network);
    if (!lan) return undefined;
    const n = (this.next.get(network) ?? 0) + 1;
    this.next.set(network, n);
    return pinAddress(lan, n);
  }
}

function configOf({ lans }: Place, join: SeedJoin, pins: Pins): EndpointConfig {
  const address = join.pinned ? pins.take(lans, join.network) : undefined;
  return {
    ...(address ? { IPAMConfig: { IPv4Address: address } } : {}),
    ...(join.aliases && join.aliases.length > 0 ? { Aliases: join.aliases } : {}),
  };
}

function create(place: Place, service: SeedService, joins: [SeedJoin, EndpointConfig][]): DemoContainer {
  const [first] = joins;
  const ports = (service.ports ?? []).map((pair) => pair.split(':'));
  return createContainer(place.engine, service.name, {
    Image: service.image,
    Cmd: service.command ?? null,
    Labels: service.project
      ? { 'com.docker.compose.project': service.project, 'com.docker.compose.service': service.name }
      : {},
    ExposedPorts: Object.fromEntries(ports.map(([, inside]) => [`${inside}/tcp`, {}])),
    HostConfig: {
      NetworkMode: service.mode ?? first?.[0].network ?? 'default',
      PortBindings: Object.fromEntries(
        ports.map(([outside, inside]) => [`${inside}/tcp`, [{ HostPort: outside }]]),
      ),
      RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 },
      ...(service.memory ? { Memory: service.memory * 2 ** 20, MemorySwap: service.memory * 2 ** 21 } : {}),
      ...(service.cpus ? { NanoCpus: service.cpus * 1e9 } : {}),
    },
    ...(first ? { NetworkingConfig: { EndpointsConfig: { [first[0].network]: first[1] } } } : {}),
  });
}

/** Who shares a network has been started after its owner, or it would be cut off. Milliseconds since the epoch. */
function startAfterOwner(engine: DemoEngine, { networkMode }: DemoContainer, drawn: number): number {
  const owner = /^container:(.+)$/.exec(networkMode)?.[1];
  return Math.max(drawn, ((owner && engine.containers.get(owner)?.startedAt) || 0) + MINUTE);
}

/** Brings the container to its state at believable times: made long ago, started since, stopped lately. */
function bringTo(engine: DemoEngine, container: DemoContainer, service: SeedService, random: Random): void {
  const now = Date.now();
  const drawn = now - random.between(3 * 60, 40 * 24 * 60) * MINUTE;
  const startedAt = startAfterOwner(engine, container, drawn);
  const state = service.state ?? 'running';
  if (state === 'created') return;
  engine.clock = () => startedAt;
  start(engine, container);
  engine.clock = () => now - random.between(1, 120) * MINUTE;
  if (state === 'paused') pause(engine, container);
  if (state === 'exited') stop(engine, container);
  if (state === 'restarting') {
    engine.clock = () => now - 20_000;
    crashLoop(engine, container, 1);
  }
}

/** Makes one container the way an admin would: create, connect the further networks, start. */
export function seedContainer(place: Place, service: SeedService, pins: Pins): void {
  const { engine } = place;
  const random = new Random(hashText(`${engine.host.name}/${service.name}`));
  addImage(engine, service.image);
  const joins = (service.joins ?? [])
    .filter(({ network }) => engine.findNetwork(network))
    .map((join): [SeedJoin, EndpointConfig] => [join, configOf(place, join, pins)]);
  const made = Date.now() - random.between(41, 180) * DAY;
  engine.clock = () => made;
  const container = create(place, service, joins);
  for (const [join, config] of joins.slice(1)) connect(engine, join.network, container.id, config);
  bringTo(engine, container, service, random);
  engine.clock = Date.now;
}

function further(count: number, seed: number): SeedService[] {
  const random = new Random(seed);
  const total = crowd.reduce((sum, { weight }) => sum + weight, 0);
  const numbers = new Map<string, number>();
  return Array.from({ length: count }, () => {
    let at = random.next() * total;
    const chosen = crowd.find(({ weight }) => (at -= weight) < 0) ?? crowd[0];
    const { stem = 'app', ...service } = chosen?.service ?? { image: 'node:24' };
    const number = (numbers.get(stem) ?? 0) + 1;
    numbers.set(stem, number);
    return { ...service, name: `${stem}-${String(number).padStart(3, '0')}` };
  });
}

/** Puts so many containers on the hosts in turn; a sharer goes to the host of the one that it shares with. */
export function seedContainers(places: Place[], count: number, seed: number): void {
  const pins = new Pins();
  const services = [...company.slice(0, count), ...further(Math.max(0, count - company.length), seed)];
  const homes = new Map<string, Place>();
  services.forEach((service, i) => {
    const shared = /^container:(.+)$/.exec(service.mode ?? '')?.[1];
    const home = homes.get(shared ?? '') ?? placeFor(places, service, i);
    if (!home) return;
    homes.set(service.name, home);
    seedContainer(home, service, pins);
  });
}

/** Round the hosts in turn, but where the main network is. */
function placeFor(places: Place[], service: SeedService, i: number): Place | undefined {
  const main = service.joins?.[0]?.network;
  const turn = places[i % places.length];
  if (!main || turn?.engine.findNetwork(main)) return turn;
  return places.find(({ engine }) => engine.findNetwork(main)) ?? turn;
}
