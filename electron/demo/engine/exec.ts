import type { DemoEngine } from './engine';
import { badRequest, conflict, notFound } from './errors';
import { isLive, type DemoContainer } from './model';

export interface ExecInstance {
  id: string;
  container: DemoContainer;
  command: string[];
  tty: boolean;
  exitCode: number | null;
  ran: boolean;
}

export interface ExecOutput {
  stream: 'stdout' | 'stderr';
  text: string;
}

/** Every interface in the container's namespace with its MAC, sorted as the shell's glob sorts them. */
function interfacesOf(engine: DemoEngine, container: DemoContainer): [string, string][] {
  const owner = engine.namespaceOwner(container);
  const own = [...(owner?.endpoints.values() ?? [])].flatMap(({ attached }): [string, string][] =>
    attached?.interface && !attached.lost ? [[attached.interface, attached.mac]] : [],
  );
  const host =
    container.networkMode === 'host'
      ? engine.host.nics.map(({ name, mac }): [string, string] => [name, mac])
      : [];
  const all: [string, string][] = [...own, ...host, ['lo', '00:00:00:00:00:00']];
  return all.sort(([a], [b]) => (a < b ? -1 : 1));
}

function hasShell(engine: DemoEngine, container: DemoContainer): boolean {
  return engine.images.find(({ id }) => id === container.imageId)?.shell ?? true;
}

/**
 * What the command prints. Only reading `/sys/class/net/<interface>/address` is simulated, for that is all that
 * Trunkline asks; everything else is answered as a program that the image does not have.
 */
function run(engine: DemoEngine, instance: ExecInstance): { output: ExecOutput; exitCode: number } {
  const [program = '', ...args] = instance.command;
  const interfaces = interfacesOf(engine, instance.container);
  const shell = hasShell(engine, instance.container);
  const script = /(^|\/)(ba|a|da)?sh$/.test(program) && args[0] === '-c' ? (args[1] ?? '') : '';
  if (shell && script.includes('/sys/class/net/') && script.includes('address')) {
    const text = interfaces.map(([name, mac]) => `${name} ${mac}\n`).join('');
    return { output: { stream: 'stdout', text }, exitCode: 0 };
  }
  const asked = /^\/sys\/class\/net\/([^/]+)\/address$/.exec(args[0] ?? '')?.[1];
  if (shell && program === 'cat' && asked) {
    const mac = interfaces.find(([name]) => name === asked)?.[1];
    if (mac) return { output: { stream: 'stdout', text: `${mac}\n` }, exitCode: 0 };
    const text = `cat: can't open '${args[0]}': No such file or directory\n`;
    return { output: { stream: 'stderr', text }, exitCode: 1 };
  }
  const text = `OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown\r\n`;
  return { output: { stream: 'stdout', text }, exitCode: 126 };
}

/** The exec instances of one engine. */
export class Execs {
  private readonly instances = new Map<string, ExecInstance>();

  constructor(private readonly engine: DemoEngine) {}

  /** @throws EngineError 404, 409 when it does not run or is paused, 400 without a command */
  create(reference: string, body: { Cmd?: string[]; Tty?: boolean }): ExecInstance {
    const container = this.engine.container(reference);
    if (container.state === 'paused') {
      throw conflict(`Container ${container.name} is paused, unpause the container before exec`);
    }
    if (!body.Cmd || body.Cmd.length === 0) throw badRequest('No exec command specified');
    if (!isLive(container)) throw conflict(`Container ${container.id} is not running`);
    const instance: ExecInstance = {
      id: this.engine.newId(),
      container,
      command: body.Cmd,
      tty: body.Tty ?? false,
      exitCode: null,
      ran: false,
    };
    this.instances.set(instance.id, instance);
    this.engine.events.container(container, `exec_create: ${body.Cmd.join(' ')}`, { execID: instance.id });
    return instance;
  }

  /** @throws EngineError 404 */
  get(id: string): ExecInstance {
    const instance = this.instances.get(id);
    if (!instance) throw notFound(`No such exec instance: ${id}`);
    return instance;
  }

  /** Runs it to its end, which is at once. */
  start(instance: ExecInstance): ExecOutput {
    if (instance.ran) {
      return { stream: 'stderr', text: `Error: Exec command ${instance.id} has already run\r\n` };
    }
    const { output, exitCode } = run(this.engine, instance);
    instance.ran = true;
    instance.exitCode = exitCode;
    const { container, id } = instance;
    this.engine.events.container(container, `exec_start: ${instance.command.join(' ')}`, { execID: id });
    this.engine.events.container(container, 'exec_die', { execID: id, exitCode: String(exitCode) });
    return output;
  }
}

/** `GET /exec/{id}/json` */
export function execJson({ id, container, command, tty, exitCode, ran }: ExecInstance): object {
  const [entrypoint = '', ...args] = command;
  return {
    ID: id,
    Running: false,
    ExitCode: exitCode,
    ProcessConfig: { tty, entrypoint, arguments: args, privileged: false },
    OpenStdin: false,
    OpenStderr: true,
    OpenStdout: true,
    CanRemove: false,
    ContainerID: container.id,
    DetachKeys: '',
    Pid: ran ? container.pid + 1 : 0,
  };
}
