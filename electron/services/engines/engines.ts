import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type EngineConfig,
  type EngineConfigList,
  type EngineConnection,
  type EngineTest,
} from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { Locks } from '../changes/locks';
import type { Inventory } from '../inventory/inventory';
import { connectionProblem, plainProblem } from './check';
import type { EngineEntry, EngineList } from './engine-list';
import type { SessionFollower } from './follow';
import { freeId } from './free-id';
import type { HostsFile } from './hosts-file';
import type { EngineOrder } from './order-file';
import type { Secrets } from './secrets';
import type { EngineSettings } from './settings-file';
import type { EngineWays, TestOptions } from './ways';

export interface EnginesContext {
  list: EngineList;
  settings: EngineSettings;
  order: EngineOrder;
  hostsFile?: HostsFile;
  follower: SessionFollower;
  inventory: Pick<Inventory, 'engine' | 'network'>;
  ways: EngineWays;
  secrets: Secrets;
  /** The console was started to touch nothing real. */
  demoOnly: boolean;
  /** The admin took the engine off the list: what was allowed and kept for it goes. */
  forget(engineId: string): Promise<void>;
  onList(list: EngineConfigList): void;
  report(error: unknown): void;
}

/** The engines as settings. */
export class Engines {
  /** Commands about the list, one after another. */
  private readonly turns = new Locks();

  constructor(private readonly context: EnginesContext) {}

  /** Begins a session for each engine, all at once; from then on hand edits of the files are followed. */
  start(): void {
    const { list, settings, order, hostsFile, follower, report } = this.context;
    list.setSettings(settings.configs());
    list.arrange(order.get());
    follower.follow().catch(report);
    settings.watch(() => {
      this.reload();
      follower.follow().catch(report);
    });
    hostsFile?.watch(() => {
      list.setFile(hostsFile.engines());
      this.listed();
      follower.follow().catch(report);
    }, report);
  }

  configs(): EngineConfigList {
    const { list, settings, hostsFile, secrets } = this.context;
    const trouble = settings.problem() ?? hostsFile?.problem();
    return {
      engines: list.entries().map(({ config, source }) => ({ ...config, source })),
      file: settings.file,
      ...(trouble ? { problem: trouble } : {}),
      keychain: secrets.lasting,
      passphrases: secrets.remembered(),
    };
  }

  /** @throws ProblemError `engine_unknown` */
  entry(engineId: string): EngineEntry {
    const found = this.context.list.find(engineId);
    if (!found) throw new ProblemError(problem('engine_unknown', { host: engineId }));
    return found;
  }

  /** @param engineId the engine that is being edited: no other than itself */
  async test(
    connection: EngineConnection,
    engineId: string | undefined,
    options: TestOptions,
  ): Promise<EngineTest> {
    this.check(connection);
    const { bridgeId, ...found } = await this.context.ways.test(connection, options);
    const twin = this.context.list.twin(connection, engineId)?.config.id ?? this.known(bridgeId, engineId);
    return twin === undefined ? found : { ...found, sameAs: twin };
  }

  /** The engine of the list, other than `except`, that has this very network `bridge`: reached by another way. */
  private known(bridgeId: string | undefined, except: string | undefined): string | undefined {
    if (bridgeId === undefined) return undefined;
    const { inventory, list } = this.context;
    const ids = list.entries().map(({ config }) => config.id);
    return ids.find((id) => id !== except && inventory.network(id, bridgeId) !== undefined);
  }

  /** Gives the new engine's id: that of its address, where nobody has it. */
  async add(wanted: Omit<EngineConfig, 'id'>): Promise<string> {
    this.realOnly();
    this.check(wanted.connection);
    const id = await this.inTurn(async () => {
      const { list, settings, ways } = this.context;
      const twin = list.twin(wanted.connection);
      if (twin?.source === 'settings') throw this.duplicate(twin);
      // What was found by itself is looked for only while nothing is configured: it stays, as part of the settings.
      const found = list.of('found').filter(({ config }) => config.id !== twin?.config.id);
      const others = [...settings.configs(), ...found.map(({ config }) => config)];
      const own = freeId(ways.engineIdOf(wanted.connection), new Set(others.map((each) => each.id)));
      await this.save([...others, { ...wanted, id: own }]);
      return own;
    });
    await this.context.follower.follow();
    return id;
  }

  /** Only another connection makes another session. */
  async edit(wanted: EngineConfig): Promise<void> {
    const seen = this.editable(wanted.id);
    this.check(wanted.connection);
    await this.inTurn(async () => {
      this.unchanged(seen);
      const twin = this.context.list.twin(wanted.connection, wanted.id);
      if (twin) throw this.duplicate(twin);
      const configs = this.context.settings.configs();
      await this.save(configs.map((each) => (each.id === wanted.id ? wanted : each)));
    });
    await this.context.follower.follow();
  }

  async remove(engineId: string): Promise<void> {
    const seen = this.editable(engineId);
    await this.inTurn(async () => {
      this.unchanged(seen);
      await this.save(this.context.settings.configs().filter((each) => each.id !== engineId));
    });
    await this.context.follower.follow();
    // Where the command line names it as well, it is still there.
    if (!this.context.list.find(engineId)) await this.context.forget(engineId);
    await this.forgetKey(seen.config.connection);
  }

  async arrange(order: readonly string[]): Promise<void> {
    for (const id of order) this.entry(id);
    await this.inTurn(async () => {
      const { list, settings } = this.context;
      const place = new Map(order.map((id, index) => [id, index]));
      const of = ({ id }: EngineConfig) => place.get(id) ?? order.length;
      const configs = [...settings.configs()].sort((a, b) => of(a) - of(b));
      if (!isDeepStrictEqual(configs, settings.configs())) await settings.save(configs);
      list.arrange(order);
      this.context.order.set(list.entries().map(({ config }) => config.id));
      this.listed();
    });
    this.context.follower.show();
  }

  /** One command at a time, on what the file says by now: what another hand has written is never written over. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const { settings, follower, report } = this.context;
    return this.turns.run('list', async () => {
      if (await settings.refresh()) {
        this.reload();
        follower.follow().catch(report);
      }
      return work();
    });
  }

  /** On disk first. What stood in for configured engines goes with the first of them. */
  private async save(configs: readonly EngineConfig[]): Promise<void> {
    await this.context.settings.save(configs);
    if (configs.length > 0) this.endStandIns();
    this.listed();
  }

  private reload(): void {
    const { settings } = this.context;
    if (settings.configs().length > 0) this.endStandIns();
    this.listed();
  }

  private endStandIns(): void {
    this.context.list.drop('found');
    this.context.list.drop('demo');
  }

  private listed(): void {
    this.context.list.setSettings(this.context.settings.configs());
    this.show();
  }

  /** Tells how the engines are reached, and what is remembered for that. */
  show(): void {
    this.context.onList(this.configs());
  }

  private nameOf({ config }: EngineEntry): string {
    const shown = this.context.inventory.engine(config.id)?.name;
    return config.name ?? shown ?? this.context.ways.addressOf(config.connection);
  }

  private realOnly(): void {
    if (this.context.demoOnly) throw new ProblemError(problem('demo_only', {}));
  }

  private editable(engineId: string): EngineEntry {
    const entry = this.entry(engineId);
    this.realOnly();
    if (entry.source === 'settings') return entry;
    throw new ProblemError(problem('engine_not_editable', { host: this.nameOf(entry) }, { engineId }));
  }

  private check(connection: EngineConnection): void {
    const { ways } = this.context;
    const wrong = connectionProblem(connection, ways) ?? plainProblem(connection, ways);
    if (wrong) throw new ProblemError(wrong);
  }

  private duplicate(twin: EngineEntry): ProblemError {
    const place = { engineId: twin.config.id, field: 'connection' };
    return new ProblemError(problem('engine_duplicate', { name: this.nameOf(twin) }, place));
  }

  /** The admin decided on what they saw: where that was edited by another hand meanwhile, they look again. */
  private unchanged(seen: EngineEntry): void {
    const { id } = seen.config;
    if (isDeepStrictEqual(this.context.list.find(id)?.config, seen.config)) return;
    throw new ProblemError(problem('settings_changed', { host: this.nameOf(seen) }, { engineId: id }));
  }

  /** A passphrase does not outlive the last engine whose key it opens. */
  private async forgetKey(connection: EngineConnection): Promise<void> {
    const file = connection.kind === 'ssh' ? connection.keyFile : undefined;
    const others = this.context.list.entries().map(({ config }) => config.connection);
    if (!file || others.some((each) => each.kind === 'ssh' && each.keyFile === file)) return;
    await this.context.secrets.forget(file).catch(this.context.report);
    this.show();
  }
}
