import type { ChangeRecord, Delta } from '../../shared/model';

/**
 * The turns of a service's life, of which each has those that it needs. The console takes all of its services through
 * them alike.
 */
export interface Service {
  /** The inventory has changed so. */
  onDelta?(delta: Delta): void;
  /** The engine's part of the inventory is whole again. */
  onOnline?(engineId: string): void;
  /** A change ended, or was cut off. */
  onRecord?(record: ChangeRecord): void;
  /** Helpers were allowed or refused on the engine's host. */
  onConsent?(engineId: string): void;
  /** Helpers are about to be refused there: those that go on end. What can't be ended now stays. */
  beforeRefusal?(engineId: string): Promise<void> | void;
  /** An engine's client is about to be closed. `elsewhere`: the same id leads to another host from now on. */
  release?(engineId: string, elsewhere: boolean): Promise<void> | void;
  /** The admin took the engine off the list: what is kept for it goes. */
  forget?(engineId: string): Promise<void> | void;
  /** The console ends. Resolves when nothing is under way any more; engines can be reached until then. */
  dispose?(): Promise<void> | void;
  /** Resolves when all that was written is on disk. Called when every service is disposed of. */
  flush?(): Promise<void>;
}

/**
 * All services of a console, in the order in which they were opened: each stands on those before it. So what happens is
 * told from the first to the last, and what goes is taken from the last to the first.
 */
export class Services implements Required<Service> {
  private readonly list: Service[] = [];

  add<S extends Service>(service: S): S {
    this.list.push(service);
    return service;
  }

  onDelta(delta: Delta): void {
    for (const each of this.list) each.onDelta?.(delta);
  }

  onOnline(engineId: string): void {
    for (const each of this.list) each.onOnline?.(engineId);
  }

  onRecord(record: ChangeRecord): void {
    for (const each of this.list) each.onRecord?.(record);
  }

  onConsent(engineId: string): void {
    for (const each of this.list) each.onConsent?.(engineId);
  }

  async beforeRefusal(engineId: string): Promise<void> {
    for (const each of this.backwards()) await each.beforeRefusal?.(engineId);
  }

  async release(engineId: string, elsewhere: boolean): Promise<void> {
    for (const each of this.backwards()) await each.release?.(engineId, elsewhere);
  }

  async forget(engineId: string): Promise<void> {
    for (const each of this.backwards()) await each.forget?.(engineId);
  }

  /** Begun from the last to the first, waited for together: what one has under way may end only when another ends it. */
  async dispose(): Promise<void> {
    await Promise.all(this.backwards().map(async (each) => each.dispose?.()));
  }

  async flush(): Promise<void> {
    await Promise.all(this.list.map(async (each) => each.flush?.()));
  }

  private backwards(): Service[] {
    return [...this.list].reverse();
  }
}
