import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../shared/model';
import { startConsole, type TestConsole } from '../integration/console';
import { until, type LabHost } from '../lab';
import { freshLab } from '../lab/vitest';
import { startProxy, type EngineProxy, type Fault, type ProxiedCall } from './proxy';

/**
 * What real engines do when they are killed, stopped, restarted, slow, or talk nonsense: the console keeps what they
 * said last, says why it has no more, hides nothing of others, and comes back by itself.
 */
const lab = freshLab();
const [first, second] = lab.hosts;
let console_: TestConsole;
let proxy: EngineProxy | undefined;

beforeEach(async () => {
  await first.docker('run', '-d', '--name', 'web', lab.image, 'sleep', '3600');
  await second.docker('run', '-d', '--name', 'other', lab.image, 'sleep', '3600');
});
afterEach(async () => {
  await console_.end();
  await proxy?.close();
  proxy = undefined;
});

/** A console that reaches the first host directly. */
async function direct(): Promise<void> {
  console_ = await startConsole([first, second]);
  await console_.container(first, 'web');
}

/** A console that reaches the first host by way of a proxy, which from now on has this fault. */
async function proxied(fault: EngineProxy['fault'] = () => undefined): Promise<LabHost> {
  proxy = await startProxy(first.socket);
  proxy.fault = fault;
  const host = { ...first, endpoint: proxy.endpoint };
  console_ = await startConsole([host, second]);
  return host;
}

const engine = async (host: LabHost): Promise<Engine> => {
  const { engines } = await console_.snapshot();
  const found = engines.find((each) => each.id === console_.engineId(host));
  if (!found) throw new Error(`${host.name} is not on the list`);
  return found;
};
const turns = (host: LabHost, state: Engine['state']) =>
  until(`${host.name} to be ${state}`, async () => {
    const now = await engine(host);
    return now.state === state ? now : undefined;
  });
const names = async (host: LabHost) =>
  (await console_.snapshot()).containers
    .filter((each) => each.engineId === console_.engineId(host))
    .map((each) => each.name);
/** How often a host went offline since the console began. */
const losses = (host: LabHost) =>
  console_.deltas.filter(
    (each) => each.engineId === console_.engineId(host) && each.engine?.state === 'offline',
  ).length;

const every =
  (path: RegExp, fault: Fault) =>
  (call: ProxiedCall): Fault | undefined =>
    path.test(call.path) ? fault : undefined;

describe('dockerd', () => {
  it('killed: its last data stay with the reason, the other host goes on, and all is read anew when it is back', async () => {
    await direct();
    await first.killDaemon();
    const lost = await turns(first, 'offline');
    expect(lost.problem).toMatchObject({ code: 'engine_unreachable', params: { host: 'h1' } });
    expect(['cut', 'refused', 'absent']).toContain(lost.problem?.params?.['context']);
    expect(lost.hostName).toBe('h1');
    expect(await names(first)).toEqual(['web']);
    // While it is away, nothing is planned on it, and the other host is worked with.
    const web = (await console_.snapshot()).containers.find((each) => each.name === 'web');
    expect(
      await console_.problems({
        kind: 'detach',
        engineId: web?.engineId ?? '',
        containerId: web?.id ?? '',
        networkId: web?.endpoints[0]?.networkId ?? '',
      }),
    ).toMatchObject([{ code: 'engine_unreachable' }]);
    await second.docker('run', '-d', '--name', 'meanwhile', lab.image, 'sleep', '3600');
    await console_.container(second, 'meanwhile');
    expect(losses(second)).toBe(0);

    await first.startDaemon();
    await first.docker('run', '-d', '--name', 'new', lab.image, 'sleep', '3600');
    expect(await turns(first, 'online')).toMatchObject({ problem: undefined });
    await console_.container(first, 'web', (each) => each.state === 'exited');
    await console_.container(first, 'new', (each) => each.state === 'running');
  });

  it('stopped: it accepts and stays silent, which is told within seconds; once it goes on it is back', async () => {
    await direct();
    first.pauseDaemon();
    try {
      const lost = await turns(first, 'offline');
      expect(lost.problem).toMatchObject({
        code: 'engine_timeout',
        params: { context: 'silent', host: 'h1' },
      });
      expect(await names(first)).toEqual(['web']);
    } finally {
      first.resumeDaemon();
    }
    await turns(first, 'online');
    await first.docker('rm', '-f', 'web');
    await until('web to be gone', async () => !(await names(first)).includes('web'));
    expect(losses(second)).toBe(0);
  });

  it('restarted: it is back by itself, in step, with its streams of events and of traffic', async () => {
    await first.docker('run', '-d', '--name', 'stays', '--restart', 'always', lab.image, 'sleep', '3600');
    await direct();
    await first.restartDaemon();
    await until('the restart to be noticed', async () => losses(first) > 0);
    await turns(first, 'online');
    const stays = await console_.container(first, 'stays', (each) => each.state === 'running');
    // By an event, and by a stats stream, opened anew.
    await first.docker('rename', 'web', 'renamed');
    await console_.container(first, 'renamed');
    await until('traffic of stays', async () =>
      (await console_.value('traffic.index', {})).series.some((each) => each.containerId === stays.id),
    );
  });
});

describe('an engine that', () => {
  it('takes two seconds for each answer works like any other, only slower', async () => {
    const host = await proxied((call) =>
      /\/(events|stats)/.test(call.path) ? undefined : { kind: 'delay', ms: 2_000 },
    );
    await console_.container(host, 'web');
    await first.docker('run', '-d', '--name', 'later', lab.image, 'sleep', '3600');
    await console_.container(host, 'later', (each) => each.state === 'running');
    const before = proxy?.calls.length ?? 0;
    // Through two audits and half a dozen pings.
    await until('two more audits', async () => (proxy?.calls ?? []).slice(before).filter(isList).length >= 2);
    expect(losses(host)).toBe(0);
    expect((await engine(host)).state).toBe('online');
    // No more questions than an idle console has: lists, pings, and nothing of what had not changed.
    expect(
      (proxy?.calls ?? [])
        .slice(before)
        .filter((call) => /^\/containers\/.*\/json/.test(call.path) && !isList(call)).length,
    ).toBeLessThan(5);
  });

  it('loses events is found out by the audit', async () => {
    const host = await proxied(every(/^\/events/, { kind: 'lines', line: () => [] }));
    await first.docker('run', '-d', '--name', 'unheard', lab.image, 'sleep', '3600');
    await first.docker('network', 'create', '--subnet', '10.91.0.0/24', 'silent');
    await first.docker('rm', '-f', 'web');
    await console_.container(host, 'unheard', (each) => each.state === 'running');
    await console_.network(host, 'silent');
    expect(await names(host)).toEqual(['unheard']);
    await first.docker('network', 'connect', 'silent', 'unheard');
    await console_.container(host, 'unheard', (each) => each.endpoints.length === 2);
    expect(losses(host)).toBe(0);
  });

  it('sends a broken event is read anew, for another may be lost with it', async () => {
    let broken = true;
    const line = (text: string) => (broken ? [text.slice(0, 40)] : [text]);
    const host = await proxied(every(/^\/events/, { kind: 'lines', line }));
    await first.docker('run', '-d', '--name', 'new', lab.image, 'sleep', '3600');
    await until('the engine to be lost', async () => losses(host) > 0);
    const lost = console_.deltas.find((each) => each.engine?.state === 'offline')?.engine;
    expect(lost?.problem).toMatchObject({ code: 'engine_error', params: { context: 'unreadable' } });
    broken = false;
    await turns(host, 'online');
    await console_.container(host, 'new', (each) => each.state === 'running');
  });

  it('sends a thousand events at once for each is asked once, not a thousand times', async () => {
    const host = await proxied(
      every(/^\/events/, { kind: 'lines', line: (text) => Array<string>(1_000).fill(text) }),
    );
    await console_.container(host, 'web');
    const before = proxy?.calls.length ?? 0;
    for (const name of ['one', 'two', 'three'])
      await first.docker('run', '-d', '--name', name, lab.image, 'sleep', '3600');
    for (const name of ['one', 'two', 'three'])
      await console_.container(host, name, (each) => each.state === 'running');
    const inspects = (proxy?.calls ?? [])
      .slice(before)
      .filter((call) => /^\/containers\/[0-9a-f]{64}\/json/.test(call.path));
    expect(inspects.length).toBeLessThan(60);
    expect(losses(host)).toBe(0);
  });

  it('tells of one container what can’t be read hides no other, and the admin reads which it is', async () => {
    const id = (await first.docker('inspect', '-f', '{{.Id}}', 'web')).trim();
    const odd = every(new RegExp(`^/containers/${id}/json`), { kind: 'cut-midway' });
    const host = await proxied(odd);
    await first.docker('run', '-d', '--name', 'fine', lab.image, 'sleep', '3600');
    await console_.container(host, 'fine', (each) => each.state === 'running');
    expect(await names(host)).toEqual(expect.arrayContaining(['web', 'fine']));
    const told = await until('what is odd to be told', async () => (await engine(host)).problem);
    expect(told).toMatchObject({
      code: 'engine_error',
      params: { context: 'partly', names: 'web', host: 'h1' },
    });
    expect((await engine(host)).state).toBe('online');
    if (proxy) proxy.fault = () => undefined;
    await console_.container(host, 'web');
    await until('the note to go', async () => !(await engine(host)).problem);
    expect(losses(host)).toBe(0);
  });

  it('lists what is no list goes offline with the reason, and comes back with all it has', async () => {
    const host = await proxied();
    await console_.container(host, 'web');
    for (const body of ['{"message":"maintenance"}', '[{"Id":']) {
      const before = losses(host);
      if (proxy) proxy.fault = every(/^\/containers\/json/, { kind: 'answer', status: 200, body });
      await until('the list to be refused', async () => losses(host) > before);
      expect(await names(host)).toEqual(['web']);
      expect((await engine(host)).problem).toMatchObject({
        code: 'engine_error',
        params: { context: 'unreadable' },
      });
      if (proxy) proxy.fault = () => undefined;
      await turns(host, 'online');
    }
  });
});

describe('a container that restarts in a loop', () => {
  it('is shown as that, and makes no storm of questions', async () => {
    const host = await proxied();
    await first.docker('run', '-d', '--name', 'loop', '--restart', 'always', lab.image, 'false');
    await console_.container(host, 'loop', (each) => each.state === 'restarting');
    const id = (await first.docker('inspect', '-f', '{{.Id}}', 'loop')).trim();
    const begun = proxy?.calls.length ?? 0;
    const restarts = () => first.docker('inspect', '-f', '{{.RestartCount}}', 'loop').then(Number);
    const from = await restarts();
    await until('three more restarts', async () => (await restarts()) >= from + 3);
    const asked = (proxy?.calls ?? [])
      .slice(begun)
      .filter((call) => call.path.startsWith(`/containers/${id}/json`));
    const done = (await restarts()) - from;
    // Of die, disconnect, connect and start one or two reads are made, whatever their pace.
    expect(asked.length).toBeLessThanOrEqual(6 * (done + 1));
    expect(losses(host)).toBe(0);
  });
});

const isList = (call: ProxiedCall) => call.path.startsWith('/containers/json');
