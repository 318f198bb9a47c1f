type Listener = (...args: unknown[]) => void;

/** The part of Node's EventEmitter that a sandboxed preload is given. */
export class EventEmitter {
  readonly #listeners = new Map<string, { call: Listener; raw: Listener }[]>();

  on(event: string, raw: Listener, call: Listener = raw): this {
    const list = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, [...list, { call, raw }]);
    return this;
  }

  once(event: string, raw: Listener): this {
    return this.on(event, raw, (...args) => {
      this.off(event, raw);
      raw.apply(this, args);
    });
  }

  off(event: string, raw: Listener): this {
    const list = this.#listeners.get(event) ?? [];
    const at = list.findIndex((entry) => entry.raw === raw);
    if (at >= 0) this.#listeners.set(event, list.toSpliced(at, 1));
    return this;
  }

  addListener(event: string, raw: Listener): this {
    return this.on(event, raw);
  }

  removeListener(event: string, raw: Listener): this {
    return this.off(event, raw);
  }

  removeAllListeners(event?: string): this {
    if (event === undefined) this.#listeners.clear();
    else this.#listeners.delete(event);
    return this;
  }

  listenerCount(event: string): number {
    return this.#listeners.get(event)?.length ?? 0;
  }

  emit(event: string, ...args: unknown[]): boolean {
    const list = this.#listeners.get(event) ?? [];
    for (const { call } of list) {
      try {
        call.apply(this, args);
      } catch (error) {
        // One listener's failure is reported as uncaught and keeps none of the others from hearing.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    return list.length > 0;
  }
}
