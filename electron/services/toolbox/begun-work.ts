import { AsyncLocalStorage } from 'node:async_hooks';

interface Begun {
  /** The address of each, as it was when it was begun. */
  readonly engines: Map<string, string | undefined>;
  over: Promise<void>;
}

/**
 * Work that is begun while it is allowed and goes on to its end with that, also where it is no more meanwhile: cut in the
 * midst, what it was about would be half made, and nobody would be let look at that. Whatever else is asked for at the same
 * time is none of it, so what belongs to it is known by where it was called from.
 */
export class BegunWork {
  private readonly current = new AsyncLocalStorage<Begun>();
  private readonly all = new Set<Begun>();

  /** @param addressKey the stable key of the address that an id leads to now */
  constructor(private readonly addressKey: (engineId: string) => string | undefined) {}

  /** @param engineIds where it is allowed now */
  run<T>(engineIds: readonly string[], work: () => Promise<T>): Promise<T> {
    const begun: Begun = {
      engines: new Map(engineIds.map((id) => [id, this.addressKey(id)])),
      over: Promise.resolve(),
    };
    this.all.add(begun);
    // What it has left to be done later is to ask for itself.
    const running = this.current.run(begun, work).finally(() => this.all.delete(begun));
    begun.over = running.then(nothing, nothing);
    return running;
  }

  /** Whether who asks was begun while that was allowed there, on the host that is there now. */
  has(engineId: string): boolean {
    const begun = this.current.getStore();
    if (!begun || !this.all.has(begun) || !begun.engines.has(engineId)) return false;
    return begun.engines.get(engineId) === this.addressKey(engineId);
  }

  /** Resolves when what has been begun there by now is over. */
  async over(engineId: string): Promise<void> {
    const there = [...this.all].filter(({ engines }) => engines.has(engineId));
    await Promise.all(there.map(({ over }) => over));
  }

  /** Another host is there from now on. */
  revoke(engineId: string): void {
    for (const { engines } of this.all) engines.delete(engineId);
  }
}

const nothing = (): void => undefined;
