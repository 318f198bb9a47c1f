import type { Result } from '../model';
import type { CommandInput, CommandName, CommandOutput } from './commands';
import type { PushData, PushName } from './pushes';

/** Ends a subscription; safe to call twice. */
export type Unsubscribe = () => void;

/** Whether the pushes are flowing: a browser's WebSocket can drop, the desktop's channel can't. */
export type Connection = 'connecting' | 'open' | 'closed';

/** What the renderer is given, the same over both transports. The preload exposes it as `window.trunkline`. */
export interface TrunklineApi {
  invoke<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>>;
  on<N extends PushName>(name: N, listener: (data: PushData<N>) => void): Unsubscribe;
  onConnection(listener: (state: Connection) => void): Unsubscribe;
}
