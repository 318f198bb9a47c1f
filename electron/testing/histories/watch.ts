import type { ChangeRecord, GuardStatus, HostResult, Step as ChangeStep } from '../../../shared/model';
import { identityKey, identityOf } from '../../../shared/rules';
import { isLive } from '../../demo/engine/model';
import type { Hold } from './ledger';
import { heldOn } from './site';
import type { World } from './world';

type Connect = Extract<ChangeStep, { op: 'connect' }>;

/** After a host could not be read it is known as it was for a while, milliseconds. */
const disturbedMs = 30_000;

/** Somebody broke a promise. */
export class Violation extends Error {
  override name = 'Violation';
}

interface Begun {
  /** What was fixed where, right before. */
  picture: ReadonlyMap<string, string>;
  count: number;
}

/** Looks over the consoles’ shoulders: at what is on the engines whenever one says that something is done. */
export class Watch {
  readonly violations: string[] = [];
  private readonly begun = new Map<string, Begun>();
  /** Which change stands on an attachment. */
  private readonly stands = new Map<string, string>();

  constructor(private readonly world: World) {
    world.onRecord = (record) => this.recorded(record);
  }

  /** @throws Violation with all that was seen since */
  check(): void {
    if (this.violations.length > 0) throw new Violation(this.violations.join('\n'));
  }

  broken(promise: string): void {
    this.violations.push(promise);
  }

  private recorded(record: ChangeRecord): void {
    if (record.request.kind === 'guard') return;
    if (record.state === 'applying') {
      const { ledger } = this.world;
      this.begun.set(record.id, { picture: ledger.picture(), count: ledger.count });
      return;
    }
    const begun = this.begun.get(record.id);
    if (!begun) return;
    for (const host of record.hosts) this.checkHost(record, host, begun);
  }

  private checkHost(record: ChangeRecord, result: HostResult, begun: Begun): void {
    const stands = record.state === 'applied' || (record.state === 'partial' && result.state === 'done');
    const isBack = record.state === 'rolled-back' || record.state === 'undone';
    // What is not as before is told, and there must be a reason for it.
    const told = [...(record.exceptions ?? []), ...(result.exceptions ?? [])].length > 0;
    const excused = told && (record.state === 'rolled-back' || this.world.ledger.lastHand > begun.count);
    for (const [key, connect] of this.lastOf(result)) {
      const untouched = this.world.ledger.handAt(key) <= begun.count;
      if (stands) {
        this.stands.set(key, record.id);
        if (untouched) this.same(record, key, connect ? (connect.endpoint.ipv4 ?? 'automatic') : 'none');
        if (connect) this.alone(record, key);
      } else if (isBack && untouched && !excused) {
        const mine = record.state === 'rolled-back' || this.stands.get(key) === record.id;
        if (mine && !this.isGone(key)) this.same(record, key, begun.picture.get(key) ?? 'none');
        this.stands.delete(key);
      }
    }
  }

  /** What is left on each attachment once all steps of a host are done: the connect, or null. */
  private lastOf({ engineId, steps }: HostResult): Map<string, Connect | null> {
    const host = this.world.hostOf(engineId);
    const { networks } = this.world.engines[host]?.demo ?? {};
    const last = new Map<string, Connect | null>();
    for (const step of steps) {
      if (step.op !== 'connect' && step.op !== 'disconnect') continue;
      // One that was made by the same change is known by its name alone.
      const name = networks?.get(step.networkId)?.name;
      if (name) last.set(`${host} ${step.containerId} ${name}`, step.op === 'connect' ? step : null);
    }
    return last;
  }

  private isGone(key: string): boolean {
    const [host = '', id = ''] = key.split(' ');
    return !this.world.engines[Number(host)]?.demo.containers.has(id);
  }

  /** What the change log says is what the engine has. */
  private same({ id, state, request }: ChangeRecord, key: string, wanted: string): void {
    const has = this.world.ledger.picture().get(key) ?? 'none';
    if (has === wanted || this.isGone(key)) return;
    this.broken(
      `the log says ${state} of ${request.kind} ${id}, by which ${key} is ${wanted}, and it is ${has}`,
    );
  }

  /** Nobody else on the LAN had what was given. */
  private alone({ id, request }: ChangeRecord, key: string): void {
    const all = this.world.ledger.all();
    const mine = all.find((one) => one.key === key);
    if (!mine?.lan || mine.by !== 'console') return;
    const other = all.find(
      (one) =>
        one.key !== key && one.lan === mine.lan && one.address === mine.address && this.counts(one, mine),
    );
    if (other)
      this.broken(`${request.kind} ${id} gave ${mine.address} to ${key}, and ${other.key} had it before`);
  }

  /** Whether it was there before, where the console could know of it. */
  private counts(other: Hold, mine: Hold): boolean {
    if (other.since >= mine.since) return false;
    if (Date.now() - (this.world.disturbedAt[other.host] ?? 0) < disturbedMs) return false;
    if (this.world.states.get(this.world.idOf(other.host)) !== 'online') return false;
    // Compose makes the new one while the old one still has it.
    return other.host !== mine.host || identityOfHold(other) !== identityOfHold(mine);
  }

  /** How a guard stands once things are quiet is how its container is. */
  brokenOf(status: GuardStatus, all: readonly GuardStatus[]): string[] {
    const found: string[] = [];
    const { engineId, identity, containerName, state } = status;
    const host = this.world.hostOf(engineId);
    const held = this.world.ledger.all().filter((one) => one.host === host);
    const containers = [...(this.world.engines[host]?.demo.containers.values() ?? [])];
    const claimants = containers.filter((one) => identityKey(identityOf(one)) === identityKey(identity));
    const wrong = (why: string) =>
      this.broken(
        `the guard of ${containerName} on ${engineId} is ${state}${why}: ${JSON.stringify(status)}`,
      );
    const has = (id: string | null) =>
      status.attachments.every(({ networkName, ipv4 }) => {
        const pin = this.world.ledger.picture().get(`${host} ${id ?? ''} ${networkName}`);
        const one = held.find(({ container, network }) => container.id === id && network === networkName);
        return pin === ipv4 && (!one || !isLive(one.container) || one.address === ipv4);
      });
    if (state === 'restoring' || state === 'waiting') wrong(' though all is quiet');
    if (state === 'kept' && !has(status.current)) wrong(', and its container lacks it');
    if (state === 'away' && claimants.length > 0) wrong(', and it is there');
    if (state === 'doubled' && claimants.length < 2) wrong(', and there are no two');
    if (state === 'asked' && has(status.current)) wrong(', and its container has it all');
    if (state === 'failed' || state === 'stuck' || state === 'barred') this.checkReason(status, all, wrong);
    return found;
  }

  private checkReason(
    { problem, current, attachments, engineId, containerName }: GuardStatus,
    all: readonly GuardStatus[],
    wrong: (why: string) => void,
  ): void {
    if (!problem) return wrong(' and does not say why');
    if (!problem.code.startsWith('address_in_use')) return;
    const addresses = attachments.map(({ ipv4 }) => ipv4);
    // What is fixed for one that does not use it now counts as well.
    const others = this.world.engines
      .flatMap(heldOn)
      .filter(
        ({ container, pin, address }) =>
          container.id !== current && (addresses.includes(address) || addresses.includes(pin)),
      );
    const guards = all.filter(
      (one) =>
        (one.engineId !== engineId || one.containerName !== containerName) &&
        one.attachments.some(({ ipv4 }) => addresses.includes(ipv4)),
    );
    if (others.length + guards.length === 0) wrong(', and nobody else has its address');
  }
}

const identityOfHold = ({ container }: Hold): string => identityKey(identityOf(container));
