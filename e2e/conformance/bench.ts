import { expect } from 'vitest';
import { problemOfAnswer } from '../../electron/docker/errors/errors';
import type { NicState } from '../../electron/demo';
import type { ErrorCode } from '../../shared/model';
import { call, follow, type Answer, type LineStream } from './raw-client';
import { isPodman, isSince, type ConformanceTarget } from './target';

/** What the suite reads of an endpoint. */
export interface EndpointJson {
  IPAMConfig: { IPv4Address?: string } | null;
  Aliases: string[] | null;
  NetworkID: string;
  EndpointID: string;
  Gateway: string;
  IPAddress: string;
  IPPrefixLen: number;
  MacAddress: string;
}

export interface InspectJson {
  Id: string;
  Name: string;
  State: { Status: string; Running: boolean; Paused: boolean; Pid: number; ExitCode: number; Error: string };
  HostConfig: { NetworkMode: string };
  NetworkSettings: { SandboxKey: string; Networks: Record<string, EndpointJson> };
}

const asJson = (text: string): unknown =>
  text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;

const context = { engineId: 'conformance', endpoint: 'the engine', method: 'POST' };
const codeOf = (text: string, status = 500): ErrorCode =>
  problemOfAnswer(status, JSON.stringify({ message: text }), context).problem.code;

/** Expects a refusal that means this to the console. */
function expectMeaning(answer: Answer, meaning: ErrorCode | RegExp): void {
  const { problem } = problemOfAnswer(answer.status, answer.text, context);
  const found = { refused: answer.status >= 400, code: problem.code, text: problem.engineText };
  if (meaning instanceof RegExp)
    expect(found).toEqual({ ...found, refused: true, text: expect.stringMatching(meaning) });
  else if (meaning === 'engine_error') throw new Error(`say how Podman words it: ${JSON.stringify(found)}`);
  else expect(found).toEqual({ ...found, refused: true, code: meaning });
}

let count = 0;

/** Everything that one test makes on the engine; {@link Bench.clear} takes it away again, in whatever state it is. */
export class Bench {
  private readonly containers: string[] = [];
  private readonly networks: string[] = [];
  private readonly streams: LineStream[] = [];
  private image = '';
  private spareUsed = false;

  constructor(readonly target: ConformanceTarget) {}

  get onPodman(): boolean {
    return isPodman(this.target.version);
  }

  /** A name that no other test uses. */
  name(stem: string): string {
    return `conf-${process.pid}-${++count}-${stem}`;
  }

  call(method: string, path: string, body?: unknown): Promise<Answer> {
    return call(this.target.socket, method, path, body);
  }

  async json<T>(path: string): Promise<T> {
    const answer = await this.call('GET', path);
    expect(answer.status, `${path}: ${answer.text}`).toBe(200);
    return asJson(answer.text) as T;
  }

  /**
   * Expects a refusal with exactly this status and `message`. Podman has words and statuses of its own: what it says
   * must mean to the console what Docker's sentence means.
   * @param onPodman the problem that the console makes of Podman's answer, or, if it makes none of it in particular,
   *   Podman's own words; where it is not the problem of Docker's sentence or `message` is no sentence
   */
  async refused(
    method: string,
    path: string,
    body: unknown,
    status: number,
    message: string | RegExp,
    onPodman?: ErrorCode | RegExp,
  ): Promise<void> {
    const answer = await this.call(method, path, body);
    const told = asJson(answer.text);
    if (method === 'POST' && answer.status === 201 && path === '/networks/create') {
      this.networks.push((told as { Id: string }).Id);
    }
    const text = typeof told === 'object' && told !== null && 'message' in told ? told.message : told;
    if (this.onPodman) {
      expectMeaning(answer, onPodman ?? codeOf(String(message)));
      return;
    }
    expect({ status: answer.status, message: text }).toEqual({
      status,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  }

  async ok(method: string, path: string, body?: unknown): Promise<void> {
    const answer = await this.call(method, path, body);
    expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
  }

  /** Asks for a network and keeps it in mind if it is made. */
  async tryNetwork(body: { Name: string }): Promise<Answer> {
    const answer = await this.call('POST', '/networks/create', { CheckDuplicate: true, ...body });
    if (answer.status === 201) this.networks.push((asJson(answer.text) as { Id: string }).Id);
    return answer;
  }

  /** @returns the network's id */
  async network(body: { Name: string; [key: string]: unknown }): Promise<string> {
    const answer = await this.tryNetwork(body);
    expect(answer.status, answer.text).toBe(201);
    return (asJson(answer.text) as { Id: string }).Id;
  }

  /** A macvlan network on the n-th free NIC. @returns its name */
  async macvlan(ipam: object, nic: 0 | 1 = 0, more: object = {}): Promise<string> {
    const name = this.name('mv');
    const Options = { parent: this.target.nics[nic] };
    await this.network({ Name: name, Driver: 'macvlan', Options, IPAM: { Config: [ipam] }, ...more });
    return name;
  }

  /** Brings the spare NIC into that state. */
  async spare(state: NicState): Promise<void> {
    this.spareUsed = true;
    await this.target.spare.set(state);
  }

  private async anyImage(): Promise<string> {
    if (this.image) return this.image;
    const images = await this.json<{ RepoTags: string[] | null }[]>('/images/json');
    const tag = images.flatMap(({ RepoTags }) => RepoTags ?? [])[0];
    if (!tag) throw new Error('the engine has no image to make a container of');
    this.image = tag;
    return tag;
  }

  /** Makes a container that sleeps. @returns its name */
  async container(mode: string, endpoints?: Record<string, object>, more: object = {}): Promise<string> {
    const name = this.name('c');
    const body = {
      Image: await this.anyImage(),
      Cmd: ['sleep', '3600'],
      HostConfig: { NetworkMode: mode },
      ...(endpoints ? { NetworkingConfig: { EndpointsConfig: endpoints } } : {}),
      ...more,
    };
    const answer = await this.call('POST', `/containers/create?name=${name}`, body);
    expect(answer.status, answer.text).toBe(201);
    this.containers.push((asJson(answer.text) as { Id: string }).Id);
    return name;
  }

  /** As {@link container}, and running. */
  async running(mode: string, endpoints?: Record<string, object>, more: object = {}): Promise<string> {
    const name = await this.container(mode, endpoints, more);
    await this.ok('POST', `/containers/${name}/start`);
    return name;
  }

  /** Body of a create call that the suite itself wants to send. */
  async createBody(mode: string, endpoints: Record<string, object>): Promise<object> {
    return {
      Image: await this.anyImage(),
      Cmd: ['sleep', '3600'],
      HostConfig: { NetworkMode: mode },
      NetworkingConfig: { EndpointsConfig: endpoints },
    };
  }

  inspect(container: string): Promise<InspectJson> {
    return this.json<InspectJson>(`/containers/${container}/json`);
  }

  async endpoints(container: string): Promise<Record<string, EndpointJson>> {
    const found = (await this.inspect(container)).NetworkSettings.Networks;
    // Podman's own network is `bridge` where networks are listed, and `podman` in its containers.
    return Object.fromEntries(
      Object.entries(found).map(([name, endpoint]) => [
        this.onPodman && name === 'podman' ? 'bridge' : name,
        endpoint,
      ]),
    );
  }

  /** What a start says that the network refuses: since v28 with a lead. */
  startRefusal(message: string): string {
    return isSince(this.target.version, '28.5')
      ? `failed to set up container networking: ${message}`
      : message;
  }

  /** How an endpoint shows the addresses that were asked for: Podman keeps them, and does not tell. */
  pins(wanted: object): object | null {
    return this.onPodman ? null : wanted;
  }

  /** The id of a network as an endpoint records it: Podman 4.3 has the name for it. */
  recordedId(network: string, id: string): string {
    return this.target.version === 'podman-4.3' ? network : id;
  }

  connectBody(container: string, address?: string): object {
    return { Container: container, EndpointConfig: address ? { IPAMConfig: { IPv4Address: address } } : {} };
  }

  connect(network: string, container: string, address?: string): Promise<void> {
    return this.ok('POST', `/networks/${network}/connect`, this.connectBody(container, address));
  }

  disconnect(network: string, container: string): Promise<void> {
    return this.ok('POST', `/networks/${network}/disconnect`, { Container: container, Force: false });
  }

  async follow(path: string): Promise<LineStream> {
    const stream = await follow(this.target.socket, path);
    this.streams.push(stream);
    return stream;
  }

  async clear(): Promise<void> {
    for (const stream of this.streams.splice(0)) stream.close();
    for (const id of this.containers.splice(0).reverse()) {
      await this.call('DELETE', `/containers/${id}?force=1&v=1`);
    }
    for (const id of this.networks.splice(0).reverse()) await this.call('DELETE', `/networks/${id}`);
    if (this.spareUsed) await this.target.spare.restore();
  }
}
