import { join } from 'node:path';
import type {
  ChangeProgress,
  ChangeRecord,
  HostFacts,
  SegmentDraft,
  SegmentRequest,
  SegmentView,
  Snapshot,
} from '../../../shared/model';
import { recogniseSegments } from '../../../shared/rules';
import { openChangeLog, type ChangeLog } from '../changes/change-log';
import { Changes } from '../changes/changes';
import { kindsOf } from '../changes/kinds';
import type { SegmentKindContext } from '../changes/kinds/segment';
import { LanAddresses } from '../changes/lan-addresses';
import type { LateHosts } from '../changes/late-hosts';
import { Locks } from '../changes/locks';
import { PlanningInventory } from '../changes/planning-inventory';
import { PlanFile } from '../segments/plan-file';
import { Storage } from '../storage/storage';
import { facts, FakeEngine, problem } from './fake-engine';
import { knownWorld, noAccess, noPolicies } from './plain-kinds';

/** A segment, and the request to make it on both engines of a {@link SegmentWorld}. */
export const office: SegmentDraft = {
  name: 'Office',
  vlan: null,
  subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1' }],
  driver: 'macvlan',
  mode: 'bridge',
  reserved: [],
};
export const host = (engineId: string) => ({ engineId, parentNic: 'eth1' });
export const create: SegmentRequest = {
  kind: 'create-segment',
  segment: office,
  hosts: [host('e1'), host('e2')],
};

/** Two fake engines that are always read afresh, and consoles for their segments, one after the other. */
export class SegmentWorld {
  /** How long a console waits for another to give way, milliseconds. */
  givesWayMs = 0;
  /** How long a host may take to be read, milliseconds. */
  readMs = 5_000;
  readonly engines = new Map([
    ['e1', new FakeEngine('e1')],
    ['e2', new FakeEngine('e2')],
  ]);
  /** What the LAN was asked for: the network, its interface, the addresses, the suggestion. */
  readonly asked: unknown[] = [];
  readonly records: ChangeRecord[] = [];
  readonly progress: ChangeProgress[] = [];
  /** What a host has that may be looked into now, by engine. */
  readonly looks = new Map<string, HostFacts>();
  /** What was seen of hosts before. */
  lastLooks: HostFacts[] = [];
  refresh: (engineId: string) => Promise<void> = () => Promise.resolve();
  /** Called when a host of a LAN is read before or after addresses are given. */
  reread: (engineId: string) => Promise<void> = () => Promise.resolve();

  engine(id: string): FakeEngine {
    const found = this.engines.get(id);
    if (!found) throw problem('engine_unknown', id);
    return found;
  }
  names = (id: string): string[] => [...this.engine(id).networkMap.values()].map((each) => each.name);

  snapshot = (): Snapshot => {
    const each = [...this.engines];
    const of = <T extends { engineId: string }>(things: Iterable<T>, engineId: string) =>
      [...things].map((one) => ({ ...one, engineId }));
    return {
      revision: 1,
      engines: each.map(([id]) => ({
        ...facts,
        id,
        name: id,
        position: 0,
        endpoint: '',
        demo: false,
        state: 'online' as const,
        since: 0,
      })),
      networks: each.flatMap(([id, { networkMap }]) => of(networkMap.values(), id)),
      containers: each.flatMap(([id, { containerMap }]) => of(containerMap.values(), id)),
    };
  };

  /** A console on a folder; none before it lives any more. */
  async open(dir: string, report: (error: unknown) => void): Promise<WorldConsole> {
    const storage = new Storage(report);
    const plan = await PlanFile.open(join(dir, 'plan.yaml'), storage);
    const log = await openChangeLog(join(dir, 'changes.jsonl'), storage, () => false);
    const client = (id: string) => this.engine(id);
    const told = new PlanningInventory({
      ...{
        snapshot: () => this.snapshot(),
        segments: () => plan.segments(),
        shims: () => [],
        guards: () => [],
      },
      ...{ lastFacts: () => this.lastLooks, answering: () => [], records: () => log.list() },
      facts: () => Promise.reject(problem('toolbox_unasked')),
    });
    const world = knownWorld(() => told.now());
    const refresh = async (id: string) => {
      this.engine(id);
      await this.refresh(id);
    };
    const neighbours: SegmentKindContext['neighbours'] = {
      askOn: (on, pins, { suggestedIpv4 }) => void this.asked.push([on.name, on.parent, pins, suggestedIpv4]),
    };
    const facts = (id: string) => Promise.resolve(this.looks.get(id) ?? null);
    const inventory = () => told.now();
    const segment = { plan, refresh, neighbours, facts, inventory };
    const changes = new Changes({
      ...kindsOf({
        engine: { client, world, records: () => log.list() },
        segment,
        policy: noPolicies(client),
      }),
      ...{ snapshot: this.snapshot, world, client, log, access: noAccess },
      reread: () => Promise.resolve(),
      lans: new LanAddresses({
        ...{ locks: new Locks(), inventory: () => told.now(), patienceMs: this.givesWayMs },
        ...{ late: told.late, readMs: this.readMs },
        refresh: (id) => this.reread(id),
      }),
      owner: 'me',
      patienceMs: 0,
      now: () => 7,
      who: 'me',
      onProgress: (progress) => this.progress.push(progress),
      onRecord: (record) => this.records.push(record),
    });
    const segments = () => recogniseSegments(plan.segments(), this.snapshot());
    const flush = () => Promise.all([plan.flush(), log.flush()]);
    return { changes, segments, log, plan, flush, late: told.late };
  }
}

export interface WorldConsole {
  changes: Changes;
  /** The plan, against what the engines have. */
  segments(): SegmentView[];
  log: ChangeLog;
  plan: PlanFile;
  late: LateHosts;
  flush(): Promise<unknown>;
}
