import type { IsolationReport } from '../../../shared/model';
import { runIsolation, type IsolationContext, type IsolationRequest } from './isolation';

interface Run {
  runId: string;
  controller: AbortController;
  report: Promise<IsolationReport>;
}

/** The isolation runs that are under way. */
export class IsolationRuns {
  private readonly running = new Set<Run>();

  constructor(private readonly context: IsolationContext) {}

  async run(request: IsolationRequest): Promise<IsolationReport> {
    const controller = new AbortController();
    const report = runIsolation(this.context, request, controller.signal);
    const run = { runId: request.runId, controller, report };
    this.running.add(run);
    try {
      return await report;
    } finally {
      this.running.delete(run);
    }
  }

  /** The run answers once its helpers are gone. One that is over is no failure. */
  cancel(runId: string): void {
    for (const run of this.running) if (run.runId === runId) run.controller.abort();
  }

  /** Cancels all; resolves when no helper of theirs is left. */
  async dispose(): Promise<void> {
    for (const { controller } of this.running) controller.abort();
    await Promise.allSettled([...this.running].map((run) => run.report));
  }
}
