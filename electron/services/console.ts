import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { AppInfo, ServedHandlers } from '../../shared/contract';
import {
  ProblemError,
  type ChangeProgress,
  type ChangeRecord,
  type Delta,
  type Step,
} from '../../shared/model';
import type { EngineClient } from '../docker';
import { openChangeLog } from './changes/change-log';
import { Changes } from './changes/changes';
import { Locks } from './changes/locks';
import { World } from './changes/world';
import { createHandlers } from './handlers';
import { openHostServices, type HostServices } from './host-services';
import { PushHub, type PushListener } from './hub';
import { DeltaGatherer } from './inventory/gather';
import { Inventory } from './inventory/inventory';
import { EngineSession } from './inventory/session';
import { unknownEngine } from './inventory/unknown-engine';
import { PreferencesFile } from './preferences';
import { readOnlyClient } from './read-only-client';
import { openSegments, type SegmentService } from './segments/open';
import { Traffic } from './traffic/traffic';

export interface ConsoleOptions {
  /** One client per engine; the console owns them from here on. */
  clients: EngineClient[];
  /** Which of the clients are simulated. */
  demoIds: ReadonlySet<string>;
  info: AppInfo;
  /** Preferences and the change log are kept here. */
  userDataDir: string;
  /** Folders that may hold packaged file systems of the toolbox. */
  toolboxDirs?: readonly string[];
  /** Where problems go that no caller hears of. */
  report(error: unknown): void;
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

function engineUnknown(engineId: string): never {
  throw new ProblemError({
    code: 'engine_unknown',
    message: `There is no engine “${engineId}”.`,
    hint: 'engines.list names the engines.',
    params: { engine: engineId },
  });
}

/** Puts the services together and starts them. */
export async function createConsole(options: ConsoleOptions): Promise<TrunklineConsole> {
  const { userDataDir, report, now = Date.now } = options;
  const hub = new PushHub(report);
  const sessions = new Map<string, EngineSession>();
  const session = (engineId: string): EngineSession => sessions.get(engineId) ?? engineUnknown(engineId);

  const traffic: Traffic = new Traffic({
    client: (id) => (inventory.engine(id)?.state === 'online' ? sessions.get(id)?.client : undefined),
    container: (engineId, id) => inventory.container(engineId, id),
    now,
    onIndex: (index) => hub.push('traffic.index', index),
    onTick: (tick) => hub.push('traffic.tick', tick),
  });
  const deltas = new DeltaGatherer((delta) => hub.push('inventory.delta', delta));
  const inventory: Inventory = new Inventory((delta: Delta) => {
    deltas.add(delta);
    traffic.onDelta(delta);
    hosts.policies.shims.onDelta(delta);
  });
  const [preferences, log] = await Promise.all([
    PreferencesFile.open(join(userDataDir, 'preferences.json'), report),
    openChangeLog(join(userDataDir, 'changes.jsonl'), report),
  ]);
  const locks = new Locks();
  const engines = {
    snapshot: () => inventory.snapshot(),
    client: (id: string) => session(id).client,
    reread: (id: string, steps: Step[], networkId?: string) => reread(session(id), steps, networkId),
    now,
    who: userInfo().username,
  };
  const onProgress = (progress: ChangeProgress) => hub.push('change.progress', progress);
  const onRecord = (record: ChangeRecord) => hub.push('change.recorded', record);
  const world = worldOf(inventory, () => ({ hosts, segments }));
  const changes = new Changes({ ...engines, world, log, onProgress, onRecord }, locks);
  const { readOnly } = options.info;
  const inHosts = { ...engines, inventory, report, readOnly, snapshot: () => world.now() };
  const hosts = await openHostServices(inHosts, hub, userDataDir, options.toolboxDirs);
  const segments = await openSegments(
    {
      ...engines,
      snapshot: () => world.withShims(),
      facts: (engineId) => hosts.toolbox.facts(engineId),
      refresh: (engineId) => session(engineId).reader.resync(false),
      locks,
      onProgress: (progress) => hub.push('segments.progress', progress),
      onRecord: (record) => hub.push('segments.recorded', record),
    },
    userDataDir,
    report,
  );
  startSessions({ ...options, now }, inventory, sessions, (engineId) => {
    traffic.onOnline(inventory.containers(engineId));
    hosts.policies.shims.onOnline(engineId);
  });
  traffic.start();
  const handlers = createHandlers({
    info: options.info,
    session,
    inventory,
    world,
    changes,
    log,
    traffic,
    preferences,
    segments,
    ...hosts,
    onPreferences: (next) => hub.push('preferences.changed', next),
  });

  return {
    handlers,
    subscribe: (listener) => hub.subscribe(listener),
    async dispose() {
      traffic.dispose();
      // Before the sessions, whose end closes the clients by which helpers are removed.
      await hosts.dispose();
      for (const each of sessions.values()) each.dispose();
      deltas.dispose();
      await Promise.all([preferences.flush(), log.flush(), segments.flush()]);
    },
  };
}

/** The services are asked when something is planned, which none is before they are all open. */
const worldOf = (
  inventory: Inventory,
  services: () => { hosts: HostServices; segments: SegmentService },
): World =>
  new World({
    snapshot: () => inventory.snapshot(),
    segments: () => services().segments.planned(),
    shims: () => services().hosts.policies.shims.policies(),
    lastFacts: () => services().hosts.toolbox.lastFacts(),
    facts: (engineId) => services().hosts.toolbox.facts(engineId),
  });

/** One session for each engine, all known before the first starts. `onOnline` is told after each (re)connection. */
function startSessions(
  { clients, demoIds, info, now, report }: ConsoleOptions & { now: () => number },
  inventory: Inventory,
  sessions: Map<string, EngineSession>,
  onOnline: (engineId: string) => void,
): void {
  for (const given of clients) {
    // The one place where clients come in: whatever asks for one later gets this.
    const client = info.readOnly ? readOnlyClient(given) : given;
    const { engineId } = client;
    const online = () => onOnline(engineId);
    sessions.set(engineId, new EngineSession(client, inventory, now, online, report));
    inventory.addEngine(unknownEngine(client, demoIds.has(engineId), now()));
  }
  for (const each of sessions.values()) each.start();
}

/** After a change, what it touched is read before the answer leaves, so that the picture is never behind it. */
async function reread(session: EngineSession, steps: Step[], networkId?: string): Promise<void> {
  const containers = new Set<string>();
  const networks = new Set<string>(networkId ? [networkId] : []);
  for (const step of steps) {
    if (step.op === 'connect' || step.op === 'disconnect') containers.add(step.containerId);
    else if (step.op === 'remove-network') networks.add(step.networkId);
  }
  await session.reader.readContainers([...containers]);
  for (const id of networks) await session.reader.readNetwork(id);
}
