import type { CommandHandlers } from '../../../shared/contract';
import type { EngineConfigList } from '../../../shared/model';
import type { Locks } from '../changes/locks';
import type { Inventory } from '../inventory/inventory';
import { EngineList, type GivenEngine } from './engine-list';
import { Engines } from './engines';
import { SessionFollower, type SessionEnd } from './follow';
import type { HostsFile } from './hosts-file';
import { Keys } from './keys';
import { passingOrder, type EngineOrder } from './order-file';
import type { Secrets } from './secrets';
import type { Sessions } from './sessions';
import type { EngineSettings } from './settings-file';
import type { EngineWays } from './ways';

type Names = Exclude<Extract<keyof CommandHandlers, `engines.${string}`>, 'engines.list'>;

/** The engines that a console begins with, and how it reaches them. */
export interface StartingEngines {
  settings: EngineSettings;
  ways: EngineWays;
  secrets: Secrets;
  /** How they are arranged; without it that ends with the console. */
  order?: EngineOrder;
  /** What `--hosts-file` names; its engines are among those that are given. */
  hostsFile?: HostsFile;
  /** Beside those of the settings. */
  given: readonly GivenEngine[];
  /** Nothing real is to be touched: no engine can be added. */
  demoOnly: boolean;
  /** Ends the simulated engines; may be called again. */
  endDemo(): Promise<void>;
}

export interface EnginesOfConsole {
  inventory: Inventory;
  sessions: Sessions;
  locks: Locks;
  /** Before a session's client is closed. */
  onEnding(engineId: string, why: SessionEnd): Promise<void>;
  /** The admin took the engine off the list. */
  forget(engineId: string): Promise<void>;
  onList(list: EngineConfigList): void;
  report(error: unknown): void;
}

/** Engines as the console uses them. */
export interface EngineService {
  handlers: Pick<CommandHandlers, Names>;
  /** Begins all sessions. */
  start(): void;
  /** Whether simulated engines are on the list. */
  demo(): boolean;
  dispose(): Promise<void>;
}

export function openEngines(starting: StartingEngines, context: EnginesOfConsole): EngineService {
  const { settings, ways, hostsFile, order = passingOrder() } = starting;
  const { sessions } = context;
  const list = new EngineList(starting.given, ways);
  const retry = (engineId: string) => sessions.get(engineId).retry();
  const follower = new SessionFollower({ ...starting, ...context, list, addresses: ways });
  const engines = new Engines({ ...starting, ...context, order, list, follower });
  const keys = new Keys({ ...starting, ...context, retry, onRemembered: () => engines.show() });
  return {
    handlers: {
      'engines.configs': async () => engines.configs(),
      'engines.candidates': async () => ways.candidates(),
      'engines.test': async ({ connection, engineId, trust, passphrase }) =>
        engines.test(connection, engineId, {
          ...(trust === undefined ? {} : { trust }),
          ...(passphrase === undefined ? {} : { passphrase }),
        }),
      'engines.add': async (config) => ({ engineId: await engines.add(config) }),
      'engines.edit': async (config) => done(engines.edit(config)),
      'engines.remove': async ({ engineId }) => done(engines.remove(engineId)),
      'engines.arrange': async ({ order }) => done(engines.arrange(order)),
      'engines.trust': async ({ engineId, fingerprint }) =>
        done(keys.trust(engines.entry(engineId).config, fingerprint)),
      'engines.unlock': async ({ engineId, passphrase, remember }) =>
        done(keys.unlock(engines.entry(engineId).config, passphrase, remember)),
      'engines.forget': async ({ file }) => done(keys.forget(file)),
      'engines.retry': async ({ engineId }) => {
        retry(engineId);
        return {};
      },
    },
    start: () => engines.start(),
    demo: () => list.of('demo').length > 0,
    async dispose() {
      hostsFile?.dispose();
      const kept = Promise.all([settings.dispose(), order.flush()]);
      sessions.dispose();
      await starting.endDemo();
      await kept;
    },
  };
}

const done = async (work: Promise<void>): Promise<Record<string, never>> => {
  await work;
  return {};
};
