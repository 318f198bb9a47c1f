import type { ChangePreview, ChangeRequest, HostPlan, HostResult, Problem } from '../../../shared/model';
import type { Kept } from './change-log';

/** What a request comes to, before anything is sent. */
export interface Planned extends Pick<
  ChangePreview,
  'notices' | 'segment' | 'suggestedIpv4' | 'suggestedIpv6'
> {
  hosts: HostPlan[];
  /** Of the change as a whole. */
  problems: Problem[];
  /** What the console itself keeps of it, as it is and as it will be. */
  kept?: Kept;
}

/** What a preview has, and planning anew to apply it has again. */
export interface Asked {
  /** The preview's: what is made may be named by it. */
  id: string;
  /** When it was asked for, milliseconds since the epoch. */
  at: number;
}

/** A family of requests: what is its own beside the one road on which all of them go. */
export interface Kind<R extends ChangeRequest = ChangeRequest> {
  /** What it needs for itself alone beside its engines and their LANs, by name. */
  readonly keys: readonly string[];
  /** @throws ProblemError `engine_unknown` where it is about an engine that is not on the list */
  check?(request: R): void;
  /** The same request, world and `asked` give the same plan. */
  plan(request: R, asked: Asked): Promise<Planned>;
  /** Once a plan is there: asks in the background for what the next one had better know. */
  ask?(request: R, planned: Planned): void;
  /** Before it is planned anew to be applied: what no event tells. Rejects where that can't be read. */
  refresh?(engineIds: readonly string[]): Promise<void>;
  /** Once nothing else stands in the way of what is to be done, or taken back, there: throws where the admin does not let it. */
  allowed?(engineIds: readonly string[]): void;
  /** What is kept where only these hosts came to their end. */
  partly?(request: R, kept: Kept, results: readonly HostResult[]): Kept;
}

type KeptOf<W extends Kept['what']> = Extract<Kept, { what: W }>;

/** Where the console keeps what engines can't hold. */
export interface Keeper<W extends Kept['what'] = Kept['what']> {
  /** What is there now of what a change is about. */
  now(kept: KeptOf<W>): KeptOf<W>['before'];
  /** Puts what was there before, or what is to be there after. */
  put(kept: KeptOf<W>, when: 'before' | 'after'): Promise<void>;
  /** Why a change whose trace is no longer there can't be undone. */
  overtaken(kept: KeptOf<W>): Problem;
}

export type Keepers = Readonly<{ [W in Kept['what']]: Keeper<W> }>;

/** The one that keeps what a change is about. */
export const keeperOf = (keepers: Keepers, kept: Kept): Keeper => keepers[kept.what] as Keeper;
