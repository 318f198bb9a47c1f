import { lookingOnly, type ConsoleHandlers, type ServedHandlers } from '../../shared/contract';
import { ProblemError, type AppInfo, type Preferences } from '../../shared/model';
import { addressPlan, hostName, shortId } from '../../shared/rules';
import { problem } from '../../shared/texts';
import type { Changes } from './changes/changes';
import type { PlanningInventory } from './changes/planning-inventory';
import type { EngineService } from './engines/open';
import type { GuardKeeper } from './guard/guard-keeper';
import type { AddressWatch } from './conflicts/address-watch';
import type { Inventory } from './inventory/inventory';
import type { EngineSession } from './inventory/session';
import type { PolicyService } from './policies/open';
import type { Services } from './service';
import type { PreferencesFile } from './preferences';
import type { Runs } from './runs/runs';
import type { SegmentService } from './segments/open';
import type { Storage } from './storage/storage';
import type { ToolboxService } from './toolbox/toolbox-service';
import type { Traffic } from './traffic/traffic';

/** What the commands work on. */
export interface HandlerServices {
  info(): AppInfo;
  engines: EngineService['handlers'];
  /** Throws `engine_unknown`. */
  session(engineId: string): EngineSession;
  inventory: Inventory;
  world: Pick<PlanningInventory, 'now'>;
  changes: Changes;
  traffic: Traffic;
  preferences: PreferencesFile;
  segments: SegmentService;
  storage: Pick<Storage, 'problems'>;
  toolbox: ToolboxService;
  lifeCycle: Pick<Services, 'beforeRefusal' | 'onConsent'>;
  policies: Pick<PolicyService, 'list'>;
  guards: GuardKeeper;
  runs: Runs;
  conflicts: Pick<AddressWatch, 'list'>;
  onPreferences(preferences: Preferences): void;
}

function networkNotFound(inventory: Inventory, engineId: string, network: string): ProblemError {
  const { engines } = inventory.snapshot();
  const host = hostName(engineId, engines);
  return new ProblemError(problem('network_not_found', { network: shortId(network), host }, { engineId }));
}

/** One handler per command of the contract; a read-only console has none that changes an engine. */
export function createHandlers(services: HandlerServices): ServedHandlers {
  const handlers = handlersOf(services);
  return services.info().readOnly ? lookingOnly(handlers) : handlers;
}

function handlersOf(services: HandlerServices): ConsoleHandlers {
  const { session, inventory, changes, traffic, preferences, toolbox, policies, guards, runs } = services;
  return {
    'app.info': async () => services.info(),
    'engines.list': async () => inventory.snapshot().engines,
    ...services.engines,
    'inventory.get': async () => inventory.snapshot(),
    'inventory.refresh': async ({ engineId }) => {
      await session(engineId).reader.resync(true);
      return {};
    },
    'inventory.raw': async ({ engineId, kind, id }) => session(engineId).client.raw(kind, id),
    'address.plan': async ({ engineId, networkId }) => {
      session(engineId);
      const network = inventory.network(engineId, networkId);
      if (!network) throw networkNotFound(inventory, engineId, networkId);
      return addressPlan(network, services.world.now());
    },
    'address.conflicts': async () => services.conflicts.list(),
    'change.preview': async ({ request }) => changes.preview(request),
    'change.apply': async ({ id, keepPartial, by }) => changes.apply(id, keepPartial, by),
    'change.undo': async ({ id, seen }) => changes.undo(id, seen),
    'change.recover': async ({ id, action, seen }) => changes.recover(id, action, seen),
    'change.list': async ({ limit, undo, find }) => changes.list(limit, undo, find),
    ...services.segments.handlers,
    'toolbox.describe': async () => toolbox.describe(),
    'toolbox.consent': async ({ engineId, granted }) => {
      try {
        // What goes on there by the toolbox ends first: afterwards nothing of it can be given back.
        if (!granted) await services.lifeCycle.beforeRefusal(engineId);
        const described = await toolbox.consent(engineId, granted);
        // What was being put there meanwhile has come to its end by now.
        if (!granted) await services.lifeCycle.beforeRefusal(engineId);
        return described;
      } finally {
        // It counts also where it could not be written down yet.
        services.lifeCycle.onConsent(engineId);
      }
    },
    'toolbox.configure': async (settings) => toolbox.configure(settings),
    'host.facts': async ({ engineId, refresh }) => toolbox.facts(engineId, refresh),
    'host.probe': async ({ engineId, from, addresses }) => toolbox.probe(engineId, from, addresses),
    'policies.list': async () => policies.list(),
    'guard.list': async () => guards.list(),
    'guard.set': ({ engineId, containerId }) => guards.requests.guard(engineId, containerId),
    'guard.setAll': (targets) => guards.requests.guardAll(targets),
    'guard.releaseAll': (targets) => guards.requests.unguardAll(targets),
    'guard.release': ({ engineId, identity }) => guards.requests.unguard(engineId, identity),
    'guard.decide': ({ engineId, identity, decision }) =>
      guards.requests.decide(engineId, identity, decision),
    'run.start': async ({ request }) => runs.start(request),
    'run.cancel': async ({ id }) => runs.cancel(id),
    'run.list': async () => runs.list(),
    'run.get': async ({ id }) => runs.get(id),
    'traffic.index': async () => traffic.index(),
    'traffic.history': async (query) => traffic.history(query),
    'storage.status': async () => ({ problems: services.storage.problems() }),
    'preferences.get': async () => preferences.get(),
    'preferences.set': async (change) => {
      const next = preferences.set(change);
      services.onPreferences(next);
      return next;
    },
  };
}
