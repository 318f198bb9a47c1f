import type { GuardStatus } from '../../../shared/model';
import { addressText, guardKey } from '../../../shared/rules';
import { isLive } from '../../demo/engine/model';
import { actAsAdmin, adminKinds, recoverAll, type AdminKind } from './admin';
import { clock } from './clock';
import { actByHand, handKinds, type HandKind } from './hands';
import { dotted } from './site';
import type { Step, TroubleKind } from './steps';
import { Watch } from './watch';
import { World } from './world';

const isAdmins = (what: Step['what']): what is AdminKind => (adminKinds as readonly string[]).includes(what);
const isHands = (what: Step['what']): what is HandKind => (handKinds as readonly string[]).includes(what);

/** Milliseconds until what could not be given back is tried again at the latest, and a little. */
const longestMs = 320_000;
/** As long as an audit and the read after it take. */
const settledMs = 12_000;

/** One history, from an untouched site to the last step and until all is quiet. */
export class Play {
  private readonly world: World;
  private readonly watch: Watch;

  constructor(hosts: number) {
    this.world = new World(hosts);
    this.watch = new Watch(this.world);
  }

  /** @throws Violation, or what the console itself has reported */
  async all(steps: readonly Step[], onStep: () => void): Promise<void> {
    await this.world.start();
    try {
      await clock.pass(200);
      for (const step of steps) {
        await this.one(step);
        onStep();
        this.watch.check();
      }
      await this.quiet(0);
    } finally {
      await this.world.close();
    }
  }

  private async one(step: Step): Promise<void> {
    const { what } = step;
    if (isAdmins(what)) await actAsAdmin(this.world, what, step);
    else if (isHands(what)) await actByHand(this.world, what, step);
    else await this.trouble(what, step);
    await clock.pass(step.ms);
  }

  private async trouble(what: TroubleKind, step: Step): Promise<void> {
    const { world } = this;
    const host = step.host % world.engines.length;
    if (what === 'fault') world.fault(host, 1 + (step.who % 3), step.fault);
    if (what === 'fault-reading') world.faultReading(host, 1 + step.who, step.fault);
    if (what === 'cut-off') world.cutOff(host);
    if (what === 'come-back') for (const each of world.engines.keys()) world.comeBack(each);
    if (what === 'kill') await world.kill(step.keeps);
    if (what === 'restart') await this.restart();
    if (what === 'quiet') await this.quiet(step.who);
  }

  /** What is guarded is so in the next console. */
  private async restart(): Promise<void> {
    await this.calm();
    const before = keptOf(await this.world.value('guard.list', {}));
    await this.world.restart();
    const after = keptOf(await this.world.value('guard.list', {}));
    if (after !== before) this.watch.broken(`guards were ${before}, and are ${after} after a new start`);
  }

  /** Nothing is in anybody’s way any more, and all that was asked for has been answered. */
  private async calm(): Promise<void> {
    const { world } = this;
    for (const [host, engine] of world.engines.entries()) {
      engine.faultOf = () => undefined;
      world.comeBack(host);
    }
    await clock.pass(longestMs, () => world.asked.size === 0);
    if (world.asked.size > 0) this.watch.broken('something that was asked for is never answered');
    await clock.pass(60_000, () => [...world.states.values()].every((state) => state === 'online'));
  }

  private async quiet(taste: number): Promise<void> {
    const { world, watch } = this;
    await this.calm();
    await world.until(recoverAll(world, taste));
    await clock.pass(settledMs);
    // What could not be given back may be tried again much later.
    if ((await this.guardsBroken()).length > 0) await clock.pass(longestMs);
    for (const each of await this.guardsBroken()) watch.broken(each);
    await this.checkLog();
    await this.checkShown();
    // That something could not be read is told where it can't.
    const odd = world.reported.map(String).filter((one) => !one.includes('could not be read'));
    if (odd.length > 0) watch.broken(`reported: ${odd.join(', ')}`);
    watch.check();
  }

  private async guardsBroken(): Promise<string[]> {
    const guards = await this.world.value('guard.list', {});
    return guards.flatMap((guard) => this.watch.brokenOf(guard, guards));
  }

  private async checkLog(): Promise<void> {
    const log = await this.world.value('change.list', { limit: 100, undo: false });
    for (const { id, state, request } of log)
      if (state === 'applying' || state === 'interrupted')
        this.watch.broken(`${request.kind} ${id} is ${state} though all is quiet`);
  }

  /** What the window shows is what the engines have. */
  private async checkShown(): Promise<void> {
    const { containers } = await this.world.value('inventory.get', {});
    const shown = containers.flatMap((one) =>
      [
        one.id,
        ...one.endpoints.map((on) => `${one.id} ${on.networkName} ${on.pinned4 ?? ''} ${on.ipv4}`),
      ].map((text) => `${one.state} ${text}`),
    );
    const real = this.world.engines.flatMap(({ demo }) =>
      [...demo.containers.values()].flatMap((one) => {
        const live = isLive(one);
        const ends = [...one.endpoints.values()].map(({ networkName, config, attached }) => {
          const address = live && attached?.ipv4 ? dotted(attached.ipv4.value) : '';
          return `${one.id} ${networkName} ${config.IPAMConfig?.IPv4Address ?? ''} ${address}`;
        });
        return [one.id, ...ends].map((text) => `${one.state} ${text}`);
      }),
    );
    const [missing] = real.filter((one) => !shown.includes(one));
    const [odd] = shown.filter((one) => !real.includes(one));
    if (missing ?? odd)
      this.watch.broken(`shown is ${odd ?? 'nothing'}, and there is ${missing ?? 'nothing'}`);
  }
}

const keptOf = (guards: readonly GuardStatus[]): string =>
  JSON.stringify(guards.map((one) => [guardKey(one), one.attachments.map(addressText)]));
