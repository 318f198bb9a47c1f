import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../engine-client';
import { eventReader, helperFilter, mapEvent } from './events';
import { HELPER_LABEL } from './helper-label';

const attachment = (Action: string, timeNano: number, container = 'c1') => ({
  Type: 'network',
  Action,
  Actor: { ID: 'n1', Attributes: { container, name: 'm1', type: 'macvlan' } },
  scope: 'local',
  timeNano,
});
const container = (Action: string) => ({
  status: Action,
  id: 'c1',
  Type: 'container',
  Action,
  Actor: { ID: 'c1' },
});

function read(...events: unknown[]): EngineEvent[] {
  const seen: EngineEvent[] = [];
  const onLine = eventReader((event) => seen.push(event));
  for (const event of events) onLine(JSON.stringify(event));
  return seen;
}

describe('mapEvent', () => {
  it.each([
    'create',
    'start',
    'die',
    'stop',
    'destroy',
    'pause',
    'unpause',
    'rename',
    'update',
    'restart',
    'oom',
    'health_status: healthy',
  ])('passes container %s on', (action) => {
    expect(mapEvent(container(action))).toEqual({ kind: 'container', action, containerId: 'c1' });
  });

  it.each([
    'exec_create: sh -c for i in',
    'exec_start: sh',
    'exec_die',
    'health_status',
    'attach',
    'resize',
    'top',
    'kill',
  ])('drops the noise of %s', (action) => {
    expect(mapEvent(container(action))).toBeNull();
  });

  it('reads networks and attachments', () => {
    expect(mapEvent(attachment('connect', 1))).toEqual({
      kind: 'attachment',
      action: 'connect',
      networkId: 'n1',
      containerId: 'c1',
    });
    const network = (Action: string) => mapEvent({ Type: 'network', Action, Actor: { ID: 'n1' } });
    expect(network('create')).toEqual({ kind: 'network', action: 'create', networkId: 'n1' });
    expect(network('destroy')).toMatchObject({ action: 'destroy' });
    expect(network('remove')).toMatchObject({ action: 'destroy' });
    expect(mapEvent({ Type: 'daemon', Action: 'reload', Actor: { ID: 'x' } })).toEqual({
      kind: 'daemon',
      action: 'reload',
    });
  });

  it.each([
    null,
    7,
    {},
    { Type: 'image', Action: 'pull' },
    { Type: 'container', Action: 'start' },
    { Type: 'network', Action: 'connect', Actor: { ID: 'n', Attributes: null } },
  ])('takes %j for nothing', (json) => {
    expect(mapEvent(json)).toBeNull();
  });
});

describe('the double disconnect of 20.10', () => {
  // Times as recorded: the twin comes 1.5 ms later.
  const first = 1795388551646678000;

  it('is told once', () => {
    expect(read(attachment('disconnect', first), attachment('disconnect', first + 1_545_130))).toHaveLength(
      1,
    );
  });

  it('hides no second disconnect that follows a connect, comes later, or is another container’s', () => {
    const actions = ['disconnect', 'connect', 'disconnect'];
    expect(read(...actions.map((action, n) => attachment(action, first + n)))).toHaveLength(3);
    expect(read(attachment('disconnect', first), attachment('disconnect', first + 1e9))).toHaveLength(2);
    expect(read(attachment('disconnect', first), attachment('disconnect', first, 'c2'))).toHaveLength(2);
  });
});

it('refuses a line that is no JSON, as an event may be lost', () => {
  expect(() => eventReader(() => undefined)('{"Type":')).toThrow(SyntaxError);
});

describe('events of helpers', () => {
  const helper = (ID: string, Action = 'create') => ({
    Type: 'container',
    Action,
    Actor: { ID, Attributes: { [HELPER_LABEL]: 'x' } },
  });

  it('are told to nobody, from the first to the last', () => {
    expect(
      read(
        helper('h1'),
        attachment('connect', 1, 'h1'),
        helper('h1', 'start'),
        attachment('disconnect', 2, 'h1'),
      ),
    ).toEqual([]);
    expect(read(helper('h1'), helper('h1', 'destroy'), attachment('connect', 1, 'h1'))).toHaveLength(1);
  });

  it('of any number, and with ids of any length, fill no memory', () => {
    const kept = new Set<string>();
    const isHelpers = helperFilter(kept);
    for (let n = 0; n < 600; n++) expect(isHelpers(helper(`${'x'.repeat(100_000)}${n}`))).toBe(true);
    expect(kept.size).toBe(0);
    for (let n = 0; n < 600; n++) expect(isHelpers(helper(`h${n}`))).toBe(true);
    expect(kept.size).toBe(500);
    expect([kept.has('h99'), kept.has('h100'), kept.has('h599')]).toEqual([false, true, true]);
  });

  it('with such an id make no event, nor does an attachment of one', () => {
    const long = 'x'.repeat(1_000_000);
    expect(read(helper(long), attachment('connect', 1, long))).toEqual([]);
    expect(mapEvent({ ...container('start'), id: long, Actor: { ID: long } })).toBeNull();
  });
});
