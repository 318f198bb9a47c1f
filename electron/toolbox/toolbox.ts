import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type ForeignNamespace,
  type HostFacts,
  type ProbeFrom,
  type Shim,
  type ToolboxSettings,
  type ToolboxTaskId,
} from '../../shared/model';
import { problem, toolboxTasks } from '../../shared/rules';
import type { HelperRequest, HelperResult } from '../docker';
import { factsScript } from './facts-script';
import { ensureImage, type ImageTarget } from './install';
import { namespacesScript, parseNamespaces } from './namespaces';
import { parseFacts } from './parse-facts';
import { macsIn, parseProbe, type ProbeAnswer } from './parse-probe';
import { parseShims } from './parse-shims';
import { claimScript, probeScript } from './probe-script';
import type { RootfsSource } from './rootfs-source';
import { addressTaken, listShimsScript, putShimScript, removeShimScript } from './shim-scripts';

/** How long each task may take, milliseconds. Probes wait up to some six seconds for answers that don't come. */
const limits: Record<ToolboxTaskId, number> = {
  facts: 20_000,
  namespaces: 30_000,
  probe: 40_000,
  shim: 20_000,
};

export interface ToolboxOptions {
  target: ImageTarget;
  settings: ToolboxSettings;
  source: RootfsSource;
  /** Ends whatever is under way. */
  signal?: AbortSignal;
}

/** One task: its script, its arguments, and whose network it sees. */
interface Task {
  id: ToolboxTaskId;
  script: string;
  args?: string[];
  network: string;
  /** It only reads, so it needs none of the task's capabilities. */
  bare?: boolean;
}

/**
 * What helper containers do on one host. Every method makes sure of the image first, and leaves no container behind.
 * All reject with a `ProblemError`: `toolbox_unavailable`, or what the engine said.
 */
export class Toolbox {
  constructor(private readonly options: ToolboxOptions) {}

  /** @param bridges names of the bridges of the engine's own networks. */
  async facts(bridges: ReadonlySet<string>): Promise<Pick<HostFacts, 'nics' | 'gateways' | 'machine'>> {
    const output = await this.run({ id: 'facts', script: factsScript, network: 'host' });
    return this.read(output, () => parseFacts(output, bridges));
  }

  /** @param containerPids process ids of the engine's own containers. */
  async foreignNamespaces(containerPids: ReadonlySet<number>): Promise<ForeignNamespace[]> {
    const output = await this.run({ id: 'namespaces', script: namespacesScript, network: 'none' });
    return this.read(output, () => parseNamespaces(output, containerPids));
  }

  /** @param addresses IPv4 or IPv6, checked by the caller. */
  async probe(from: ProbeFrom, addresses: readonly string[]): Promise<ProbeAnswer[]> {
    const network = from.kind === 'host' ? 'host' : `container:${from.containerId}`;
    const nic = (from.kind === 'host' ? from.nic : from.address && `@${from.address}`) || '-';
    const task: Task = { id: 'probe', script: probeScript, network, args: [nic, ...addresses] };
    const output = await this.run(task);
    return this.read(output, () => parseProbe(output, addresses));
  }

  /**
   * Who on the LAN of a NIC answers for addresses that are about to be given out; takes some two seconds.
   *
   * @param addresses IPv4 or IPv6, checked by the caller.
   */
  async holders(nic: string, addresses: readonly string[]): Promise<ProbeAnswer[]> {
    const args = [nic, ...addresses];
    const output = await this.run({ id: 'probe', script: claimScript, network: 'host', args });
    return this.read(output, () => parseProbe(output, addresses));
  }

  /**
   * Makes the shim, or brings one of that name up to date; on failure there is none that was not there before. Resolves
   * when the host has it as asked. Rejects with `address_in_use_elsewhere` when the LAN answers for a new address.
   */
  async putShim({ name, parent, address, routes }: Shim): Promise<void> {
    const args = [name, parent, address, ...routes];
    const task: Task = { id: 'shim', script: putShimScript, network: 'host', args };
    const result = await this.result(task);
    if (result.exitCode === addressTaken) throw this.taken(address, result.stdout);
    const there = this.read(this.outputOf(result), () => parseShims(result.stdout));
    const wanted: Shim = { name, parent, address, routes: [...new Set(routes)].sort() };
    if (!isDeepStrictEqual(there, [wanted])) throw this.unavailable('failed', result.stdout.trim());
  }

  /** One that is not there is no failure. */
  async removeShim(name: string): Promise<void> {
    await this.run({ id: 'shim', script: removeShimScript, network: 'host', args: [name] });
  }

  async shims(): Promise<Shim[]> {
    const output = await this.run({ id: 'shim', script: listShimsScript, network: 'host', bare: true });
    return this.read(output, () => parseShims(output));
  }

  /** What it wrote. A task that fails has said why on its standard error. */
  private async run(task: Task): Promise<string> {
    return this.outputOf(await this.result(task));
  }

  private async result(task: Task): Promise<HelperResult> {
    const { target, settings, source } = this.options;
    const image = await ensureImage(target, settings, source);
    return target.client.runHelper(this.request(task, image));
  }

  private outputOf(result: HelperResult): string {
    if (result.exitCode === 0) return result.stdout;
    throw this.unavailable('failed', wordsOf(result));
  }

  private request({ id, script, args = [], network, bare }: Task, image: string): HelperRequest {
    const { hostPids, capabilities, unconfined } = toolboxTasks[id];
    return {
      task: id,
      image,
      command: ['sh', '-c', script, id, ...args],
      network,
      hostPids,
      capabilities: bare ? [] : [...capabilities],
      unconfined,
      timeoutMs: limits[id],
      ...(this.options.signal && { signal: this.options.signal }),
    };
  }

  private read<T>(output: string, parse: () => T): T {
    try {
      return parse();
    } catch {
      throw this.unavailable('output', output.slice(0, 500));
    }
  }

  private taken(address: string, output: string): ProblemError {
    const { host, client } = this.options.target;
    const mac = macsIn(output).join(', ');
    const params = { context: 'lan', address, host, mac } as const;
    const place = { engineId: client.engineId, field: 'address' };
    return new ProblemError(problem('address_in_use_elsewhere', params, place));
  }

  private unavailable(context: 'failed' | 'output', engineText: string): ProblemError {
    const { host, client } = this.options.target;
    return new ProblemError(
      problem('toolbox_unavailable', { context, host }, { engineId: client.engineId, engineText }),
    );
  }
}

const wordsOf = ({ stderr, stdout, exitCode }: HelperResult): string =>
  stderr.trim() || stdout.trim().slice(-500) || `exit code ${exitCode}`;
