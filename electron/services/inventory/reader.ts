import type { Container } from '../../../shared/model';
import { ProblemError, type ErrorCode } from '../../../shared/model';
import type { EngineClient } from '../../docker';
import type { Inventory } from './inventory';
import { eachAtMost } from './pool';

/** Inspects at once on one engine: enough to be quick, few enough to leave the daemon free for others. */
const inspectWidth = 8;

/** What the list says of a container, without its ever-changing `status`. A difference asks for an inspect. */
const signature = (listed: Container): string => JSON.stringify({ ...listed, status: '' });

const isGone = (error: unknown): boolean =>
  error instanceof ProblemError &&
  (error.problem.code === 'container_not_found' || error.problem.code === 'network_not_found');

const lost: readonly ErrorCode[] = ['engine_unreachable', 'engine_timeout', 'engine_permission'];
const meansEngineLost = (error: unknown): boolean =>
  !(error instanceof ProblemError) || lost.includes(error.problem.code);

/**
 * Reads one engine into the inventory: everything from the lists first, so that the picture is there at once, then
 * each container in full. Afterwards only what changed.
 */
export class EngineReader {
  private readonly listed = new Map<string, string>();

  constructor(
    private readonly client: EngineClient,
    private readonly inventory: Inventory,
    private readonly report: (error: unknown) => void,
  ) {}

  private get engineId(): string {
    return this.client.engineId;
  }

  /** Lists everything and inspects what differs from the last list; with `all`, inspects every container. */
  async resync(all: boolean): Promise<void> {
    const [networks, containers] = await Promise.all([this.client.networks(), this.client.containers()]);
    const changed = containers.filter((each) => all || this.listed.get(each.id) !== signature(each));
    const present = new Set(containers.map((each) => each.id));
    const networkIds = new Set(networks.map((each) => each.id));
    const fresh = changed.filter((each) => all || !this.inventory.container(this.engineId, each.id));
    this.inventory.update(this.engineId, {
      networks,
      networksRemoved: this.inventory
        .networks(this.engineId)
        .map((each) => each.id)
        .filter((id) => !networkIds.has(id)),
      containers: fresh.map((each) => this.keepDetail(each)),
      containersRemoved: this.inventory
        .containers(this.engineId)
        .map((each) => each.id)
        .filter((id) => !present.has(id)),
    });
    for (const id of this.listed.keys()) if (!present.has(id)) this.listed.delete(id);
    await this.readContainers(changed.map((each) => each.id));
    for (const each of containers) this.listed.set(each.id, signature(each));
  }

  /** Inspects these containers; those that are gone leave the inventory. */
  async readContainers(ids: readonly string[]): Promise<void> {
    await eachAtMost(inspectWidth, ids, async (id) => {
      try {
        this.inventory.update(this.engineId, { containers: [await this.client.container(id)] });
      } catch (error) {
        if (isGone(error)) this.inventory.update(this.engineId, { containersRemoved: [id] });
        else this.bear(error);
      }
    });
  }

  async readNetwork(id: string): Promise<void> {
    try {
      this.inventory.update(this.engineId, { networks: [await this.client.network(id)] });
    } catch (error) {
      if (isGone(error)) this.inventory.update(this.engineId, { networksRemoved: [id] });
      else this.bear(error);
    }
  }

  /** One odd container must not take the engine off line; what was listed of it stays. */
  private bear(error: unknown): void {
    if (meansEngineLost(error)) throw error;
    this.report(error);
  }

  /** A listed container knows no details; what an earlier inspect said stays until the next one. */
  private keepDetail(listed: Container): Container {
    const known = this.inventory.container(this.engineId, listed.id);
    return known ? { ...listed, detail: known.detail } : listed;
  }
}
