import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { ServedHandlers } from '../../shared/contract';
import type { AppInfo, ChangeProgress, ChangeRecord } from '../../shared/model';
import { openChangeLog, type ChangeLog } from './changes/change-log';
import { Changes } from './changes/changes';
import { kindsOf, type KindsContext } from './changes/kinds';
import { LanAddresses, type LanAddressesContext } from './changes/lan-addresses';
import { Locks } from './changes/locks';
import { KnownAnswers } from './changes/known-answers';
import type { AffectedObjects } from './changes/affected-objects';
import { Unsettled } from './changes/unsettled';
import { PlanningInventory, type PlanningSources } from './changes/planning-inventory';
import { HostNames } from './engines/host-names';
import type { SessionEnd } from './engines/follow';
import { openEngines, type StartingEngines } from './engines/open';
import type { Sessions } from './engines/sessions';
import type { Addresses } from './engines/ways';
import type { GuardContext } from './guard/context';
import { GuardKeeper } from './guard/guard-keeper';
import { createHandlers } from './handlers';
import { openHostServices, type HostServices } from './host-services';
import { PushHub, type PushListener } from './hub';
import type { Inventory } from './inventory/inventory';
import { reread } from './inventory/reread';
import type { EngineSession } from './inventory/session';
import { clearUnfinished } from './storage/leftovers';
import { leasesTold } from './leased';
import { createPicture } from './picture';
import { newOwner } from './storage/owner';
import { PreferencesFile } from './preferences';
import type { Importer } from './segments/import-worker';
import { openSegments } from './segments/open';
import { PlanFile } from './segments/plan-file';
import { importSegments } from './segments/transfer';
import { Services } from './service';
import { Storage } from './storage/storage';
import { openToolbox, type ToolboxService } from './toolbox/toolbox-service';

export interface ConsoleOptions {
  /** The console ends them when it is disposed of. */
  engines: StartingEngines;
  /** `demo` is what it is by then. */
  info: Omit<AppInfo, 'demo'>;
  /** Preferences and the change log are kept here. */
  userDataDir: string;
  /** Whether that folder is locked for this console; else the log tells who else works there. */
  alone?: boolean;
  /** Folders that may hold packaged file systems of the toolbox. */
  toolboxDirs?: readonly string[];
  /** Reads pasted texts; in this very thread unless given. */
  importer?: Importer;
  /** Where problems go that no caller hears of. */
  report(error: unknown): void;
  /** Where those of the settings' file go, which are open already. */
  storage?: Storage;
  /** How long a preview waits for a look at a host, milliseconds; a few seconds unless given. */
  lookPatienceMs?: number;
  /** Whether LANs are asked for other devices with containers’ addresses (`AddressWatch`); they are unless this says no. */
  asksForConflicts?: boolean;
  now?: () => number;
}

/** The whole product without a window: what both transports serve. */
export interface TrunklineConsole {
  /** Without those that change an engine, when the console is read-only. */
  handlers: ServedHandlers;
  subscribe(listener: PushListener): () => void;
  /** Ends every stream and waits until everything is on disk. */
  dispose(): Promise<void>;
}

/** How long the end of the console waits for changes on their way, milliseconds. */
const changeEndMs = 10_000;

/** Puts the services together and starts them. */
export async function createConsole(options: ConsoleOptions): Promise<TrunklineConsole> {
  const { userDataDir, alone = false, report, now = Date.now, storage = new Storage(report) } = options;
  const hub = new PushHub(report);
  const [{ readOnly }, { client }] = [options.info, options.engines.ways];
  const services = new Services();
  const owner = newOwner();
  const files = await openOwnFiles({ userDataDir, alone, storage, now }, hub, owner.name);
  const { preferences, log, plan, names } = files;
  const onRead = (engineId: string, ms: number): void => world.late.read(engineId, ms);
  const picture = createPicture({ client, readOnly, services, names, now, report, onRead }, hub);
  const { inventory, sessions, traffic } = picture;
  const session = (engineId: string): EngineSession => sessions.get(engineId);
  Object.values(files).forEach((file) => services.add(file));
  const locks = new Locks();
  const common = { ...engineParts(inventory, session), now, owner: owner.name };
  const inHosts = { ...common, inventory, report, storage, readOnly };
  const addressKey = addressKeysOf(inventory, sessions, options.engines.ways);
  const toolbox = services.add(
    await openToolbox({ ...inHosts, addressKey }, userDataDir, options.toolboxDirs),
  );
  const answers = services.add(new KnownAnswers({ allowed: (id) => toolbox.allows(id), now }));
  const world = worldOf({ inventory, plan, toolbox, answers, log, leases: leasesTold(hub) }, options);
  const refresh = (engineId: string) => session(engineId).reader.resync(false);
  const unsettled = new Unsettled(log);
  const cutOff = unsettled.problemOfPolicy.bind(unsettled);
  const beside = { locks, cutOff, plan, asks: options.asksForConflicts, snapshot: () => world.now() };
  const hosts = openHostServices({ ...inHosts, ...beside, services, toolbox, answers }, hub);
  const lans = lansOf({ locks, world, refresh }, hosts);
  const importer = options.importer ?? (async (source) => importSegments(source));
  const segments = openSegments({ ...common, importer, plan });
  const kinds = kindsIn({ client: common.client, world, refresh, log, toolbox, hosts, plan });
  const pushes = changePushesOf(hub, services);
  const changes = services.add(new Changes({ ...common, ...pushes, ...kinds, world, lans, log }));
  const guards: GuardKeeper = services.add(guardsOn(changes, { ...inHosts, world, plan, log }, hub));
  // Before anything goes by the plan. What another console could not write yet is its own, and what is unread is no plan.
  if (plan.isRead && log.alone()) await changes.putPlanAgain();
  const engines = openEngines(options.engines, {
    inventory,
    sessions,
    locks,
    onEnding: endingOf(services),
    forget: (engineId) => services.forget(engineId),
    onList: (list) => hub.push('engines.configured', list),
    report,
  });
  engines.start();
  traffic.start();
  const handlers = createHandlers({
    info: () => infoOf(options.info, engines.demo()),
    engines: engines.handlers,
    session,
    inventory,
    world,
    changes,
    traffic,
    preferences,
    segments,
    storage,
    toolbox,
    lifeCycle: services,
    ...hosts,
    guards,
    onPreferences: (next) => hub.push('preferences.changed', next),
  });

  return {
    handlers,
    subscribe: (listener) => hub.subscribe(listener),
    async dispose() {
      // A change that is on its way comes to its end; one that can't, within this time, is found in the journal next time.
      await locks.idle(changeEndMs);
      // Before the sessions, whose end closes the clients by which helpers are removed.
      await services.dispose();
      await engines.dispose();
      picture.deltas.dispose();
      await services.flush();
      owner.release();
    },
  };
}

/** What every service that changes engines needs of them. */
const engineParts = (inventory: Inventory, session: (engineId: string) => EngineSession) => ({
  snapshot: () => inventory.snapshot(),
  client: (id: string) => session(id).client,
  reread: async (id: string, affected: AffectedObjects) => reread(session(id).reader, affected),
  who: userInfo().username,
});

const lansOf = (
  { locks, world, refresh }: Pick<LanAddressesContext, 'locks' | 'refresh'> & { world: PlanningInventory },
  { neighbours }: HostServices,
): LanAddresses =>
  new LanAddresses({
    ...{ locks, inventory: () => world.now(), refresh, late: world.late },
    strangers: neighbours.strangers.bind(neighbours),
    rivals: neighbours.rivals.bind(neighbours),
  });

/** Simulated engines are the same ones at each start, by another address. */
const addressKeysOf =
  (inventory: Inventory, sessions: Sessions, { engineIdOf }: Addresses) =>
  (engineId: string): string | undefined => {
    if (inventory.engine(engineId)?.demo) return engineId;
    const connection = sessions.connection(engineId);
    return connection && engineIdOf(connection);
  };

type OwnFolder = Required<Pick<ConsoleOptions, 'userDataDir' | 'alone' | 'storage' | 'now'>>;

async function openOwnFiles(
  { userDataDir, alone: locked, storage, now }: OwnFolder,
  hub: PushHub,
  owner: string,
) {
  // One that has left the folder may still be ending: it works on nothing here any more.
  const alive = locked ? () => false : undefined;
  storage.tell((problems) => hub.push('storage.changed', { problems }));
  const [preferences, log, names] = await Promise.all([
    PreferencesFile.open(join(userDataDir, 'preferences.json'), storage),
    openChangeLog(join(userDataDir, 'changes.jsonl'), storage, alive, owner),
    // No more than names are lost with it, which come back: nothing to bother the admin with.
    HostNames.open(join(userDataDir, 'host-names.json'), new Storage(storage.report)),
  ]);
  // The log tells who else works on this folder; by now this console's own name is in it.
  const alone = log.alone();
  if (alone) await clearUnfinished(userDataDir, storage.report, now());
  const plan = await PlanFile.open(join(userDataDir, 'plan.yaml'), storage, alone);
  return { preferences, log, plan, names };
}

const changePushesOf = (hub: PushHub, services: Pick<Services, 'onRecord'>) => ({
  onProgress: (progress: ChangeProgress) => hub.push('change.progress', progress),
  onRecord: (record: ChangeRecord) => {
    hub.push('change.recorded', record);
    services.onRecord(record);
  },
});

/** What is done while an engine can still be spoken to that is about to be let go. */
const endingOf =
  (services: Services) =>
  async (engineId: string, why: SessionEnd): Promise<void> => {
    // What stays beside containers would go on for good, and nobody know of it.
    if (why === 'gone') await services.beforeRefusal(engineId);
    await services.release(engineId, why === 'elsewhere');
  };

type GuardParts = Pick<GuardContext, 'readOnly' | 'now' | 'report'> & {
  client: KindsContext['engine']['client'];
  world: PlanningInventory;
  plan: PlanFile;
  log: ChangeLog;
};

const guardsOn = (
  changes: Changes,
  { world, plan, log, client, ...parts }: GuardParts,
  hub: PushHub,
): GuardKeeper =>
  new GuardKeeper({
    ...{ ...parts, world: () => world.now(), store: plan.guards(), changes },
    read: async (engineId, id) => ({ ...(await client(engineId).container(id)), engineId }),
    interrupted: () => log.list().filter(({ state }) => state === 'interrupted'),
    onChange: (statuses) => hub.push('guards.changed', statuses),
  });

interface KindParts extends Pick<KindsContext['segment'], 'plan' | 'refresh'> {
  client: KindsContext['engine']['client'];
  world: PlanningInventory;
  log: ChangeLog;
  toolbox: ToolboxService;
  hosts: HostServices;
}

/** What changes are made of here, and by what they are done on the hosts themselves. */
function kindsIn({ client, world, refresh, log, toolbox, hosts, plan }: KindParts) {
  const { policies, neighbours } = hosts;
  const kinds = kindsOf({
    engine: { client, world, records: () => log.list(), neighbours },
    segment: {
      ...{ plan, refresh, neighbours },
      inventory: () => world.now(),
      facts: (engineId) => world.look(engineId),
    },
    policy: {
      ...{ client, world },
      mayRun: (engineId) => toolbox.mayRun(engineId),
      plan: policies.plan,
      keepers: policies.keepers,
    },
  });
  return { ...kinds, access: policies.access, toItsEnd: toolbox.toItsEnd.bind(toolbox) };
}

interface WorldParts {
  inventory: Inventory;
  plan: PlanFile;
  toolbox: ToolboxService;
  answers: KnownAnswers;
  log: ChangeLog;
  leases: PlanningSources['leases'];
}

const worldOf = (
  { inventory, plan, toolbox, answers, log, leases }: WorldParts,
  { lookPatienceMs }: ConsoleOptions,
): PlanningInventory =>
  new PlanningInventory(
    {
      snapshot: () => inventory.snapshot(),
      segments: () => plan.segments(),
      shims: () => plan.policies('shim').list(),
      guards: () => plan.guards().list(),
      ...(leases && { leases }),
      lastFacts: () => toolbox.lastFacts(),
      answering: () => answers.list(),
      records: () => log.list(),
      facts: (engineId, refresh) => toolbox.facts(engineId, refresh),
    },
    lookPatienceMs,
  );

/** Why there are only simulated engines is of interest while there are. */
const infoOf = ({ demoReason, demoTried, ...info }: ConsoleOptions['info'], demo: boolean): AppInfo => ({
  ...info,
  demo,
  ...(demo && demoReason ? { demoReason, demoTried: demoTried ?? [] } : {}),
});
