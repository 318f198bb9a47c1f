/** What passes between the main process and a document's isolated world, as JSON text. `data` is {@link encode}d. */
export type ToMain =
  | { type: 'send'; channel: string; data: string }
  | { type: 'invoke'; id: number; channel: string; data: string }
  | { type: 'post'; channel: string; data: string; ports: string[] }
  | { type: 'port-message'; port: string; data: string }
  | { type: 'port-close'; port: string }
  | { type: 'open'; url: string; frameName: string; features: string }
  | { type: 'preload-error'; data: string };

export type ToRenderer =
  | { type: 'send'; channel: string; data: string }
  | { type: 'reply'; id: number; channel: string; data: string }
  | { type: 'reply-error'; id: number; channel: string; error: string }
  | { type: 'post'; channel: string; data: string; ports: string[] }
  | { type: 'port-message'; port: string; data: string }
  | { type: 'port-close'; port: string };

/** Given to the isolated world when it starts. */
export interface WorldConfig {
  /** Prefix of the event names between the worlds. */
  secret: string;
  /** Path of the preload, for its error message. */
  preload: string;
  /** What the preload sees as `process`. */
  process: {
    platform: string;
    arch: string;
    versions: Record<string, string>;
    argv: string[];
    execPath: string;
  };
}

/** Names that main and the isolated world find each other by. */
export const isolatedWorldName = 'Electron Isolated Context';
export const bindingName = '__standinSend';
export const receiverName = '__standinReceive';
