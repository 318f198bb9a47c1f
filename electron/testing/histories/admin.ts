import type { ChangeRequest, Container, EngineRequest, GuardStatus, Snapshot } from '../../../shared/model';
import { at, type Step } from './steps';
import { subnets } from './site';
import type { World } from './world';

/** What an admin asks the console for. */
export const adminKinds = [
  'attach',
  'detach',
  'move',
  'readdress',
  'pin',
  'unpin',
  'reserve',
  'guard',
  'unguard',
  'guard-all',
  'insist',
  'adopt',
  'undo',
  'recover',
  'make-segment',
  'extend-segment',
  'delete-segment',
] as const;
export type AdminKind = (typeof adminKinds)[number];

const office = {
  ...{ name: 'office', vlan: 40, driver: 'macvlan' as const, mode: 'bridge' },
  ...{ subnets: [{ subnet: '10.70.4.0/24', gateway: '10.70.4.1' }], reserved: [] },
};

const isOnLan = ({ endpoints }: Container): boolean =>
  endpoints.some(({ networkName, ipv4, pinned4 }) => networkName !== 'apps' && (ipv4 || pinned4) !== '');

/** One gesture, by what the window shows at that moment. */
class Admin {
  private readonly engineId: string;

  constructor(
    private readonly world: World,
    private readonly step: Step,
    private readonly shown: Snapshot,
  ) {
    this.engineId = world.idOf(step.host % world.engines.length);
  }

  readonly acts: Record<AdminKind, () => Promise<unknown> | undefined> = {
    attach: () => {
      const [who, on] = [this.who(), this.network(this.step.net)];
      if (!who || !on) return undefined;
      const ipv4 = this.address(on.name);
      return this.change({ kind: 'attach', ...this.on(who.id), networkId: on.id, ...(ipv4 && { ipv4 }) });
    },
    detach: () => this.ofAttachment((on) => ({ kind: 'detach', ...on })),
    move: () => {
      const to = this.network(this.step.to);
      const ipv4 = to && this.address(to.name);
      return this.ofAttachment(({ networkId, ...on }) =>
        to
          ? { kind: 'move', ...on, fromNetworkId: networkId, toNetworkId: to.id, ...(ipv4 && { ipv4 }) }
          : null,
      );
    },
    readdress: () =>
      this.ofAttachment((on, name) => {
        const ipv4 = this.address(name);
        return ipv4 ? { kind: 'readdress', ...on, ipv4 } : null;
      }),
    pin: () => this.ofAttachment((on, _name, has) => (has ? { kind: 'readdress', ...on, ipv4: has } : null)),
    unpin: () => this.ofAttachment((on) => ({ kind: 'readdress', ...on })),
    guard: () => {
      const who = at(this.here().filter(isOnLan), this.step.who);
      return who && this.world.run('guard.set', this.on(who.id));
    },
    unguard: () =>
      this.ofGuard(({ engineId, identity }) => this.world.run('guard.release', { engineId, identity })),
    'guard-all': () => {
      const on = this.network(this.step.net);
      return (
        on && this.world.run('guard.setAll', { networks: [{ engineId: this.engineId, networkId: on.id }] })
      );
    },
    insist: () =>
      this.ofGuard(({ engineId, identity }) =>
        this.world.run('guard.decide', { engineId, identity, decision: 'restore' }),
      ),
    adopt: () =>
      this.ofGuard(({ engineId, identity }) =>
        this.world.run('guard.decide', { engineId, identity, decision: 'adopt' }),
      ),
    undo: async () => {
      const log = await this.world.run('change.list', { limit: 20, undo: false });
      const open = log.ok ? log.value.filter((one) => one.undoable && one.state === 'applied') : [];
      const record = this.step.who % 3 === 0 ? at(open, this.step.net) : open[0];
      return record && this.world.run('change.undo', { id: record.id });
    },
    recover: () => recoverAll(this.world, this.step.who),
    'make-segment': () =>
      this.change({
        ...{ kind: 'create-segment', segment: office },
        hosts: [{ engineId: this.engineId, parentNic: 'eth1' }],
      }),
    'extend-segment': () =>
      this.ofSegment((segmentId) => ({
        ...{ kind: 'add-segment-host', segmentId },
        host: { engineId: this.engineId, parentNic: 'eth1' },
      })),
    'delete-segment': () =>
      this.ofSegment((segmentId) => ({ kind: 'delete-segment', segmentId, detachRunning: true })),
    reserve: () =>
      this.ofSegment((segmentId, segment) => ({
        ...{ kind: 'edit-segment', segmentId, hosts: [] },
        segment: {
          ...segment,
          reserved: [{ from: `10.70.4.${10 + (this.step.to % 4)}`, to: '10.70.4.14', kind: 'reserved' }],
        },
      })),
  };

  private on(containerId: string) {
    return { engineId: this.engineId, containerId };
  }

  private who() {
    return at(this.here(), this.step.who);
  }

  private here(): Container[] {
    return this.shown.containers.filter(({ engineId }) => engineId === this.engineId);
  }

  private network(n: number) {
    const known = [...Object.keys(subnets), 'office'];
    return at(
      this.shown.networks.filter(({ engineId, name }) => engineId === this.engineId && known.includes(name)),
      n,
    );
  }

  private address(network: string): string | undefined {
    const { last } = this.step;
    return last === null ? undefined : `${subnets[network] ?? '10.70.4'}.${String(last)}`;
  }

  private ofAttachment(
    request: (
      on: { engineId: string; containerId: string; networkId: string },
      name: string,
      has: string,
    ) => EngineRequest | null,
  ): Promise<unknown> | undefined {
    const who = this.who();
    const on = who && at(who.endpoints, this.step.net);
    const asked = on && request({ ...this.on(who.id), networkId: on.networkId }, on.networkName, on.ipv4);
    return asked ? this.change(asked) : undefined;
  }

  private async ofGuard(ask: (guard: GuardStatus) => Promise<unknown>): Promise<unknown> {
    const guards = await this.world.run('guard.list', {});
    const guard = guards.ok ? at(guards.value, this.step.who) : undefined;
    return guard && ask(guard);
  }

  private async ofSegment(
    request: (segmentId: string, segment: typeof office) => ChangeRequest,
  ): Promise<unknown> {
    const list = await this.world.run('segments.list', {});
    const segment = list.ok ? list.value.segments[0]?.segment : undefined;
    return segment && this.change(request(segment.id, segment as unknown as typeof office));
  }

  private async change(request: ChangeRequest): Promise<unknown> {
    const preview = await this.world.run('change.preview', { request });
    if (!preview.ok || preview.value.problems.length > 0) return preview;
    return this.world.run('change.apply', { id: preview.value.id, keepPartial: this.step.keeps });
  }
}

/** Settles what was cut off, as the admin likes; where one way is closed, another. */
export async function recoverAll(world: World, taste: number): Promise<void> {
  const log = await world.run('change.list', { limit: 100, undo: false });
  const open = log.ok ? log.value.filter(({ state }) => state === 'interrupted') : [];
  const ways = (['finish', 'roll-back', 'keep'] as const).map((_, n, all) => at(all, n + taste) ?? 'keep');
  for (const { id, hosts } of open)
    for (const action of ways) {
      const done = await world.run('change.recover', { id, action, seen: hosts });
      if (done.ok) break;
    }
}

export async function actAsAdmin(world: World, kind: AdminKind, step: Step): Promise<void> {
  const shown = await world.run('inventory.get', {});
  if (!shown.ok) return;
  const { acts } = new Admin(world, step, shown.value);
  world.ask(async () => acts[kind]());
}
