import { join } from 'node:path';
import { toolboxVersion } from '../../../shared/rules';
import type { HelperRequest, HelperResult } from '../../docker';
import { Inventory } from '../inventory/inventory';
import { Storage } from '../storage/storage';
import { ToolboxFile } from '../toolbox/toolbox-file';
import { ToolboxService } from '../toolbox/toolbox-service';
import { facts, problem, type FakeEngine } from './fake-engine';

/** What the task that looks at a host answers on one that has nothing. */
export const factsOutput = '@@ links\n[]\n@@ routes\n@@ sys\n@@ machine\n';

/** The toolbox's own, as an engine has it. */
export const toolboxImage = {
  id: 'sha256:1',
  size: 9,
  architecture: 'amd64',
  labels: { 'io.trunkline.toolbox': toolboxVersion },
};

/** What looks at a host that has nothing answer. */
export const answersOfTasks = ({ task }: HelperRequest): HelperResult => ({
  exitCode: 0,
  stdout: task === 'facts' ? factsOutput : '@@ own\n@@ host\n@@ processes\n',
  stderr: '',
});

interface On {
  /** Where it keeps what the admin said. */
  dir: string;
  /** Known as `e1`. */
  engine: FakeEngine;
  now(): number;
  report(error: unknown): void;
  /** Whose address it has now; its own unless given. */
  addressKey?(): string;
}

/** The service as a start of the console has it, with one engine. */
export async function toolboxOn({ dir, engine, now, report, addressKey }: On): Promise<ToolboxService> {
  const inventory = new Inventory(() => undefined);
  inventory.addEngine({
    ...facts,
    id: 'e1',
    name: facts.hostName,
    position: 0,
    endpoint: engine.endpoint,
    demo: false,
    state: 'online',
    since: 0,
  });
  return new ToolboxService({
    inventory,
    client: (id) => {
      if (id === 'e1') return engine;
      throw problem('engine_unknown');
    },
    addressKey: (id) => addressKey?.() ?? id,
    source: { own: 'x86_64', get: async () => Buffer.alloc(512) },
    file: await ToolboxFile.open(join(dir, 'toolbox.json'), new Storage(report)),
    now,
    report,
  });
}
