import type { Connection, PushName, TrunklineApi } from '../../shared/contract';
import { fail, type Problem, type Result } from '../../shared/model';
import { problem, reason } from '../../shared/texts';
import { decodeTick } from './tick-frame';

type Listener = (data: unknown) => void;

const firstRetryMs = 250;
const lastRetryMs = 5_000;

const unreachable = (cause: unknown): Problem =>
  problem('engine_unreachable', { context: 'console', detail: reason('said', { words: String(cause) }) });

/**
 * The contract over loopback: `POST /api/<command>` and one WebSocket for the pushes, with a session cookie.
 * The WebSocket comes back by itself, with growing pauses; `onConnection` tells when to read everything again.
 */
export function createWebClient(location: Pick<Location, 'origin' | 'reload'>): TrunklineApi {
  const listeners = new Map<PushName, Set<Listener>>();
  const watchers = new Set<(state: Connection) => void>();
  let state: Connection = 'connecting';
  let retryMs = firstRetryMs;

  const setState = (next: Connection) => {
    state = next;
    for (const watcher of watchers) watcher(next);
  };
  const emit = (name: PushName, data: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(data);
  };

  const post = async (name: string, input: unknown): Promise<Response> => {
    const response = await fetch(`${location.origin}/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    // The session is over: what the service then shows instead of the window says how to get in again.
    if (response.status === 401) location.reload();
    return response;
  };

  const open = () => {
    let opened = false;
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/events`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      opened = true;
      retryMs = firstRetryMs;
      setState('open');
    };
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (typeof event.data !== 'string') return emit('traffic.tick', decodeTick(event.data));
      const frame = JSON.parse(event.data) as { name: PushName; data: unknown };
      emit(frame.name, frame.data);
    };
    socket.onclose = () => {
      setState('closed');
      // A browser does not tell why it was refused.
      if (!opened) post('app.info', {}).catch(() => undefined);
      setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    };
  };
  open();

  return {
    async invoke(name, input) {
      try {
        const response = await post(name, input);
        return (await response.json()) as Result<never>;
      } catch (error) {
        return fail(unreachable(error));
      }
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as Listener));
      return () => set.delete(listener as Listener);
    },
    onConnection(watcher) {
      watchers.add(watcher);
      watcher(state);
      return () => watchers.delete(watcher);
    },
  };
}

/** Ends this browser's session, and shows what strangers see. */
export async function signOut(location: Pick<Location, 'origin' | 'replace'>): Promise<void> {
  // The answer leads to the page that asks for the password; it is not read here.
  await fetch(`${location.origin}/sign-out`, { method: 'POST', redirect: 'manual' });
  location.replace(`${location.origin}/`);
}
