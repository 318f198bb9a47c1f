import { expect } from 'vitest';
import type { Bench } from './bench';
import type { CaseOf } from './case';
import { isSince } from './target';

interface EventJson {
  Type: string;
  Action: string;
  Actor: { ID: string; Attributes: Record<string, string> };
  scope: string;
  time: number;
  timeNano: number;
}

const filters = (value: object): string => encodeURIComponent(JSON.stringify(value));

/**
 * `network connect` and the like. Kills in a row as one: how often they are told depends on the program. Engines from
 * v25 on tell the end of a container and that it was stopped from two places at once: `die` is put first. Pause and
 * unpause that follow each other at once may be told once more, when the runtime's own word of them comes late.
 */
function words(events: unknown[]): string[] {
  const all = (events as EventJson[])
    .filter(({ Action }) => !Action.startsWith('exec_'))
    .map(({ Type, Action }) => `${Type} ${Action}`)
    .filter((word, i, every) => word !== 'container kill' || every[i - 1] !== word);
  for (const [i, word] of all.entries())
    if (word === 'container stop' && all[i + 1] === 'container die')
      all.splice(i, 2, 'container die', 'container stop');
  const isPause = (i: number): boolean => all[i] === 'container pause' && all[i + 1] === 'container unpause';
  return all.filter((_, i) => {
    const isRepeated = isPause(i) ? isPause(i - 2) : isPause(i - 1) && isPause(i - 3);
    return !isRepeated;
  });
}

/** Networks that a `disconnect` or the like tells of, in the order of the alphabet. */
const networksOf = (events: unknown[], action: string): (string | undefined)[] =>
  (events as EventJson[])
    .filter(({ Type, Action }) => Type === 'network' && Action === action)
    .map(({ Actor }) => Actor.Attributes['name'])
    .sort();

/** Podman says `remove` of a container that Docker calls destroyed. */
const has =
  (action: string) =>
  (events: unknown[]): boolean =>
    (events as EventJson[]).some(
      ({ Type, Action }) =>
        Action === action || (action === 'destroy' && `${Type} ${Action}` === 'container remove'),
    );

/** The event stream: order, attributes, silence where engines are silent. */
export function eventCases(bench: () => Bench, it: CaseOf): void {
  /** The end of a container: its processes, then its networks; the other way round since v25. */
  const end = (): string[] => {
    const told = ['container die', 'network disconnect'];
    return bench().target.version === '20.10' ? told : told.reverse();
  };

  /** Podman says nothing of `stop`; its last word of the end is `cleanup`. */
  const hasStopped = (lines: unknown[]): boolean =>
    has(bench().onPodman ? 'cleanup' : 'stop')(lines) && has('die')(lines);

  it('tells start, stop, restart and removal in the engine’s order', async () => {
    const events = await bench().follow('/events');
    const c = await bench().running('bridge');
    await bench().ok('POST', `/containers/${c}/stop?t=0`);
    await events.until(hasStopped);
    expect(words(events.lines)).toEqual([
      'container create',
      'network connect',
      'container start',
      'container kill',
      ...end(),
      'container stop',
    ]);
    await bench().ok('POST', `/containers/${c}/start`);
    await bench().ok('POST', `/containers/${c}/restart?t=0`);
    await bench().ok('DELETE', `/containers/${c}?force=1`);
    await events.until(has('destroy'));
    expect(words(events.lines).slice(7)).toEqual([
      'network connect',
      'container start',
      'container kill',
      ...end(),
      'container stop',
      'network connect',
      'container start',
      'container restart',
      'container kill',
      ...end(),
      'container destroy',
    ]);
  });

  it('names network and container in connect and disconnect; the latter twice until v26', async () => {
    const net = await bench().macvlan({ Subnet: '10.180.0.0/24' });
    const c = await bench().running('bridge');
    const { Id } = await bench().inspect(c);
    const events = await bench().follow(`/events?filters=${filters({ type: ['network'] })}`);
    await bench().connect(net, c, '10.180.0.9');
    await bench().disconnect(net, c);
    await bench().ok('DELETE', `/networks/${net}`);
    // Podman never says so: no need to wait for long.
    await events.until(has('destroy'), bench().onPodman ? 3000 : undefined);
    const twice = isSince(bench().target.version, '28.5') ? [] : ['network disconnect'];
    expect(words(events.lines)).toEqual([
      'network connect',
      'network disconnect',
      ...twice,
      'network destroy',
    ]);
    const [first] = events.lines as EventJson[];
    expect(first?.Actor.Attributes).toEqual({ container: Id, name: net, type: 'macvlan' });
    expect(first).toMatchObject({ scope: 'local', time: expect.any(Number), timeNano: expect.any(Number) });
  });

  it('is silent about failed connects and about connects to stopped containers', async () => {
    const net = await bench().macvlan({ Subnet: '10.180.0.0/24', Gateway: '10.180.0.1' });
    const live = await bench().running('bridge');
    const stopped = await bench().container('bridge');
    const events = await bench().follow('/events');
    const body = bench().connectBody(live, '10.180.0.1');
    await bench().refused('POST', `/networks/${net}/connect`, body, 403, 'Address already in use');
    await bench().connect(net, stopped, '10.180.0.9');
    // The next event that must come shows that nothing came before it.
    await bench().disconnect(net, stopped);
    await bench().ok('DELETE', `/containers/${stopped}`);
    await events.until(has('destroy'));
    // Since v28 not even the disconnect of a stopped container is told.
    const disconnect = isSince(bench().target.version, '28.5') ? [] : ['network disconnect'];
    expect(words(events.lines)).toEqual([...disconnect, 'container destroy']);
  });

  it('tells pause and unpause, and what a start that fails undoes', async () => {
    const net = await bench().macvlan({ Subnet: '10.180.0.0/24', Gateway: '10.180.0.1' });
    const c = await bench().running('bridge');
    const events = await bench().follow('/events');
    await bench().ok('POST', `/containers/${c}/pause`);
    await bench().ok('POST', `/containers/${c}/unpause`);
    await bench().ok('POST', `/containers/${c}/stop?t=0`);
    await events.until(hasStopped);
    const before = events.lines.length;
    await bench().connect(net, c, '10.180.0.1');
    await bench().refused(
      'POST',
      `/containers/${c}/start`,
      undefined,
      403,
      bench().startRefusal('Address already in use'),
    );
    await bench().disconnect(net, c);
    await bench().ok('DELETE', `/containers/${c}`);
    await events.until(has('destroy'));
    expect(words(events.lines.slice(0, before))).toEqual([
      'container pause',
      'container unpause',
      'container kill',
      ...end(),
      'container stop',
    ]);
    // Since v28 the networks are tried in an order that chance decides: the one that works may not have its turn. All are
    // told as left, and until v26 the disconnect of the stopped container besides.
    const told = events.lines.slice(before);
    const isNew = isSince(bench().target.version, '28.5');
    const joined = networksOf(told, 'connect');
    if (!isNew || joined.length > 0) expect(joined).toEqual(['bridge']);
    const left = ['bridge', net, ...(isNew ? [] : [net])];
    expect(networksOf(told, 'disconnect')).toEqual(left);
    expect(words(told)).toEqual([
      ...joined.map(() => 'network connect'),
      ...left.map(() => 'network disconnect'),
      'container destroy',
    ]);
  });

  it('replays from since, filters, and ends at until', async () => {
    const c = await bench().container('none');
    const since = Math.floor(Date.now() / 1000) - 60;
    const until = Math.floor(Date.now() / 1000) + 1;
    const query = `since=${since}&until=${until}&filters=${filters({ type: ['container'], event: ['create'], container: [c] })}`;
    const answer = await bench().call('GET', `/events?${query}`);
    const told = answer.text.split('\n').map((line) => JSON.parse(line) as EventJson);
    expect(told.map(({ Action, Actor }) => [Action, Actor.Attributes['name']])).toEqual([['create', c]]);
    expect((await bench().call('GET', '/events?since=1&until=2')).text).toBe('');
  });
}
