/**
 * Runs work by key, each key's at most once at a time. Whoever asks while it runs gets one further run that starts
 * afterwards, shared by all who ask until then: what they are told is never older than their question, and a thing
 * that changes a hundred times while it is read is read twice, not a hundred times.
 */
export class OneAtATime {
  private readonly running = new Map<string, Run>();

  /** How many keys are at work. */
  get size(): number {
    return this.running.size;
  }

  /** `work` of the first who asks for a run is the one that is run. */
  run(key: string, work: () => Promise<void>): Promise<void> {
    const now = this.running.get(key);
    if (!now) return this.start(key, work);
    now.next ??= now.done.then(
      () => this.start(key, work),
      () => this.start(key, work),
    );
    return now.next;
  }

  private start(key: string, work: () => Promise<void>): Promise<void> {
    const run: Run = { done: work(), next: null };
    this.running.set(key, run);
    const over = () => {
      if (!run.next) this.running.delete(key);
    };
    run.done.then(over, over);
    return run.done;
  }
}

interface Run {
  done: Promise<void>;
  next: Promise<void> | null;
}
