/** Keeps what was overtaken from being taken: by what was told meanwhile, or by the answer to a question asked later. */
export class Latest {
  private asked = 0;
  /** Of the last question whose answer was taken, or that was out when something was told. */
  private newest = 0;

  async ask<T>(question: () => Promise<T>, take: (answer: T) => void): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const answer = await question();
    if (mine <= this.newest) return;
    this.newest = mine;
    take(answer);
  }

  /** What is told now is newer than any answer to what was asked before it. */
  told(): void {
    this.newest = this.asked;
  }
}

/** What is told while a list is on its way comes on top of it; a list that was asked for again is of no use. */
export class OnTop<T> {
  private early: T[] | null = null;

  async ask<A>(question: () => Promise<A>, take: (answer: A, early: readonly T[]) => void): Promise<void> {
    const mine: T[] = [];
    this.early = mine;
    const answer = await question();
    if (this.early !== mine) return;
    this.early = null;
    take(answer, mine);
  }

  tell(one: T): void {
    this.early?.push(one);
  }

  end(): void {
    this.early = null;
  }
}
