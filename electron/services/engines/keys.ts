import { ProblemError, type EngineConfig, type EngineConnection } from '../../../shared/model';
import { reason } from '../../../shared/rules';
import type { Inventory } from '../inventory/inventory';
import { invalid } from './check';
import type { Secrets } from './secrets';
import type { EngineWays } from './ways';

export interface KeysContext {
  inventory: Pick<Inventory, 'engine'>;
  ways: Pick<EngineWays, 'test' | 'trust'>;
  secrets: Secrets;
  /** Tries the engine at once. */
  retry(engineId: string): void;
  /** Something is remembered, or forgotten. */
  onRemembered(): void;
}

/** What SSH asks the admin: whether a host's key is right, and what opens their own. */
export class Keys {
  constructor(private readonly context: KeysContext) {}

  async trust({ id, connection }: EngineConfig, fingerprint: string): Promise<void> {
    await this.context.ways.trust(connection, fingerprint);
    this.context.retry(id);
  }

  /** A passphrase that doesn't open the key is kept nowhere. */
  async unlock({ id, connection }: EngineConfig, passphrase: string, remember: boolean): Promise<void> {
    const { ways, secrets } = this.context;
    const file = this.file(id, connection);
    if (remember && !secrets.lasting) throw new ProblemError(invalid(reason('no_keychain'), 'remember'));
    await ways.test(connection, { passphrase }).catch((error: unknown) => {
      // Anything else that is wrong is no fault of the passphrase; the engine's own state shows it.
      if (error instanceof ProblemError && error.problem.code === 'ssh_passphrase_wrong') throw error;
    });
    await secrets.set(file, passphrase, remember);
    this.context.onRemembered();
    this.context.retry(id);
  }

  /**
   * The passphrase of a key's file; none that is remembered is no failure. A connection that stands stays: it has been
   * signed in. The next one asks.
   */
  async forget(file: string): Promise<void> {
    await this.context.secrets.forget(file);
    this.context.onRemembered();
  }

  /** The key that the engine asks to be opened, else the one that its connection names. */
  private file(engineId: string, connection: EngineConnection): string {
    const trouble = this.context.inventory.engine(engineId)?.problem;
    const asked = trouble?.code.startsWith('ssh_passphrase') ? trouble.params?.['file'] : undefined;
    if (typeof asked === 'string') return asked;
    if (connection.kind === 'ssh' && connection.keyFile) return connection.keyFile;
    throw new ProblemError(invalid(reason('no_key_waits'), 'engineId'));
  }
}
