import { overlaps, type Cidr } from '../../../shared/rules';

/** What work needs for itself alone: a thing by its name, or the addresses of a LAN. */
export type Need = string | Cidr;

const collide = (one: Need, other: Need): boolean =>
  typeof one === 'string' || typeof other === 'string' ? one === other : overlaps(one, other);

interface Turn {
  needs: readonly Need[];
  /** Resolves when it has ended, well or not. */
  over: Promise<void>;
}

/**
 * One change at a time per engine, since two that interleave could not be taken back in order; and one per LAN, whatever
 * hosts it is on, since no engine sees an address that another one hands out at the same moment. A LAN goes by its
 * addresses: subnets that overlap are the same, whatever else tells them apart.
 */
export class Locks {
  private readonly turns = new Set<Turn>();

  /**
   * Runs when all needs are free, in the order asked. They are taken together, and each turn waits for earlier ones
   * only: no two can wait for each other.
   */
  runAll<T>(needs: readonly Need[], work: () => Promise<T>): Promise<T> {
    const before = [...this.turns].filter((turn) =>
      turn.needs.some((theirs) => needs.some((mine) => collide(theirs, mine))),
    );
    const mine = Promise.all(before.map(({ over }) => over)).then(work);
    const turn: Turn = { needs, over: mine.then(nothing, nothing) };
    this.turns.add(turn);
    void turn.over.then(() => this.turns.delete(turn));
    return mine;
  }

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.runAll([key], work);
  }

  /** Resolves when nothing runs, and at the latest after that time. */
  async idle(limitMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([Promise.all([...this.turns].map(({ over }) => over)), late]);
    clearTimeout(timer);
  }
}

const nothing = (): void => undefined;
