import { isMissing, type Engine } from './engine';
import { readPairs, readWords, type Words } from './flags';
import type { Verb } from './verb';

/** What the CLI sends of a container's host where no flag says otherwise, beside the zeros. */
const hostDefaults = {
  LogConfig: { Type: '', Config: {} },
  PortBindings: {},
  ConsoleSize: [0, 0],
  ...{ Dns: [], DnsOptions: [], DnsSearch: [], Devices: [], Ulimits: [] },
  ...{ BlkioWeightDevice: [], BlkioDeviceReadBps: [], BlkioDeviceWriteBps: [] },
  ...{ BlkioDeviceReadIOps: [], BlkioDeviceWriteIOps: [] },
  MemorySwappiness: -1,
  OomKillDisable: false,
  PidsLimit: 0,
};

const flagsOfCreate = {
  plain: ['-d'],
  valued: ['--name', '--network', '--ip', '--ip6', '--network-alias', '--restart', '--label', '-l', '-e'],
};

/** Nothing of the container's own is there. */
const isBorrowed = (network: string) => /^(host|none|container:.*)$/.test(network);

function endpointsOf(words: Words, network: string): Record<string, unknown> | undefined {
  const [ip, ip6] = [words.last('--ip'), words.last('--ip6')];
  const aliases = words.all('--network-alias');
  if (isBorrowed(network)) return ip || ip6 || aliases.length > 0 ? undefined : {};
  const addresses = { ...(ip && { IPv4Address: ip }), ...(ip6 && { IPv6Address: ip6 }) };
  const endpoint = {
    IPAMConfig: ip || ip6 ? addresses : null,
    Aliases: aliases.length > 0 ? aliases : null,
  };
  return { [network]: endpoint };
}

/** Undefined where it takes more than is done here. */
function bodyOf(words: Words, detached: boolean): unknown {
  const [Image, ...command] = words.rest;
  const restart = words.last('--restart') ?? 'no';
  const [labels, env] = [readPairs(words.all('--label', '-l')), words.all('-e')];
  const network = words.last('--network') ?? 'default';
  const EndpointsConfig = endpointsOf(words, network);
  const isPlain =
    !restart.includes(':') && /^(container:)?[\w.-]+$/.test(network) && words.all('--network').length < 2;
  if (!Image || !labels || !readPairs(env) || !EndpointsConfig || !isPlain) return undefined;
  return {
    ...{ AttachStdout: !detached, AttachStderr: !detached, Volumes: {}, Labels: labels, Image },
    Env: env.length > 0 ? env : null,
    Cmd: command.length > 0 ? command : null,
    HostConfig: {
      ...hostDefaults,
      NetworkMode: network,
      RestartPolicy: { Name: restart, MaximumRetryCount: 0 },
    },
    NetworkingConfig: { EndpointsConfig },
  };
}

async function make(engine: Engine, words: Words, detached: boolean): Promise<string | undefined> {
  const body = bodyOf(words, detached);
  if (!body) return undefined;
  const name = words.last('--name');
  const query = name === undefined ? '' : `?name=${encodeURIComponent(name)}`;
  try {
    return ((await engine.ask('POST', `/containers/create${query}`, body)) as { Id: string }).Id;
  } catch (error) {
    // The image is missing, which the CLI would pull.
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const create: Verb = async (engine, args) => {
  const words = readWords(args, flagsOfCreate);
  return words && !words.has('-d') ? make(engine, words, false) : undefined;
};

const run: Verb = async (engine, args) => {
  const words = readWords(args, flagsOfCreate);
  if (!words?.has('-d')) return undefined;
  const id = await make(engine, words, true);
  if (id !== undefined) await engine.ask('POST', `/containers/${id}/start`);
  return id;
};

/** One call for each of the names, which is what the CLI then writes; one after the other where it does so. */
const forEach =
  (
    call: (engine: Engine, name: string, words: Words) => Promise<unknown>,
    known = {},
    inOrder = false,
  ): Verb =>
  async (engine, args) => {
    const words = readWords(args, known);
    // Flags may stand behind the names, too.
    if (!words || words.rest.length === 0 || words.rest.some((each) => each.startsWith('-')))
      return undefined;
    let before: Promise<unknown> = Promise.resolve();
    const begun = words.rest.map((name) => {
      const mine = inOrder ? before.then(() => call(engine, name, words)) : call(engine, name, words);
      before = mine.catch(() => undefined);
      return mine;
    });
    const ends = await Promise.allSettled(begun);
    const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as Error] : []));
    if (failures.length > 1)
      throw engine.failed(1, failures.map((each) => (each as { stderr?: string }).stderr ?? '').join('\n'));
    if (failures[0]) throw failures[0];
    return words.rest.join('\n');
  };

const post = (verb: string) => (engine: Engine, name: string, words: Words) => {
  const seconds = words.last('-t');
  return engine.ask('POST', `/containers/${name}/${verb}${seconds === undefined ? '' : `?t=${seconds}`}`);
};

async function remove(engine: Engine, name: string, words: Words): Promise<void> {
  const query = words.has('-fv') ? '?force=1&v=1' : '?force=1';
  await engine.ask('DELETE', `/containers/${name}${query}`).catch((error: unknown) => {
    // Forced, it minds none that is gone.
    if (!isMissing(error)) throw error;
  });
}

const rm: Verb = async (engine, args) =>
  ['-f', '-fv'].includes(args[0] ?? '') ? forEach(remove, { plain: ['-f', '-fv'] })(engine, args) : undefined;

const rename: Verb = async (engine, [from, to, ...more]) => {
  if (!from || !to || more.length > 0) return undefined;
  await engine.ask('POST', `/containers/${from}/rename?name=${encodeURIComponent(to)}`);
  return '';
};

/** stdout and stderr of a stream that has both: eight bytes before each piece say which and how long. */
function apart(stream: Buffer): [string, string] {
  const pieces: [Buffer[], Buffer[]] = [[], []];
  for (let at = 0; at + 8 <= stream.length;) {
    const end = at + 8 + stream.readUInt32BE(at + 4);
    pieces[stream[at] === 2 ? 1 : 0].push(stream.subarray(at + 8, end));
    at = end;
  }
  return [Buffer.concat(pieces[0]).toString(), Buffer.concat(pieces[1]).toString()];
}

const exec: Verb = async (engine, args) => {
  const [name, ...Cmd] = args;
  if (!name || name.startsWith('-') || Cmd.length === 0) return undefined;
  const body = { AttachStdout: true, AttachStderr: true, Cmd };
  const { Id } = (await engine.ask('POST', `/containers/${name}/exec`, body)) as { Id: string };
  const [stdout, stderr] = apart(await engine.output(`/exec/${Id}/start`));
  const { ExitCode } = (await engine.ask('GET', `/exec/${Id}/json`)) as { ExitCode: number };
  if (ExitCode !== 0) throw engine.failed(ExitCode, stderr, stdout);
  return stdout;
};

export const containerVerbs: Record<string, Verb> = {
  ...{ create, run, rm, rename, exec },
  start: forEach(post('start'), {}, true),
  stop: forEach(post('stop'), { valued: ['-t'] }),
  restart: forEach(post('restart'), { valued: ['-t'] }, true),
  pause: forEach(post('pause')),
  unpause: forEach(post('unpause')),
};
