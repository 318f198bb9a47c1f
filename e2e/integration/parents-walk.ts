import fc from 'fast-check';
import { expect } from 'vitest';
import type { ChangeRecord, ChangeRequest } from '../../shared/model';
import { until, type Lab, type LabHost } from '../lab';
import type { TestConsole } from './console';

/**
 * A seeded walk of changes on networks whose parents go and come back: what the log says of each is compared with what
 * the engine itself has, and in the end every container must restart.
 */

const moves = fc.record({
  what: fc.constantFrom(
    'attach',
    'attach',
    'detach',
    'move',
    'readdress',
    'undo',
    'undo',
    'parent',
    'parent',
  ),
  who: fc.constantFrom('walker-a', 'walker-b'),
  from: fc.nat(1),
  last: fc.option(fc.integer({ min: 60, max: 64 })),
});
type Move = typeof moves extends fc.Arbitrary<infer M> ? M : never;
const links = ['walk-a', 'walk-b'] as const;
const containers = ['walker-a', 'walker-b'] as const;

/** By container and network: the pin, and whether the network itself knows the container. */
type State = Record<string, Record<string, { pin: string; member: boolean }>>;

export class ParentsWalk {
  private readonly gone = new Set<string>();
  private readonly outcomes = new Set<string>();
  private applied: { id: string; before: State }[] = [];

  /** @param subnets the first three numbers of the two subnets */
  constructor(
    private readonly console_: TestConsole,
    private readonly lab: Lab,
    private readonly host: LabHost,
    private readonly subnets: readonly [string, string],
  ) {}

  async prepare(): Promise<void> {
    for (const [index, link] of links.entries()) {
      await this.addLink(link);
      const subnet = this.subnets[index] ?? '';
      await this.host.docker(
        ...['network', 'create', '-d', 'macvlan', '--subnet', `${subnet}.0/24`, '--gateway', `${subnet}.1`],
        ...['-o', `parent=${link}`, `on-${link}`],
      );
    }
    for (const name of containers)
      await this.host.docker(
        ...['run', '-d', '--name', name, '--stop-signal', 'SIGKILL', this.lab.image, 'sleep', '3600'],
      );
  }

  private async addLink(link: string): Promise<void> {
    await this.host.exec('ip', 'link', 'add', link, 'type', 'veth', 'peer', 'name', `${link}-p`);
    await this.host.exec('ip', 'link', 'set', link, 'up');
    await this.host.exec('ip', 'link', 'set', `${link}-p`, 'up');
  }

  async go(seed: number, steps: number): Promise<void> {
    for (const [index, move] of fc.sample(moves, { seed, numRuns: steps }).entries()) {
      try {
        await this.act(move);
      } catch (error) {
        const text = `seed ${String(seed)}, step ${String(index)} on ${this.host.engine}: ${JSON.stringify(move)}`;
        throw new Error(
          `${text}: ${error instanceof Error ? error.message : String(error)}; has ${JSON.stringify(await this.state())}`,
          {
            cause: error,
          },
        );
      }
    }
    await this.settle();
    expect([...this.outcomes]).toEqual(expect.arrayContaining(['applied', 'undone', 'leftover']));
  }

  private async act(move: Move): Promise<void> {
    if (move.what === 'parent') return this.toggle(links[move.from] ?? links[0]);
    if (move.what === 'undo') return this.undo();
    await this.ask(move);
  }

  private async toggle(link: string): Promise<void> {
    if (this.gone.delete(link)) return this.addLink(link);
    this.gone.add(link);
    await this.host.exec('ip', 'link', 'del', link);
  }

  private async requestOf({ what, who, from, last }: Move): Promise<ChangeRequest> {
    const [one, other] = await Promise.all(
      [from, 1 - from].map((index) => this.console_.network(this.host, `on-${links[index] ?? ''}`)),
    );
    const { engineId, id: containerId } = await this.console_.container(this.host, who);
    const on = { engineId, containerId };
    const pin = (index: number) =>
      last === null ? {} : { ipv4: `${this.subnets[index] ?? ''}.${String(last)}` };
    const networkId = one?.id ?? '';
    if (what === 'detach') return { kind: what, ...on, networkId };
    if (what === 'move')
      return { kind: what, ...on, fromNetworkId: networkId, toNetworkId: other?.id ?? '', ...pin(1 - from) };
    return { kind: what === 'readdress' ? what : 'attach', ...on, networkId, ...pin(from) };
  }

  private async ask(move: Move): Promise<void> {
    const before = await this.state();
    const request = await this.requestOf(move);
    const preview = await this.console_.value('change.preview', { request });
    if (preview.problems.length > 0) return;
    await this.console_.run('change.apply', { id: preview.id });
    const [record, after] = [await this.record(preview.id), await this.state()];
    this.outcomes.add(record?.state ?? 'refused');
    if (record?.state === 'applied') {
      this.checkApplied(move, after);
      this.applied.push({ id: preview.id, before });
    } else if (record?.state === 'failed') await this.checkFailed(record);
    else expect(after).toEqual(before);
  }

  private checkApplied({ what, who, from, last }: Move, after: State): void {
    const name = (index: number) => `on-${links[index] ?? ''}`;
    const target = what === 'detach' ? null : name(what === 'move' ? 1 - from : from);
    if (what === 'detach' || what === 'move') expect(after[who]).not.toHaveProperty(name(from));
    if (!target) return;
    const subnet = this.subnets[what === 'move' ? 1 - from : from] ?? '';
    const pin = last === null ? '' : `${subnet}.${String(last)}`;
    expect(after[who]?.[target]).toEqual({ pin, member: true });
  }

  /** Only what is not as it was before is told as that; what is said to be left is on the engine, and is no member. */
  private async checkFailed({ hosts }: ChangeRecord): Promise<void> {
    const problem = hosts[0]?.problem;
    expect(problem?.code).toBe('rollback_failed');
    if (problem?.params?.['context'] !== 'leftover') return;
    this.outcomes.add('leftover');
    const { container = '', network = '' } = problem.params;
    expect((await this.state())[container]?.[network]?.member).toBe(false);
    await this.console_.container(this.host, String(container), (who) =>
      who.endpoints.some((one) => one.leftover && one.networkName === network),
    );
  }

  private async undo(): Promise<void> {
    const last = this.applied.pop();
    const before = await this.record(last?.id);
    if (!last || !before?.undoable) return;
    const now = await this.state();
    await this.console_.run('change.undo', { id: last.id });
    const record = await this.record(last.id);
    this.outcomes.add(record?.state ?? 'refused');
    if (record?.state === 'undone') {
      if (record.exceptions?.length) return;
      const after = await this.state();
      // What came later on other networks stands.
      for (const step of before.hosts[0]?.steps ?? [])
        if (step.op === 'connect' || step.op === 'disconnect') {
          const { containerName: who, networkName: on } = step;
          expect({ on, is: after[who]?.[on] }).toEqual({ on, is: last.before[who]?.[on] });
        }
    } else if (record?.state === 'failed') await this.checkFailed(record);
    else expect(await this.state()).toEqual(now);
  }

  private async record(id: string | undefined): Promise<ChangeRecord | undefined> {
    return (await this.console_.value('change.list', { limit: 200 })).find((each) => each.id === id);
  }

  /** What the engine itself has. */
  private async state(): Promise<State> {
    const members: Record<string, string> = {};
    for (const link of links)
      members[`on-${link}`] = await this.host.docker(
        ...['network', 'inspect', '-f', '{{range .Containers}}{{.Name}} {{end}}', `on-${link}`],
      );
    const found: State = {};
    for (const name of containers) {
      const text = await this.host.docker('inspect', '-f', '{{json .NetworkSettings.Networks}}', name);
      const entries = JSON.parse(text) as Record<string, { IPAMConfig: { IPv4Address?: string } | null }>;
      found[name] = Object.fromEntries(
        Object.entries(entries)
          .filter(([network]) => network in members)
          .map(([network, { IPAMConfig }]) => [
            network,
            {
              pin: IPAMConfig?.IPv4Address ?? '',
              member: (members[network] ?? '').split(/\s+/).includes(name),
            },
          ]),
      );
    }
    return found;
  }

  /** All parents are back; what was left is cleared as the console offers to, and everything starts again. */
  private async settle(): Promise<void> {
    for (const link of [...this.gone]) await this.toggle(link);
    for (const name of containers) await this.clear(name);
    for (const name of containers) {
      await this.host.docker('restart', '-t', '0', name);
      expect(await this.host.docker('inspect', '-f', '{{.State.Running}}', name)).toBe('true');
    }
    const left = Object.values(await this.state()).flatMap((networks) => Object.values(networks));
    expect(left.filter(({ member }) => !member)).toEqual([]);
  }

  private async clear(name: string): Promise<void> {
    // The console shows what the engine has: every entry that is no member is marked.
    const missing = async () =>
      Object.entries((await this.state())[name] ?? {}).find(([, { member }]) => !member)?.[0];
    for (let network = await missing(); network; network = await missing()) {
      const at = network;
      const who = await until(`${at} to be shown as left over in ${name}`, async () => {
        const shown = await this.console_.container(this.host, name);
        const live =
          shown.state !== 'running' ||
          shown.endpoints.some((one) => one.networkName === at && (one.leftover || !one.endpointId));
        return live ? shown : undefined;
      });
      const { id: networkId } = await this.console_.network(this.host, at);
      if (who.state !== 'running') return void (await this.host.docker('start', name));
      const { engineId, id: containerId } = who;
      expect(await this.console_.change({ kind: 'detach', engineId, containerId, networkId })).toMatchObject({
        ok: true,
      });
    }
  }
}
