import { join } from 'node:path';
import {
  ProblemError,
  type ChangePreview,
  type ChangeRecord,
  type Container,
  type Engine,
  type HostFacts,
  type Network,
  type Shim,
  type ShimRequest,
  type ShimStatus,
} from '../../../shared/model';
import { problem, shimAlias, type Inventory } from '../../../shared/rules';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import { openChangeLog, type ChangeLog } from '../changes/change-log';
import { Changes } from '../changes/changes';
import type { ChangesContext } from '../changes/context';
import type { PolicyKindContext } from '../changes/kinds/policy';
import { kindsOf } from '../changes/kinds';
import { LanAddresses } from '../changes/lan-addresses';
import { Locks } from '../changes/locks';
import { Unsettled } from '../changes/unsettled';
import { PolicyKeeper } from '../policies/policy-keeper';
import { shimPolicies, type ShimTools } from '../policies/kinds/shim';
import { PlanFile } from '../segments/plan-file';
import { Storage } from '../storage/storage';
import { FakeEngine } from './fake-engine';
import { knownWorld, plainKinds } from './plain-kinds';

export const lan = network({ id: 'aaaaaaaaaaaa1', subnet: { ipRange: '10.70.1.128/25' } });
export const web = (ipv4: string, id = 'web'): Container =>
  container({ id, name: id, endpoints: [endpoint(lan, { ipv4 })] });

export type ShimPolicies = PolicyKeeper<'shim', Shim, 'no-network'>;

interface Known {
  engines: Engine[];
  networks: Network[];
  containers: Container[];
}

/** A host whose links are a map, and consoles that keep shims on it, one after the other. */
export class ShimWorld {
  readonly known: Known = { engines: [engine()], networks: [lan], containers: [web('10.70.1.10')] };
  /** On the host, by engine and name. */
  readonly links = new Map<string, Shim>();
  readonly calls: string[] = [];
  readonly told: ShimStatus[][] = [];
  readonly reported: unknown[] = [];
  /** What the toolbox answers with. */
  refusal: ProblemError | null = null;
  /** Why the admin lets nothing be done on the host. */
  forbidden: ProblemError | null = null;
  /** Called before each thing done on a host; a promise holds it up. */
  before: (call: string) => void | Promise<void> = () => undefined;
  /** Called once it is done. */
  after: (call: string) => void = () => undefined;
  /** How a change is done to its end on these hosts. */
  toItsEnd: NonNullable<ChangesContext['toItsEnd']> = (_engineIds, work) => work();
  now = 0;
  /** What the last look at the hosts showed; null once something was done there. */
  private seen: HostFacts[] | null = null;

  private readonly tools: ShimTools = {
    shims: async (engineId) => {
      await this.call();
      return [...this.links].filter(([key]) => key.startsWith(`${engineId}/`)).map(([, shim]) => shim);
    },
    putShim: async (engineId, shim, was) => {
      const call = `put ${engineId} ${shim.name} ${shim.address} ${shim.routes.join(' ')}`;
      await this.call(call);
      const context = 'kept_elsewhere' as const;
      if (
        was === 'own' &&
        ![undefined, '', shim.address].includes(this.links.get(`${engineId}/${shim.name}`)?.address)
      )
        throw new ProblemError(problem('change_stale', { context, host: 'host-e1', link: shim.name }));
      if (was !== undefined && was !== 'own') this.insist(`${engineId}/${shim.name}`, was);
      this.links.set(`${engineId}/${shim.name}`, shim);
      this.after(call);
    },
    removeShim: async (engineId, name, address) => {
      const call = `remove ${engineId} ${name}`;
      await this.call(call);
      if (address !== undefined && this.links.has(`${engineId}/${name}`))
        this.insist(`${engineId}/${name}`, address);
      this.links.delete(`${engineId}/${name}`);
      this.after(call);
    },
  };

  /** As the toolbox does: another link than that of this address stays. */
  private insist(key: string, address: string | null): void {
    const found = this.links.get(key);
    if (found && (address === null || !['', address].includes(found.address)))
      throw new ProblemError(problem('change_stale', { host: 'host-e1' }));
  }

  private async call(name?: string): Promise<void> {
    if (this.refusal) throw this.refusal;
    if (name === undefined) return;
    this.seen = null;
    await this.before(name);
    this.calls.push(name);
  }

  /** What a look at the hosts shows. */
  private facts(): HostFacts[] {
    return this.known.engines.map(({ id }) => {
      const own = [...this.links].filter(([key]) => key.startsWith(`${id}/`));
      const nics = own.map(([, { name, parent, address }]) =>
        nic({
          ...{ name, parent, kind: 'macvlan', alias: shimAlias },
          addresses: [{ address, prefix: 32, scope: 'global' }],
        }),
      );
      return hostFacts(id, ...nics);
    });
  }

  /** A console on a folder; none before it lives any more. */
  async open(folder: string): Promise<ShimConsole> {
    const storage = new Storage((error) => this.reported.push(error));
    const file = await PlanFile.open(join(folder, 'plan.yaml'), storage);
    const log = await openChangeLog(join(folder, 'changes.jsonl'), storage, () => false);
    const locks = new Locks();
    const shims: ShimPolicies = new PolicyKeeper(shimPolicies(this.tools), {
      ...{ locks, store: file.policies('shim') },
      snapshot: () => this.known,
      cutOff: (policy) => new Unsettled(log).problemOfPolicy('shim', policy),
      now: () => this.now,
      onChange: () => this.told.push(shims.list()),
      report: (error) => this.reported.push(error),
    });
    const inventory = (): Inventory => ({ facts: this.seen ?? [], ...this.known, shims: shims.policies() });
    const world = {
      ...knownWorld(inventory),
      looked: (_engineIds: readonly string[], refresh = true) => {
        if (refresh) this.seen = null;
        this.seen ??= this.facts();
        return Promise.resolve(inventory());
      },
    };
    const client = (engineId: string) =>
      new FakeEngine().add(...this.known.networks.filter((each) => each.engineId === engineId));
    const mayRun = () => {
      if (this.forbidden) throw this.forbidden;
    };
    const policy = {
      ...{ client, world, mayRun, keepers: { shim: shims.keeper } as PolicyKindContext['keepers'] },
      plan: shims.plan.bind(shims),
    };
    const changes = new Changes({
      ...kindsOf({ ...plainKinds({ client, world, records: () => log.list() }), policy }),
      ...{ world, client, log, access: (id: string) => shims.access(id) },
      toItsEnd: (engineIds, work) => this.toItsEnd(engineIds, work),
      snapshot: () => ({ ...this.known, revision: 1 }),
      reread: () => Promise.resolve(),
      lans: new LanAddresses({ locks, inventory, patienceMs: 0, refresh: () => Promise.resolve() }),
      ...{ owner: 'me', patienceMs: 0, now: () => 7, who: 'me' },
      onProgress: () => undefined,
      onRecord: (record) => shims.onRecord(record),
    });
    const preview = (on: Network, address?: string) =>
      changes.preview({ kind: 'put-shim', ...placeOf(on), ...(address ? { address } : {}) });
    const apply = async (request: ShimRequest) => changes.apply((await changes.preview(request)).id);
    return {
      ...{ changes, shims, locks, log, preview },
      put: (on, address) => apply({ kind: 'put-shim', ...placeOf(on), address }),
      remove: (on) => apply({ kind: 'remove-shim', ...placeOf(on) }),
      async end() {
        await shims.dispose();
        await Promise.all([file.flush(), log.flush()]);
      },
    };
  }
}

const placeOf = ({ engineId, id: networkId }: Network) => ({ engineId, networkId });

export interface ShimConsole {
  changes: Changes;
  shims: ShimPolicies;
  locks: Locks;
  log: ChangeLog;
  preview(on: Network, address?: string): Promise<ChangePreview>;
  put(on: Network, address: string): Promise<ChangeRecord>;
  remove(on: Network): Promise<ChangeRecord>;
  end(): Promise<void>;
}
