import type {
  BaseAgent as Agent,
  IdentityCallback,
  ParsedKey,
  SignCallback,
  SigningRequestOptions,
} from 'ssh2';
import { BaseAgent, createAgent } from './library';

/** An agent that shows only some of its keys: a host counts every key that is tried, and hangs up after a few. */
class SomeKeys extends BaseAgent<ParsedKey> {
  constructor(
    private readonly agent: Agent<ParsedKey>,
    private readonly keys: ParsedKey[],
  ) {
    super();
  }

  getIdentities(done: IdentityCallback<ParsedKey>): void {
    done(undefined, this.keys);
  }

  sign(
    key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    done?: SignCallback,
  ): void {
    if (typeof options === 'function') this.agent.sign(key, data, options);
    else this.agent.sign(key, data, options, done);
  }
}

/** Keys of an SSH agent. */
export interface AgentKeys {
  keys: ParsedKey[];
  /** The agent with these of its keys. */
  only(keys: ParsedKey[]): Agent<ParsedKey>;
}

/** Asks an agent what it holds. Null where none answers within the time, milliseconds. */
export function askAgent(socket: string, timeoutMs: number): Promise<AgentKeys | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), timeoutMs);
    const done = (answer: AgentKeys | null) => {
      clearTimeout(timer);
      resolve(answer);
    };
    try {
      const agent = createAgent(socket) as Agent<ParsedKey>;
      agent.getIdentities((error, keys) => {
        if (error || !keys) return done(null);
        const parsed = keys.filter((key): key is ParsedKey => 'getPublicSSH' in key);
        done({ keys: parsed, only: (some) => new SomeKeys(agent, some) });
      });
    } catch {
      done(null);
    }
  });
}
