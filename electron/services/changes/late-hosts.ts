import type { Engine } from '../../../shared/model';

/** Milliseconds. How long a host may take to be read before what is known of it counts as old. */
export const readMs = 5_000;

/** Hosts that are within reach and did not answer in time when they were read last: what is known of them may be old. */
export class LateHosts {
  private readonly ids = new Set<string>();

  /** A host that is out of reach meanwhile is told of as that, and is read anew once it is back. */
  list(engines: readonly Pick<Engine, 'id' | 'state'>[]): string[] {
    for (const id of this.ids)
      if (!engines.some((one) => one.id === id && one.state === 'online')) this.ids.delete(id);
    return [...this.ids];
  }

  late(engineId: string): void {
    this.ids.add(engineId);
  }

  /** It was read outside of changes: one that is as slow as before would be late in the next one again. */
  read(engineId: string, ms: number): void {
    if (ms <= readMs) this.answered(engineId);
  }

  answered(engineId: string): void {
    this.ids.delete(engineId);
  }
}
