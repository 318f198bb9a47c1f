// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fail, ok, type Result } from '../../shared/model';
import { createStores } from '../store';
import { prepareDom } from '../testing/dom';
import { createFakeApi } from '../testing/fake-api';
import { twoHosts } from '../testing/fixtures';
import { AppContext } from './context';
import { useAnswer } from './use-answer';

prepareDom();

type Raw = Result<unknown>;

/** Asks for the JSON of a network; each question is answered when the test says so. */
function ask(first: string | null) {
  const open = new Map<string, (answer: Raw) => void>();
  const api = createFakeApi(twoHosts(), {
    'inventory.raw': ({ id }) => new Promise((resolve) => open.set(id, resolve)),
  });
  const info = {
    version: '0',
    transport: 'web',
    demo: false,
    readOnly: false,
    locale: 'en',
    platform: 'linux',
  };
  const hook = renderHook(
    ({ id, round }: { id: string | null; round: number }) =>
      useAnswer('inventory.raw', id === null ? null : { engineId: 'a', kind: 'network', id }, { round }),
    {
      initialProps: { id: first, round: 0 },
      wrapper: ({ children }) => (
        <AppContext value={{ api, stores: createStores(), info: info as never }}>{children}</AppContext>
      ),
    },
  );
  const answer = (id: string, result: Raw) => act(async () => open.get(id)?.(result));
  return { ...hook, api, answer };
}

it('tells that it is asked for, then the answer, or why there is none', async () => {
  const { result, rerender, answer } = ask('x');
  expect(result.current).toEqual({ value: null, problem: null, loading: true });
  await answer('x', ok('X'));
  expect(result.current).toEqual({ value: 'X', problem: null, loading: false });
  rerender({ id: 'y', round: 0 });
  expect(result.current).toEqual({ value: null, problem: null, loading: true });
  await answer('y', fail({ code: 'network_not_found', message: 'gone' }));
  expect(result.current).toMatchObject({
    value: null,
    problem: { code: 'network_not_found' },
    loading: false,
  });
});

it('drops what was overtaken by another question, and asks nothing for null', async () => {
  const { result, rerender, answer, api } = ask('x');
  rerender({ id: 'y', round: 0 });
  await answer('y', ok('Y'));
  await answer('x', ok('X'));
  expect(result.current.value).toBe('Y');
  rerender({ id: null, round: 0 });
  expect(result.current).toEqual({ value: null, problem: null, loading: false });
  expect(api.calls).toHaveLength(2);
});

it('keeps the answer while the same is asked in another round', async () => {
  const { result, rerender, answer, api } = ask('x');
  await answer('x', ok('X'));
  rerender({ id: 'x', round: 1 });
  expect(result.current.value).toBe('X');
  await answer('x', ok('newer'));
  expect(result.current.value).toBe('newer');
  expect(api.calls).toHaveLength(2);
});

it('hears nothing after its end', async () => {
  const { result, unmount, answer } = ask('x');
  unmount();
  await answer('x', ok('X'));
  expect(result.current.loading).toBe(true);
});
