import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandInput, CommandName, CommandOutput, PushData } from '../../../shared/contract';
import type { ChangeRecord, Engine, GuardStatus, Result } from '../../../shared/model';
import { createConsole, type TrunklineConsole } from '../../services/console';
import { dispatch } from '../../services/dispatch';
import { givenClients } from '../../services/testing/given-engines';
import { clock } from './clock';
import type { CallFault, PlayedCall, PlayedEngine } from './in-process';
import { Ledger } from './ledger';
import { playedSite } from './site';

const changing = /^\/(networks\/(create$|[^/]+(\/(connect|disconnect))?$)|containers\/[^/]+\/(start|stop)$)/;
const isChanging = ({ method, path }: PlayedCall): boolean => method !== 'GET' && changing.test(path);

const info = { version: '0', transport: 'web', readOnly: false, locale: 'en', platform: 'linux' } as const;

/** Each line of a change log waits for the disk: most of the time would go there. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A site and the consoles that work on it, one after the other on one folder. */
export class World {
  readonly engines: PlayedEngine[];
  readonly ledger: Ledger;
  readonly reported: unknown[] = [];
  /** What is asked for and not answered yet. */
  readonly asked = new Set<Promise<unknown>>();
  /** When reading a host was last disturbed, by the clock. */
  readonly disturbedAt: number[];
  /** Of each console so far. */
  onRecord: (record: ChangeRecord) => void = () => undefined;
  /** By their ids. */
  readonly states = new Map<string, Engine['state']>();
  /** As the console has told last. */
  guards: readonly GuardStatus[] = [];
  private readonly root = mkdtempSync(join(memory, 'trunkline-histories-'));
  private consoles = 0;
  private core: TrunklineConsole | undefined;
  private ids: string[] = [];

  constructor(hosts: number) {
    this.engines = playedSite(hosts);
    this.ledger = new Ledger(this.engines);
    this.disturbedAt = this.engines.map(() => 0);
    for (const engine of this.engines) {
      engine.onDone = (call) => {
        if (isChanging(call)) this.ledger.note('console');
      };
    }
  }

  idOf(host: number): string {
    return this.ids[host] ?? '';
  }

  hostOf(engineId: string): number {
    return this.ids.indexOf(engineId);
  }

  /** A console on what the one before it left on disk. */
  async start(): Promise<void> {
    const clients = this.engines.map((engine, host) => engine.client(`h${String(host + 1)}`));
    this.ids = clients.map(({ engineId }) => engineId);
    this.states.clear();
    this.core = await this.until(
      createConsole({
        engines: givenClients(clients),
        userDataDir: this.folder(),
        ...{ alone: true, info, asksForConflicts: false },
        report: (error) => this.reported.push(error),
      }),
    );
    this.core.subscribe((name, data) => {
      if (name === 'change.recorded') this.onRecord(data as PushData<'change.recorded'>);
      if (name === 'guards.changed') this.guards = data as PushData<'guards.changed'>;
      const { engine } = name === 'inventory.delta' ? (data as PushData<'inventory.delta'>) : {};
      if (engine) this.states.set(engine.id, engine.state);
    });
  }

  /** The process is gone, and the disk is as it was at that moment. */
  async kill(reached: boolean): Promise<void> {
    const before = this.folder();
    this.consoles += 1;
    cpSync(before, this.folder(), { recursive: true });
    for (const engine of this.engines) engine.forgetClients(reached);
    clock.forget();
    this.asked.clear();
    await this.start();
  }

  /** It ends as it should, and another one begins. */
  async restart(): Promise<void> {
    await this.end();
    await this.start();
  }

  async close(): Promise<void> {
    await this.end();
    for (const engine of this.engines) engine.forgetClients(false);
    clock.forget();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** The nth call from now on that changes something on a host goes wrong. */
  fault(host: number, nth: number, fault: CallFault): void {
    const engine = this.engines[host];
    let count = 0;
    if (!engine) return;
    engine.faultOf = (call) => {
      if (!isChanging(call)) return undefined;
      count += 1;
      return count === nth ? fault : undefined;
    };
  }

  /** One of the next calls that only look is answered late or not at all. */
  faultReading(host: number, nth: number, fault: CallFault): void {
    const engine = this.engines[host];
    let count = 0;
    if (!engine) return;
    engine.faultOf = (call) => {
      if (call.method !== 'GET' || call.path.startsWith('/_ping')) return undefined;
      count += 1;
      if (count !== nth) return undefined;
      this.disturbedAt[host] = Date.now();
      return fault;
    };
  }

  cutOff(host: number): void {
    this.disturbedAt[host] = Infinity;
    this.engines[host]?.cutOff();
  }

  comeBack(host: number): void {
    const engine = this.engines[host];
    if (!engine?.offline) return;
    engine.offline = false;
    this.disturbedAt[host] = Date.now();
  }

  /** Whoever asks need not wait. */
  ask(work: () => Promise<unknown>): void {
    const going: Promise<unknown> = work().then(
      () => this.asked.delete(going),
      (error: unknown) => {
        this.asked.delete(going);
        this.reported.push(error);
      },
    );
    this.asked.add(going);
  }

  async run<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>> {
    if (!this.core) throw new Error('no console');
    const report = (_name: string, error: unknown) => void this.reported.push(error);
    return (await dispatch(this.core.handlers, name, input, report)) as Result<CommandOutput<N>>;
  }

  /** The same, for what can't be refused. */
  async value<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
    const result = await this.until(this.run(name, input));
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
    return result.value;
  }

  /** Lets time pass until something has come. */
  async until<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const done = () => void (over = true);
    work.then(done, done);
    for (let ms = 0; !over && ms < 600_000; ms += 1_000) await clock.pass(1_000, () => over);
    if (!over) throw new Error('it never ends');
    return work;
  }

  private async end(): Promise<void> {
    if (this.core) await this.until(this.core.dispose());
    this.core = undefined;
  }

  private folder(): string {
    return join(this.root, String(this.consoles));
  }
}
