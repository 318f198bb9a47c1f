import { join } from 'node:path';
import {
  ProblemError,
  type HostFacts,
  type ProbeFrom,
  type ProbeResult,
  type ToolboxDescription,
  type ToolboxSettings,
} from '../../../shared/model';
import {
  answersOfOneHost,
  hostNameOf,
  isImageReference,
  problem,
  toolboxVersion,
} from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import {
  describeTask,
  factsTask,
  namespacesTask,
  probeTask,
  rootfsSource,
  Toolbox,
  toolboxTasks,
  type HeldBy,
  type ProbeAnswer,
  type RootfsSource,
  type ToolboxOptions,
} from '../../toolbox';
import type { Inventory } from '../inventory/inventory';
import type { Service } from '../service';
import { BegunWork } from './begun-work';
import { FactsCache } from './facts-cache';
import type { Storage } from '../storage/storage';
import { LeftBehind } from './left-behind';
import type { KeptHelpers, RunTask } from './run-task';
import { ToolboxFile, type Consent, type ConsentPlace } from './toolbox-file';
import { imageOn, sizeOf } from './toolbox-image';
import { ToolboxWork } from './toolbox-work';

export interface ToolboxContext {
  inventory: Pick<Inventory, 'snapshot' | 'engine' | 'containers' | 'networks'>;
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  /** The stable key of the address that the id leads to now; undefined where it leads nowhere. */
  addressKey(engineId: string): string | undefined;
  source: RootfsSource;
  file: ToolboxFile;
  /** No helper is run, whatever was consented to: it is a container on the engine. */
  readOnly?: boolean;
  now(): number;
  report(error: unknown): void;
}

/** What a helper is started for. */
export interface WithinRun {
  /** Ends it early: the helper is gone when the call rejects. */
  signal?: AbortSignal;
  /** The run that it belongs to. */
  run?: string;
}

/** Opens what the admin said before, and makes the service. */
export async function openToolbox(
  context: Omit<ToolboxContext, 'source' | 'file'> & { storage: Storage },
  userDataDir: string,
  packagedIn: readonly string[] = [],
): Promise<ToolboxService> {
  const file = await ToolboxFile.open(join(userDataDir, 'toolbox.json'), context.storage);
  return new ToolboxService({ ...context, file, source: rootfsSource(packagedIn) });
}

/**
 * What needs a look at, or a hand on, the hosts themselves. Everything but `describe`, `consent` and `configure` rejects
 * with `toolbox_unasked` or `toolbox_refused` where the admin has not allowed it, and with `toolbox_unavailable` where
 * it can't run.
 */
export class ToolboxService implements Service {
  private readonly work: ToolboxWork;
  private readonly cache: FactsCache;
  private readonly begun: BegunWork;
  private readonly left: LeftBehind;

  constructor(private readonly context: ToolboxContext) {
    this.begun = new BegunWork(context.addressKey);
    this.work = new ToolboxWork(context.report);
    this.cache = new FactsCache((engineId) => this.readFacts(engineId), context.now);
    this.left = new LeftBehind({
      client: (engineId) => context.client(engineId),
      settings: () => context.file.settings,
      isRefused: (engineId) => this.said(engineId).consent === 'refused',
      hostOf: (engineId) => this.hostOf(engineId),
      report: context.report,
    });
  }

  /** Everything that an admin should see before the first use; starts nothing anywhere. */
  async describe(): Promise<ToolboxDescription> {
    const { inventory, file } = this.context;
    const { settings } = file;
    const leftOn = (engineId: string) => {
      const left = this.left.problemOn(engineId);
      return left && { left };
    };
    return {
      version: toolboxVersion,
      settings,
      tasks: toolboxTasks.map(describeTask),
      size: settings.method === 'pull' ? null : await sizeOf(this.context.source),
      engines: await Promise.all(
        inventory.snapshot().engines.map(async (engine) => ({
          engineId: engine.id,
          ...this.said(engine.id),
          ...leftOn(engine.id),
          image: engine.state === 'online' ? await imageOn(this.context.client(engine.id), settings) : null,
        })),
      ),
    };
  }

  /**
   * What the admin says counts at once, and is remembered. Refusing ends what is under way there, except what
   * changes the host and the work of {@link toItsEnd}, which it waits for, and takes helpers and image away: what is `left`
   * of them is tried again later.
   * Rejects with `storage_failed` (`waiting`) where it counts but can't be written down yet.
   */
  async consent(engineId: string, granted: boolean): Promise<ToolboxDescription> {
    this.context.client(engineId);
    const { consent: before, grown } = this.said(engineId);
    const { file, now } = this.context;
    const kept = file.setConsent(this.place(engineId), granted, now());
    await kept.catch(() => undefined);
    if (granted) this.left.forget(engineId);
    else await this.withdraw(engineId);
    // Where nothing was ever put by this console nothing of it is left, whether or not that could be looked for.
    if (before === 'unasked' && !grown) this.left.forget(engineId);
    await kept;
    return this.describe();
  }

  async configure(settings: ToolboxSettings): Promise<ToolboxDescription> {
    const { file } = this.context;
    const { image } = settings;
    if (image !== file.settings.image && !isImageReference(image)) {
      const params = { context: 'reference', image } as const;
      throw new ProblemError(problem('toolbox_unavailable', params, { field: 'image' }));
    }
    await file.setSettings(settings);
    return this.describe();
  }

  /** What the host has. Up to ten seconds old unless `refresh` is set; callers at the same time share one look. */
  async facts(engineId: string, refresh = false): Promise<HostFacts> {
    this.allowed(engineId);
    return this.cache.get(engineId, refresh);
  }

  /** What the last looks at hosts found, however long ago, of hosts where looking is still allowed. Asks nobody. */
  lastFacts(): HostFacts[] {
    return this.cache.last();
  }

  /** Whether anything of this would be run on the host, were it asked for. */
  allows(engineId: string): boolean {
    return !this.context.readOnly && this.said(engineId).consent === 'granted';
  }

  async probe(
    engineId: string,
    from: ProbeFrom,
    addresses: readonly string[],
    within: WithinRun = {},
  ): Promise<ProbeResult> {
    const ask = (toolbox: Toolbox) => toolbox.run(probeTask, { from, addresses: [...new Set(addresses)] });
    const answers = await this.use(engineId, ask, within);
    const hosts = answers.some(mayBeOneHost) ? await this.factsOfAll() : [];
    const targets = answers.map(({ repeated, ...target }) => ({
      ...target,
      duplicate: target.duplicate && (repeated || !answersOfOneHost(target, hosts)),
    }));
    return { at: this.context.now(), targets };
  }

  /**
   * Who on the LAN of a host's NIC answers for addresses that are about to be given out.
   *
   * @param held where a container has been given them already: who else has them, and does not give way
   */
  async holders(
    engineId: string,
    nic: string,
    addresses: readonly string[],
    held?: HeldBy,
  ): Promise<ProbeResult> {
    const from = { kind: 'host', nic } as const;
    const question = { from, addresses, claim: true, ...(held && { held }) };
    const answers = await this.use(engineId, (toolbox) => toolbox.run(probeTask, question));
    return { at: this.context.now(), targets: answers.map(({ repeated: _repeated, ...target }) => target) };
  }

  /** Runs a task on a host. */
  readonly run: RunTask = (engineId, task, input) => {
    const begun = this.begun.has(engineId);
    const changes = task.rights.changes && !task.bare?.(input);
    const ran = this.use(engineId, (toolbox) => toolbox.run(task, input), { begun, whole: begun || changes });
    if (!changes) return ran;
    // What was known of the host does not count any more, however it ended.
    return ran.finally(() => this.cache.drop(engineId));
  };

  /** Helpers that go on with a task until they are removed. */
  readonly helpers: KeptHelpers = {
    keep: (engineId, task, spec, name) => {
      const begun = this.begun.has(engineId);
      const kept = this.use(engineId, (toolbox) => toolbox.keep(task, spec, name), { begun, whole: true });
      return kept.finally(() => this.cache.drop(engineId));
    },
    list: async (engineId, task) => this.context.client(engineId).keptHelpers(task),
    remove: async (engineId, name) => this.context.client(engineId).removeKeptHelper(name),
    follow: (engineId, name, onLine, onEnd) => this.context.client(engineId).helperLines(name, onLine, onEnd),
    connection: (engineId) => this.context.client(engineId),
  };

  /** Work that is begun where the toolbox is allowed: its tasks are run to its end, also where it is refused meanwhile. */
  toItsEnd<T>(engineIds: readonly string[], work: () => Promise<T>): Promise<T> {
    return this.begun.run(
      engineIds.filter((engineId) => this.allows(engineId)),
      work,
    );
  }

  /**
   * Removes what is left of the helpers of a run, and reads the engine back. Runs nothing there, so it needs no consent.
   *
   * @throws ProblemError `helpers_left`, or why the engine can't be read
   */
  async clear(engineId: string, run: string): Promise<void> {
    const left = await this.context.client(engineId).clearHelpers(run);
    if (left.length === 0) return;
    const params = { host: this.hostOf(engineId), names: left.join(' ') };
    throw new ProblemError(problem('helpers_left', params, { engineId }));
  }

  /** The engine is there, or is again: what was left on it by consoles that were killed goes, where anything is allowed; and of this one where it is no more. */
  onOnline(engineId: string): void {
    if (this.allows(engineId)) void this.work.sweep(this.context.client(engineId));
    else this.left.onOnline(engineId);
  }

  /** Its client is about to be closed: what is under way there ends, and its containers go while they still can. */
  async release(engineId: string, elsewhere: boolean): Promise<void> {
    this.left.rest(engineId);
    await this.work.stop(engineId);
    this.cache.drop(engineId);
    if (elsewhere) await this.forget(engineId);
  }

  /** Another host is behind this id from now on, or none: what was allowed was allowed for the one before. */
  forget(engineId: string): Promise<void> {
    this.begun.revoke(engineId);
    this.left.forget(engineId);
    this.cache.drop(engineId);
    return this.context.file.forgetConsent(engineId);
  }

  /** Ends what is under way and waits until its containers are gone and everything is on disk. */
  async dispose(): Promise<void> {
    this.left.dispose();
    await this.work.stopAll();
    await this.context.file.flush();
  }

  /** The one way to a helper: asked for, swept before, known while it runs. */
  private async use<T>(
    engineId: string,
    task: (toolbox: Toolbox) => Promise<T>,
    { signal: early, run, begun, whole }: WithinRun & { begun?: boolean; whole?: boolean } = {},
  ): Promise<T> {
    const client = begun ? this.context.client(engineId) : this.allowed(engineId);
    const work = async (signal: AbortSignal, onLeft: () => void) =>
      task(await this.toolbox(client, { signal, onLeft, ...(run && { run }) }));
    return this.work.run(client, work, { early, whole });
  }

  private async toolbox(
    client: EngineClient,
    within: Pick<ToolboxOptions, 'signal' | 'run' | 'onLeft'>,
  ): Promise<Toolbox> {
    const known = this.context.inventory.engine(client.engineId)?.architecture;
    const architecture = known || (await client.facts()).architecture;
    const { source, file } = this.context;
    const target = { client, architecture, host: this.hostOf(client.engineId) };
    return new Toolbox({ target, settings: file.settings, source, ...within });
  }

  /** @throws ProblemError where nothing may be run on this host: why */
  mayRun(engineId: string): void {
    this.allowed(engineId);
  }

  /** @throws ProblemError `engine_unknown`, `read_only`, `toolbox_unasked`, `toolbox_refused` */
  private allowed(engineId: string): EngineClient {
    const client = this.context.client(engineId);
    if (this.context.readOnly) throw new ProblemError(problem('read_only', {}, { engineId }));
    const { consent, grown, moved } = this.said(engineId);
    if (consent === 'granted') return client;
    const [params, place] = [{ host: this.hostOf(engineId) }, { engineId }];
    if (consent === 'refused') throw this.refused(engineId);
    if (moved) throw new ProblemError(problem('toolbox_unasked', { ...params, context: 'moved' }, place));
    const asked = grown ? ({ ...params, context: 'grown', tasks: grown.join(', ') } as const) : params;
    throw new ProblemError(problem('toolbox_unasked', asked, place));
  }

  /** Of all hosts that may be looked at and can be, as they are now. */
  private async factsOfAll(): Promise<HostFacts[]> {
    const { engines } = this.context.inventory.snapshot();
    const online = engines.filter(({ state }) => state === 'online');
    const found = await Promise.allSettled(online.map(({ id }) => this.facts(id, true)));
    return found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
  }

  private async readFacts(engineId: string): Promise<HostFacts> {
    const { inventory, now } = this.context;
    const networks = inventory.networks(engineId);
    const bridges = new Set(networks.flatMap(({ bridge }) => bridge ?? []));
    const networkIds = networks.map(({ id }) => id);
    const pids = new Set(inventory.containers(engineId).flatMap(({ detail }) => detail?.pid || []));
    const at = now();
    return this.use(engineId, async (toolbox) => {
      const facts = await toolbox.run(factsTask, bridges);
      // Some hosts don't let anybody look at their processes; the NICs are worth having all the same.
      const foreign = await toolbox.run(namespacesTask, pids).then(
        (found) => ({ foreign: found }),
        (error: unknown) => ({ foreign: null, ...problemOf(error) }),
      );
      return { engineId, at, networkIds, ...facts, ...foreign };
    });
  }

  private async withdraw(engineId: string): Promise<void> {
    await Promise.all([this.work.withdraw(engineId, this.refused(engineId)), this.begun.over(engineId)]);
    // It may have been allowed again while this waited.
    if (this.allows(engineId)) return;
    await this.work.stop(engineId);
    this.cache.drop(engineId);
    await this.left.clear(engineId);
  }

  /** What the admin said of the host that the id leads to now. */
  private said(engineId: string): Consent {
    return this.context.file.consent(this.place(engineId));
  }

  private place(engineId: string): ConsentPlace {
    return { engineId, address: this.context.addressKey(engineId) };
  }

  private refused(engineId: string): ProblemError {
    return new ProblemError(problem('toolbox_refused', { host: this.hostOf(engineId) }, { engineId }));
  }

  private hostOf(engineId: string): string {
    return hostNameOf(this.context.inventory.engine(engineId), engineId);
  }
}

/** Several machines, or one with several links; one MAC that answers twice is two machines for sure. */
const mayBeOneHost = ({ duplicate, repeated }: ProbeAnswer): boolean => duplicate && !repeated;

const problemOf = (error: unknown): Pick<HostFacts, 'foreignProblem'> =>
  error instanceof ProblemError ? { foreignProblem: error.problem } : {};
