import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError, type ChangeRecord, type Snapshot } from '../../../shared/model';
import type { Inventory as Facts } from '../../../shared/rules';
import { openChangeLog, type ChangeLog } from '../changes/change-log';
import { Changes } from '../changes/changes';
import { LanAddresses, type LanAddressesContext } from '../changes/lan-addresses';
import { Locks } from '../changes/locks';
import { Inventory } from '../inventory/inventory';
import { Oddities } from '../inventory/oddities';
import { EngineReader } from '../inventory/reader';
import { reread } from '../inventory/reread';
import { unknownEngine } from '../inventory/unknown-engine';
import { Storage } from '../storage/storage';
import type { FakeEngine } from './fake-engine';
import { engineKinds, knownWorld, noAccess } from './plain-kinds';

/** Calls of a {@link FakeEngine} that change something. */
export const changing = /^(dis)?connect|^(create|remove)-network/;
const changingMethods = ['connect', 'disconnect', 'createNetwork', 'removeNetwork'] as const;

/** The problem that a call ends with; null when it ends well. */
export const refusal = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof ProblemError ? error.problem : error),
  );

/** Consoles, one after the other, on one folder and one engine that outlives them. */
export class ChangeBench {
  readonly reported: unknown[] = [];
  /** What the windows are told of changes. */
  readonly records: ChangeRecord[] = [];
  /** Who answers on the LAN for addresses that are about to be given out: nobody. */
  strangers: NonNullable<LanAddressesContext['strangers']> = () => Promise.resolve([]);
  /** Who else answers for them once they are given: nobody. */
  rivals: NonNullable<LanAddressesContext['rivals']> = () => Promise.resolve([]);
  /** What looks at the host find. */
  looks: Pick<Facts, 'facts' | 'looked'> = {};
  /** What one that is asked for anew finds instead, from then on. */
  freshLook: (() => ChangeBench['looks']) | undefined;
  /** What a change has touched is read into the inventory when it is over. */
  rereads = true;
  private readonly logs: ChangeLog[] = [];
  private inventory = new Inventory(() => undefined);

  private constructor(
    readonly folder: string,
    public engine: FakeEngine,
  ) {}

  static async open(fake: FakeEngine): Promise<ChangeBench> {
    return new ChangeBench(await mkdtemp(join(tmpdir(), 'trunkline-changes-')), fake);
  }

  get file(): string {
    return join(this.folder, 'changes.jsonl');
  }

  async flush(): Promise<void> {
    await Promise.all(this.logs.map((each) => each.flush()));
  }

  async close(): Promise<void> {
    await this.flush();
    await rm(this.folder, { recursive: true });
  }

  /** What the console that was started last shows. Nothing tells it of what others do on the engine: see `resync`. */
  shown(): Snapshot {
    return this.inventory.snapshot();
  }

  /** Has the console read everything, as one does when it finds its engine again. */
  resync(): Promise<void> {
    return this.reader().resync(true);
  }

  /** A console on the folder; none before it lives any more. */
  async start(): Promise<{ changes: Changes; log: ChangeLog }> {
    await this.flush();
    const storage = new Storage((error) => this.reported.push(error));
    const log = await openChangeLog(this.file, storage, () => false);
    this.logs.push(log);
    const inventory = new Inventory(() => undefined);
    const engine = { ...unknownEngine(this.engine, false, 0), ...(await this.engine.facts()) };
    inventory.addEngine({ ...engine, state: 'online' });
    this.inventory = inventory;
    await this.resync();
    const known = knownWorld(() => ({ ...inventory.snapshot(), ...this.looks }));
    const looked = () => {
      this.looks = this.freshLook?.() ?? this.looks;
      return Promise.resolve(known.now());
    };
    const world = { ...known, looked };
    const client = () => this.engine;
    const changes = new Changes({
      ...engineKinds({ client, world, records: () => log.list() }),
      snapshot: () => inventory.snapshot(),
      world,
      access: noAccess,
      lans: new LanAddresses({
        ...{ locks: new Locks(), inventory: () => inventory.snapshot(), patienceMs: 0 },
        // Nothing tells this console of what others do.
        refresh: () => Promise.resolve(),
        strangers: (...asked) => this.strangers(...asked),
        rivals: (...asked) => this.rivals(...asked),
      }),
      client,
      reread: (_id, affected) =>
        this.rereads ? reread(this.reader(inventory), affected) : Promise.reject(new Error('not read')),
      log,
      owner: 'me',
      now: () => 7,
      who: 'ada',
      patienceMs: 0,
      onProgress: () => undefined,
      onRecord: (record) => this.records.push(record),
    });
    return { changes, log };
  }

  private reader(inventory = this.inventory): EngineReader {
    const oddities = new Oddities(
      (error) => this.reported.push(error),
      () => undefined,
    );
    return new EngineReader(this.engine, inventory, oddities);
  }

  /**
   * The console is killed at the nth call that changes something: before the engine hears of it, or before it answers.
   * Resolves when that has come; nothing that this console asks of the engine is answered from then on.
   */
  killAt(nth: number, when: 'before' | 'after'): Promise<void> {
    const { engine: fake } = this;
    let count = 0;
    return new Promise((killed) => {
      const never = () => {
        killed();
        return new Promise<never>(() => undefined);
      };
      for (const name of changingMethods) {
        const real = fake[name].bind(fake) as (...args: unknown[]) => Promise<unknown>;
        fake[name] = (async (...args: unknown[]) => {
          count += 1;
          if (count > nth || (count === nth && when === 'before')) return never();
          const answer = await real(...args);
          return count === nth ? never() : answer;
        }) as never;
      }
    });
  }

  /** The engine as it is, for a console that lives. */
  revive(): void {
    this.engine = this.engine.another();
  }
}
