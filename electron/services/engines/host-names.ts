import { z } from 'zod';
import type { Delta, Engine } from '../../../shared/model';
import type { Service } from '../service';
import type { Storage } from '../storage/storage';
import { openUserFile, type UserFileWriter } from '../storage/user-file';

/** More hosts than a list has; the oldest go first. */
const mostNames = 2_000;

const nameSchema = z.object({ endpoint: z.string().max(1_024), name: z.string().min(1).max(256) });
const fileSchema = z.object({ version: z.literal(1), hosts: z.record(z.string().max(64), nameSchema) });

type Names = Map<string, z.infer<typeof nameSchema>>;

/**
 * `host-names.json`: what hosts called themselves when they answered last, so that one which is down when the console starts
 * is not named by its address alone. By engine, and good for the address that answered so.
 */
export class HostNames implements Service {
  private constructor(
    private readonly names: Names,
    private readonly writer: UserFileWriter,
  ) {}

  static async open(file: string, storage: Storage): Promise<HostNames> {
    const { value, writer } = await openUserFile<Names>({
      file,
      parse: (text) => new Map(Object.entries(fileSchema.parse(JSON.parse(text)).hosts)),
      empty: new Map(),
      storage,
      most: 4 << 20,
    });
    return new HostNames(value, writer);
  }

  /** Empty where it never answered at this address. */
  last(engineId: string, endpoint: string): string {
    const known = this.names.get(engineId);
    return known?.endpoint === endpoint ? known.name : '';
  }

  onDelta({ engine }: Delta): void {
    if (engine?.state === 'online' && !engine.demo) this.keep(engine);
  }

  forget(engineId: string): void {
    if (this.names.delete(engineId)) this.write();
  }

  /** Resolves when it is on disk, or could not be put there. */
  flush(): Promise<void> {
    return this.writer.flush();
  }

  private keep({ id, endpoint, hostName: name }: Engine): void {
    if (this.last(id, endpoint) === name || !nameSchema.safeParse({ endpoint, name }).success) return;
    this.names.delete(id);
    this.names.set(id, { endpoint, name });
    for (const oldest of this.names.keys()) {
      if (this.names.size <= mostNames) break;
      this.names.delete(oldest);
    }
    this.write();
  }

  private write(): void {
    const hosts = Object.fromEntries(this.names);
    void this.writer.write(`${JSON.stringify({ version: 1, hosts }, null, 2)}\n`);
  }
}
