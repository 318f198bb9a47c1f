/**
 * Runs sandboxed, in a world of its own beside the page. It gives the page the contract and nothing else: types only
 * from `shared`, so that the bundle stays small and has no second copy of the schemas.
 */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { TrunklineApi } from '../../shared/contract';
import type { Problem, Result } from '../../shared/model';
import { commandChannel, namesFromArguments, pushChannel } from './channels';

const names = namesFromArguments(process.argv);
const commands = new Set(names.commands);
const pushes = new Set(names.pushes);

const problem = (code: Problem['code'], message: string): Result<never> => ({
  ok: false,
  error: { code, message },
});

const api: TrunklineApi = {
  async invoke(name, input) {
    if (!commands.has(name)) return problem('unknown_command', `There is no command “${String(name)}”.`);
    try {
      return (await ipcRenderer.invoke(commandChannel(name), input)) as Awaited<
        ReturnType<typeof api.invoke<typeof name>>
      >;
    } catch (error) {
      // Main answers with results; what rejects is the channel itself, or an input that can't be cloned.
      return problem('internal', error instanceof Error ? error.message : String(error));
    }
  },

  on(name, listener) {
    if (!pushes.has(name)) throw new Error(`There is no push “${String(name)}”.`);
    // The event object holds the sender: it must not reach the page.
    const heard = (_event: IpcRendererEvent, data: unknown) => listener(data as never);
    const channel = pushChannel(name);
    ipcRenderer.on(channel, heard);
    return () => void ipcRenderer.off(channel, heard);
  },

  onConnection(listener) {
    let listening = true;
    // As a WebSocket would: never before the caller has what it subscribed with.
    queueMicrotask(() => listening && listener('open'));
    return () => {
      listening = false;
    };
  },
};

contextBridge.exposeInMainWorld('trunkline', api);
