// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ok, type PolicyStatus, type Result } from '../../../shared/model';
import { createStores } from '../../store';
import { prepareDom } from '../../testing/dom';
import { createFakeApi } from '../../testing/fake-api';
import { twoHosts } from '../../testing/fixtures';
import { AppContext } from '../context';
import { useShims } from './use-host';

prepareDom();

it('what is kept is as it was told last, also where an older answer comes later', async () => {
  let answer: (result: Result<PolicyStatus[]>) => void = () => undefined;
  const api = createFakeApi(twoHosts(), {
    'policies.list': () => new Promise((resolve) => (answer = resolve)),
  });
  const { result } = renderHook(useShims, {
    wrapper: ({ children }) => (
      <AppContext value={{ api, stores: createStores(), info: {} as never }}>{children}</AppContext>
    ),
  });
  const shim = (engineId: string) => ({ kind: 'shim', engineId }) as PolicyStatus;
  act(() => api.push('policies.changed', [shim('b')]));
  await act(async () => answer(ok([shim('a')])));
  expect(result.current).toEqual([shim('b')]);
});
