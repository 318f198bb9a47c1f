/**
 * Runs sandboxed, in a world of its own beside the page. It gives the page the contract and nothing else: the texts of
 * problems and types from `shared`, so that the bundle stays small and has no second copy of the schemas.
 */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { TrunklineApi } from '../../shared/contract';
import type { Problem, Result } from '../../shared/model';
import { problem, unexpected } from '../../shared/texts/messages';
import { commandChannel, namesFromArguments, pushChannel } from './channels';

const names = namesFromArguments(process.argv);
const commands = new Set(names.commands);
const pushes = new Set(names.pushes);

const fail = (error: Problem): Result<never> => ({ ok: false, error });

const api: TrunklineApi = {
  async invoke(name, input) {
    if (!commands.has(name)) return fail(problem('unknown_command', { name: String(name) }));
    try {
      return (await ipcRenderer.invoke(commandChannel(name), input)) as Awaited<
        ReturnType<typeof api.invoke<typeof name>>
      >;
    } catch (error) {
      // Main answers with results; what rejects is the channel itself, or an input that can't be cloned.
      return fail(unexpected(error));
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
