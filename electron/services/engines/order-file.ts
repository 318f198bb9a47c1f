import { z } from 'zod';
import type { Storage } from '../storage/storage';
import { openUserFile, type UserFileWriter } from '../storage/user-file';

const fileSchema = z.object({ version: z.literal(1), order: z.array(z.string().max(64)).max(2000) });

/** The admin's order of all hosts, by their ids: those of hosts that are in no settings come from their addresses. */
export interface EngineOrder {
  get(): readonly string[];
  set(order: readonly string[]): void;
  /** Resolves when it is on disk, or could not be put there. */
  flush(): Promise<void>;
}

/** Until the console ends: nothing is kept. */
export function passingOrder(): EngineOrder {
  let current: readonly string[] = [];
  return {
    get: () => current,
    set: (order) => {
      current = order;
    },
    flush: async () => undefined,
  };
}

/**
 * `order.json`: how hosts that the command line names stand among those of the settings, which have an order of their own
 * in `engines.yaml`. It is not in that file, because arranging says nothing of which engines there are.
 */
export class OrderFile implements EngineOrder {
  private constructor(
    private current: readonly string[],
    private readonly writer: UserFileWriter,
  ) {}

  static async open(file: string, storage: Storage): Promise<OrderFile> {
    const { value, writer } = await openUserFile<readonly string[]>({
      file,
      parse: (text) => fileSchema.parse(JSON.parse(text)).order,
      empty: [],
      storage,
      most: 256 << 10,
    });
    return new OrderFile(value, writer);
  }

  get(): readonly string[] {
    return this.current;
  }

  set(order: readonly string[]): void {
    this.current = order;
    void this.writer.write(`${JSON.stringify({ version: 1, order }, null, 2)}\n`);
  }

  flush(): Promise<void> {
    return this.writer.flush();
  }
}
