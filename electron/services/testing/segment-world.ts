import { join } from 'node:path';
import type {
  SegmentDraft,
  SegmentProgress,
  SegmentRecord,
  SegmentRequest,
  Snapshot,
} from '../../../shared/model';
import { Lans } from '../changes/lans';
import { Locks } from '../changes/locks';
import { Heirs } from '../changes/heirs';
import { Unsettled } from '../changes/unsettled';
import { PlanFile } from '../segments/plan-file';
import { openSegmentLog, type SegmentLog } from '../segments/segment-log';
import { Segments } from '../segments/segments';
import { Storage } from '../storage';
import { facts, FakeEngine, problem } from './fake-engine';

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
export const create: SegmentRequest = { kind: 'create', segment: office, hosts: [host('e1'), host('e2')] };

/** Two fake engines that are always read afresh, and consoles for their segments, one after the other. */
export class SegmentWorld {
  readonly engines = new Map([
    ['e1', new FakeEngine()],
    ['e2', new FakeEngine()],
  ]);
  readonly records: SegmentRecord[] = [];
  readonly progress: SegmentProgress[] = [];
  /** What the LAN was asked for: the network, its interface, the addresses, the suggestion. */
  readonly asked: unknown[] = [];
  refresh: (engineId: string) => Promise<void> = () => Promise.resolve();

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
  async open(
    dir: string,
    report: (error: unknown) => void,
  ): Promise<{ segments: Segments; plan: PlanFile; log: SegmentLog; flush(): Promise<unknown> }> {
    const storage = new Storage(report);
    const plan = await PlanFile.open(join(dir, 'plan.yaml'), storage);
    const log = await openSegmentLog(join(dir, 'segment-changes.jsonl'), storage, () => false);
    const segments = new Segments({
      snapshot: this.snapshot,
      client: (id) => this.engine(id),
      facts: () => Promise.resolve(null),
      neighbours: () => ({
        askOn: (on, pins, { suggestedIpv4 }) =>
          void this.asked.push([on.name, on.parent, pins, suggestedIpv4]),
      }),
      refresh: async (id) => {
        this.engine(id);
        await this.refresh(id);
      },
      reread: () => Promise.resolve(),
      plan,
      log,
      lans: new Lans({
        ...{ locks: new Locks(), inventory: this.snapshot, patienceMs: 0 },
        refresh: () => Promise.resolve(),
      }),
      unsettled: new Unsettled(),
      heirs: new Heirs(),
      owner: 'me',
      patienceMs: 0,
      now: () => 7,
      who: 'me',
      onProgress: (progress) => this.progress.push(progress),
      onRecord: (record) => this.records.push(record),
    });
    return { segments, plan, log, flush: () => Promise.all([plan.flush(), log.flush()]) };
  }
}
