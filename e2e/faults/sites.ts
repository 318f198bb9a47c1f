import { givenEndpoints } from '../../electron/services/testing/given-engines';
import type { EngineConfig, EngineSite } from '../../shared/model';
import { startConsole, type TestConsole } from '../integration/console';
import type { LabHost } from '../lab';

/** Hosts of the settings, in memory, so that where they are can be said anew. */
export interface PlacedConsole {
  console: TestConsole;
  place(host: LabHost, said: EngineSite): Promise<void>;
}

export async function placedConsole(hosts: readonly LabHost[]): Promise<PlacedConsole> {
  const none = givenEndpoints([]);
  let kept: readonly EngineConfig[] = [];
  const settings = {
    ...none.settings,
    decided: true,
    configs: () => kept,
    save: async (configs: readonly EngineConfig[]) => void (kept = configs),
  };
  const console = await startConsole(hosts, { ...none, settings });
  const of = (host: LabHost) => ({ connection: { kind: 'socket' as const, path: host.socket } });
  for (const host of hosts) await console.value('engines.add', of(host));
  return {
    console,
    place: async (host, said) => {
      await console.value('engines.edit', { id: console.engineId(host), ...of(host), ...said });
    },
  };
}
