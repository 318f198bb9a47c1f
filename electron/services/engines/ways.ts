import type { EngineCandidate, EngineConnection, Result } from '../../../shared/model';
import type { EngineClient, FoundEngine } from '../../docker';

/** What addresses of engines mean. Contacts nobody. */
export interface Addresses {
  /** Any spelling of an address; `invalid_input` says what is wrong with it. */
  connectionOf(text: string): Result<EngineConnection>;
  /** As one line: `ssh://admin@atlas`. Two connections with one address lead to one engine. */
  addressOf(connection: EngineConnection): string;
  /** The stable key of an address. */
  engineIdOf(connection: EngineConnection): string;
}

/** What the admin adds while a connection is tried. */
export interface TestOptions {
  /** The fingerprint of an unknown SSH host's key that the admin accepts. */
  trust?: string;
  /** Opens the SSH key, for this test alone. */
  passphrase?: string;
}

/** The ways to engines, as the settings need them. All rejections are a `ProblemError`. */
export interface EngineWays extends Addresses {
  /** Connects at its first call, and not before. */
  client(engineId: string, connection: EngineConnection): EngineClient;
  candidates(): Promise<EngineCandidate[]>;
  test(connection: EngineConnection, options?: TestOptions): Promise<FoundEngine>;
  /** Keeps an SSH host's key in the console's own known_hosts. */
  trust(connection: EngineConnection, fingerprint: string): Promise<void>;
}
