import type { AnyAuthMethod, ParsedKey } from 'ssh2';
import { ProblemError, type Reason } from '../../../shared/model';
import { problem } from '../../../shared/texts/messages';
import { reason, reasonList } from '../../../shared/texts/reason';
import type { AccessContext } from '../places/access';
import { askAgent, type AgentKeys } from './agent';
import type { Hop } from './hops';
import { KeyProblem, publicHalf, readKey } from './keys';

/** An agent that doesn't answer is left alone soon; it may be waiting for somebody to confirm. Milliseconds. */
const AGENT_MS = 3_000;

const has = (keys: readonly ParsedKey[], half: Buffer) => keys.find((key) => key.getPublicSSH().equals(half));

/**
 * The ways to sign in on one hop, one after the other: keys that were named (by the agent where it holds them, else from
 * their file), then whatever else the agent holds. Keys only: a password would have to be typed or kept.
 */
export class SignIn {
  private readonly tried: Reason[] = [];
  private readonly hindrances: KeyProblem[] = [];
  private readonly offered: Buffer[] = [];
  private ways: AsyncGenerator<AnyAuthMethod> | undefined;

  constructor(
    private readonly hop: Hop,
    private readonly access: AccessContext,
  ) {}

  /**
   * The next way, for ssh2; false when there is none left.
   *
   * @param accepted what the host takes, as it said after the last try; null before the first.
   */
  async next(accepted: readonly string[] | null): Promise<AnyAuthMethod | false> {
    if (accepted && accepted.length > 0 && !accepted.includes('publickey')) {
      this.tried.push(reason('tried_only', { methods: accepted.join(', ') }));
      return false;
    }
    this.ways ??= this.all();
    const { value, done } = await this.ways.next();
    return done ? false : (value as AnyAuthMethod);
  }

  /** Why nothing worked: a key that the admin chose and that could not be used comes before all else. */
  problem(): ProblemError {
    const [chosen] = this.hop.keyFiles;
    const hindrance =
      this.hindrances.find((each) => each.problem.params?.file === chosen) ??
      this.hindrances.find((each) => each.problem.code !== 'ssh_key_unreadable') ??
      (this.offered.length === 0 ? this.hindrances[0] : undefined);
    if (hindrance) return hindrance;
    const { user, name: host } = this.hop;
    const [first = reason('tried_nothing'), ...others] = this.tried;
    const tried = reasonList([first, ...others]);
    return new ProblemError(problem('ssh_auth_failed', { user, host, tried }));
  }

  private async *all(): AsyncGenerator<AnyAuthMethod> {
    const { agent: socket, keyFiles, usualKeyFiles, onlyThese } = this.hop;
    const agent = socket === undefined ? null : await askAgent(socket, AGENT_MS);
    if (socket !== undefined && !agent) this.tried.push(reason('tried_no_agent', { socket }));
    const named = keyFiles.length > 0;
    for (const file of named ? keyFiles : usualKeyFiles) yield* this.file(file, agent, named);
    if (!agent || onlyThese) return;
    const others = agent.keys.filter((key) => !this.wasOffered(key.getPublicSSH()));
    if (others.length === 0) return;
    const keys = others.map((key) => key.comment || key.type).join(', ');
    this.tried.push(reason('tried_agent', { keys }));
    for (const key of others) this.offered.push(key.getPublicSSH());
    yield this.byAgent(agent, others);
  }

  private async *file(file: string, agent: AgentKeys | null, named: boolean): AsyncGenerator<AnyAuthMethod> {
    const half = await publicHalf(file);
    const held = half && agent ? has(agent.keys, half) : undefined;
    if (half && held && agent && !this.wasOffered(half)) {
      this.offered.push(half);
      this.tried.push(reason('tried_agent', { keys: file }));
      yield this.byAgent(agent, [held]);
      return;
    }
    const key = await this.read(file, named);
    if (!key || this.wasOffered(key.getPublicSSH())) return;
    this.offered.push(key.getPublicSSH());
    this.tried.push(reason('tried_key', { file }));
    yield { type: 'publickey', username: this.hop.user, key };
  }

  private async read(file: string, named: boolean): Promise<ParsedKey | undefined> {
    try {
      return await readKey(file, (of) => this.access.passphrase(of));
    } catch (error) {
      if (!(error instanceof KeyProblem)) throw error;
      // Nobody named the usual files: that they are absent is no news.
      if (named || error.problem.code !== 'ssh_key_unreadable') this.hindrances.push(error);
      return undefined;
    }
  }

  private byAgent(agent: AgentKeys, keys: ParsedKey[]): AnyAuthMethod {
    return { type: 'agent', username: this.hop.user, agent: agent.only(keys) };
  }

  private wasOffered(half: Buffer): boolean {
    return this.offered.some((each) => each.equals(half));
  }
}
