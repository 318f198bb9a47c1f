import { describe, expect, it, vi } from 'vitest';
import type { TrunklineApi } from '../../shared/contract';
import { ok } from '../../shared/model';
import { inert, inertApi } from './inert';

describe('what comes into the window', () => {
  it('is the same object where nothing acts', () => {
    const snapshot = { revision: 1, containers: [{ name: 'web', labels: { a: 'b' }, endpoints: [] }] };
    expect(inert(snapshot)).toBe(snapshot);
    const tick = { values: new Float64Array([1]) };
    expect(inert(tick)).toBe(tick);
  });

  it('has every text inert, however deep, the names of labels too, and names with an end', () => {
    const long = 'a'.repeat(10_000);
    const shown = inert({
      containers: [{ name: long, note: long, labels: { 'k\u202ey': 'v\u0000', [long]: 'x' } }],
      problem: { params: { host: long, detail: 'x\u001b[2J' } },
    }) as {
      containers: [{ name: string; note: string; labels: Record<string, string> }];
      problem: { params: { host: string; detail: string } };
    };
    const [container] = shown.containers;
    expect([container.name.length, container.note.length]).toEqual([128, 10_000]);
    expect(Object.entries(container.labels)).toEqual([
      ['k�y', 'v�'],
      [`${'a'.repeat(127)}…`, 'x'],
    ]);
    expect(shown.problem.params).toEqual({ host: `${'a'.repeat(127)}…`, detail: 'x�[2J' });
  });

  it('can’t reach beyond itself by the names of its parts', () => {
    const hostile = JSON.parse('{"labels":{"__proto__":{"polluted":1},"constructor":"\\u202e"}}') as object;
    inert(hostile);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('comes so by answers and pushes; the engine’s own JSON as it is', async () => {
    const api = {
      invoke: vi.fn(async () => ok({ name: 'a\u202eb' })),
      on: vi.fn((_name: string, listener: (data: unknown) => void) => {
        listener({ name: 'a\u202eb' });
        return () => undefined;
      }),
      onConnection: vi.fn(),
    } as unknown as TrunklineApi;
    const wrapped = inertApi(api);
    expect(await wrapped.invoke('app.info', {})).toEqual(ok({ name: 'a�b' }));
    expect(await wrapped.invoke('inventory.raw', { engineId: '', kind: 'engine', id: '' })).toEqual(
      ok({ name: 'a\u202eb' }),
    );
    const heard = vi.fn();
    wrapped.on('preferences.changed', heard);
    expect(heard).toHaveBeenCalledWith({ name: 'a�b' });
  });
});
