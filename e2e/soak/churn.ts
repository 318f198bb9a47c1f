import { callEngine } from '../lab/engine-api';

/** One engine of the demo, and what the soak made on it. */
class Ground {
  private readonly containers: string[] = [];
  private readonly networks: string[] = [];
  private made = 0;

  constructor(
    readonly socket: string,
    private readonly index: number,
    private readonly image: string,
    private readonly random: () => number,
  ) {}

  /** One change of the kinds that hosts see all day. False when the engine refused it, as it may. */
  async step(): Promise<boolean> {
    const dice = this.random();
    if (dice < 0.14) return this.addContainer();
    if (dice < 0.26) return this.removeContainer();
    if (dice < 0.34) return this.addNetwork();
    if (dice < 0.42) return this.removeNetwork();
    const name = pick(this.containers, this.random);
    if (!name) return this.addContainer();
    if (dice < 0.68) return this.toggle(name);
    return this.attach(name);
  }

  /** Takes away all that was made. */
  async clear(): Promise<void> {
    while (this.containers.length > 0) await this.removeContainer();
    while (this.networks.length > 0) await this.removeNetwork();
  }

  private async call(method: string, path: string, body?: unknown): Promise<boolean> {
    const { status } = await callEngine(this.socket, method, path, body);
    if (status >= 500) throw new Error(`${method} ${path}: ${status}`);
    return status < 400;
  }

  private async addContainer(): Promise<boolean> {
    if (this.containers.length >= 12) return this.removeContainer();
    const name = `soak-${this.index}-${++this.made}`;
    const made = await this.call('POST', `/containers/create?name=${name}`, { Image: this.image });
    if (!made) return false;
    this.containers.push(name);
    return this.call('POST', `/containers/${name}/start`);
  }

  private async removeContainer(): Promise<boolean> {
    const name = this.containers.shift();
    return name ? this.call('DELETE', `/containers/${name}?force=true`) : this.addContainer();
  }

  private async addNetwork(): Promise<boolean> {
    if (this.networks.length >= 6) return this.removeNetwork();
    const number = ++this.made;
    const name = `soak-net-${this.index}-${number}`;
    const subnet = `10.${200 + this.index}.${number % 250}.0/24`;
    const made = await this.call('POST', '/networks/create', {
      Name: name,
      Driver: 'bridge',
      IPAM: { Config: [{ Subnet: subnet }] },
    });
    if (made) this.networks.push(name);
    return made;
  }

  private async removeNetwork(): Promise<boolean> {
    const name = this.networks.shift();
    if (!name) return this.addNetwork();
    for (const each of this.containers)
      await this.call('POST', `/networks/${name}/disconnect`, { Container: each, Force: true }).catch(
        () => false,
      );
    return this.call('DELETE', `/networks/${name}`);
  }

  private async toggle(name: string): Promise<boolean> {
    return (
      (await this.call('POST', `/containers/${name}/stop?t=0`)) &&
      this.call('POST', `/containers/${name}/start`)
    );
  }

  /** To a network, or from it where it is there already: a move is both. */
  private async attach(name: string): Promise<boolean> {
    const network = pick(this.networks, this.random);
    if (!network) return this.addNetwork();
    if (await this.call('POST', `/networks/${network}/connect`, { Container: name })) return true;
    return this.call('POST', `/networks/${network}/disconnect`, { Container: name }).catch(() => false);
  }
}

const pick = <T>(list: readonly T[], random: () => number): T | undefined =>
  list[Math.floor(random() * list.length)];

/** The same changes at each run. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Changes on all engines in turn, at a steady pace. */
export class Churn {
  done = 0;
  private constructor(private readonly grounds: readonly Ground[]) {}

  /** @param endpoints `unix://…` of the demo's engines */
  static async on(endpoints: readonly string[]): Promise<Churn> {
    const random = numbers(7);
    const grounds = endpoints.map(async (endpoint, index) => {
      const socket = endpoint.replace('unix://', '');
      const images = (await callEngine(socket, 'GET', '/images/json')).body as { RepoTags: string[] }[];
      return new Ground(socket, index, images[0]?.RepoTags[0] ?? 'alpine', random);
    });
    return new Churn(await Promise.all(grounds));
  }

  /**
   * @param perSecond changes a second over all engines; a machine that can't keep up makes as many as it can
   * @param other done in place of every tenth change
   */
  async run(
    seconds: number,
    perSecond: number,
    other: () => Promise<void>,
    stopped: () => boolean,
  ): Promise<void> {
    const started = Date.now();
    for (let n = 0; Date.now() - started < seconds * 1000 && !stopped(); n++) {
      const due = started + (n * 1000) / perSecond;
      const wait = due - Date.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      if (n % 10 === 9) await other();
      else await this.grounds[n % this.grounds.length]?.step();
      this.done += 1;
    }
  }

  async clear(): Promise<void> {
    for (const each of this.grounds) await each.clear();
  }
}
