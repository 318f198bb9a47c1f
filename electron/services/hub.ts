import type { PushData, PushName } from '../../shared/contract';

export type PushListener = <N extends PushName>(name: N, data: PushData<N>) => void;

/** Hands each push to every listener; a listener that throws does not keep it from the others. */
export class PushHub {
  private readonly listeners = new Set<PushListener>();

  constructor(private readonly onListenerError: (error: unknown) => void) {}

  subscribe(listener: PushListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  push<N extends PushName>(name: N, data: PushData<N>): void {
    for (const listener of this.listeners) {
      try {
        listener(name, data);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }
}
