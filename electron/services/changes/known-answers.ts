import type { Answering } from '../../../shared/rules';
import { keepNewest } from '../storage/newest';
import type { Service } from '../service';

/** How long an answer counts as fresh, milliseconds: asking for a free address takes some seconds. */
const freshFor = 30_000;
/** How long an answer is told when nobody has asked anew, milliseconds. */
const toldFor = 5 * 60_000;
/** As many addresses are kept; the oldest go first. */
const keptAnswers = 1_000;

export interface KnownAnswersContext {
  /** Whether the admin lets helpers run on this host. */
  allowed(engineId: string): boolean;
  now(): number;
}

interface Answer extends Answering {
  /** When it was asked for; null while that is under way. */
  at: number | null;
}

/** What was answered when hosts were let ask on their LANs, remembered for a while. */
export class KnownAnswers implements Service {
  private readonly answers = new Map<string, Answer>();

  constructor(private readonly context: KnownAnswersContext) {}

  /** What counts now. Of hosts where asking is no longer allowed, nothing. */
  list(): Answering[] {
    const since = this.context.now() - toldFor;
    return [...this.answers.values()]
      .filter(({ at, macs }) => macs.length > 0 && (at ?? since) >= since)
      .filter(({ engineId }) => this.context.allowed(engineId))
      .map(({ engineId, nic, address, macs }) => ({ engineId, nic, address, macs }));
  }

  /** The addresses on an interface for which somebody answered, however long ago. */
  answeredOn(engineId: string, nic: string): string[] {
    return [...this.answers.values()].flatMap((each) =>
      each.engineId === engineId && each.nic === nic && each.macs.length > 0 ? [each.address] : [],
    );
  }

  macs(engineId: string, nic: string, address: string): readonly string[] {
    return this.answers.get(keyOf({ engineId, nic, address }))?.macs ?? [];
  }

  /** Whether it was asked for lately, or is at this moment. */
  isFresh(engineId: string, nic: string, address: string): boolean {
    const known = this.answers.get(keyOf({ engineId, nic, address }));
    return known !== undefined && (known.at === null || this.context.now() - known.at < freshFor);
  }

  put(answer: Answer): void {
    const key = keyOf(answer);
    this.answers.delete(key);
    this.answers.set(key, answer);
    keepNewest(this.answers, keptAnswers);
  }

  /** Another host may be behind this id from now on, or none. */
  release(engineId: string): void {
    for (const [key, answer] of this.answers) if (answer.engineId === engineId) this.answers.delete(key);
  }
}

const keyOf = ({ engineId, nic, address }: Pick<Answer, 'engineId' | 'nic' | 'address'>): string =>
  `${engineId} ${nic} ${address}`;
