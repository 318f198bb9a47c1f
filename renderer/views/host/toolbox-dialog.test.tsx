// @vitest-environment jsdom
import { act, renderHook, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { CommandName } from '../../../shared/contract';
import {
  fail,
  ok,
  type ToolboxDescription,
  type ToolboxSettings,
  type ToolboxTask,
} from '../../../shared/model';
import { problem, reason } from '../../../shared/rules';
import { AppContext } from '../../context/context';
import { useSetConsent, useToolbox } from '../../context/host/use-host';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const image = 'registry.example/toolbox:1';

/** A host on which the toolbox is allowed, and gets there only when it is loaded. */
function open() {
  let settings: ToolboxSettings = { method: 'pull', image };
  const description = (): ToolboxDescription => ({
    ...{ version: '1', settings, tasks: [], size: null },
    engines: [{ engineId: 'a', consent: 'granted', at: 1, image: null }],
  });
  const failed = problem('toolbox_unavailable', { context: 'image', image, host: 'a' });
  return renderWindow(twoHosts(), {
    overrides: {
      'toolbox.describe': () => ok(description()),
      'toolbox.configure': (wanted) => {
        settings = wanted;
        return ok(description());
      },
      'host.facts': () => fail(failed),
    },
  });
}

describe('a toolbox that does not get onto its host', () => {
  it('offers another way where that is told, and tries it', async () => {
    const { stores, user, api } = open();
    await screen.findByTestId('table');
    act(() => stores.ui.setState({ selection: { kind: 'engine', engineId: 'a' } }));
    await user.click(await screen.findByTestId('toolbox-other-way'));
    await user.selectOptions(await screen.findByTestId('toolbox-method'), 'load');
    const looks = () => api.calls.filter((call) => call.name === 'host.facts');
    const before = looks().length;
    await user.click(screen.getByTestId('toolbox-again'));
    await waitFor(() => expect(looks()).toHaveLength(before + 1));
    expect(looks().at(-1)?.input).toEqual({ engineId: 'a', refresh: true });
    await waitFor(() => expect(screen.queryByTestId('toolbox-dialog')).toBeNull());
  });

  it('does not keep a name that no image can have', async () => {
    const { stores, user, api } = open();
    await screen.findByTestId('table');
    act(() => stores.ui.setState({ dialog: { kind: 'toolbox', engineId: 'a' } }));
    const field = await screen.findByTestId('toolbox-image');
    await user.clear(field);
    await user.type(field, 'bad name!!');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByTestId<HTMLButtonElement>('toolbox-again').disabled).toBe(true);
    await user.tab();
    expect(api.calls.filter((call) => call.name === 'toolbox.configure')).toEqual([]);
  });
});

it('a refusal that can’t be written down yet counts, and the window says both', async () => {
  let consent: 'granted' | 'refused' = 'granted';
  const told = problem('storage_failed', {
    ...({ context: 'waiting', file: 'toolbox.json' } as const),
    detail: reason('no_reason'),
  });
  const { stores, user } = renderWindow(twoHosts(), {
    overrides: {
      'toolbox.describe': () =>
        ok({
          ...{ version: '1', settings: { method: 'load' as const, image }, tasks: [], size: null },
          engines: [{ engineId: 'a', consent, at: 1, image: null }],
        }),
      'toolbox.consent': () => {
        consent = 'refused';
        return fail(told);
      },
    },
  });
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ dialog: { kind: 'toolbox', engineId: 'a' } }));
  await user.click(await screen.findByTestId('toolbox-refuse'));
  const dialog = await screen.findByTestId('toolbox-dialog');
  await waitFor(() => expect(dialog.textContent).toContain('toolbox.json'));
  expect(stores.host.getState().toolbox?.engines[0]).toMatchObject({ consent: 'refused' });
});

it('stays, and says so, where not all could be taken away; and says it again when it is opened later', async () => {
  const left = problem('toolbox_left', { host: 'a', names: 'trunkline-facts-1' }, { engineId: 'a' });
  const described = (engine: object) =>
    ok({
      ...{ version: '1', settings: { method: 'load' as const, image: 'i' }, tasks: [], size: null },
      engines: [{ engineId: 'a', at: 1, image: null, consent: 'granted' as const, ...engine }],
    });
  let engine = {};
  const { user, stores } = renderWindow(twoHosts(), {
    overrides: {
      'toolbox.describe': () => described(engine),
      'toolbox.consent': () => described((engine = { consent: 'refused' as const, left })),
    },
  });
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ dialog: { kind: 'toolbox', engineId: 'a' } }));
  await user.click(await screen.findByTestId('toolbox-refuse'));
  const dialog = await screen.findByTestId('toolbox-dialog');
  await waitFor(() => expect(dialog.textContent).toContain('docker rm -f trunkline-facts-1'));
  act(() => stores.ui.setState({ dialog: null }));
  act(() => stores.ui.setState({ dialog: { kind: 'toolbox', engineId: 'a' } }));
  expect((await screen.findByTestId('toolbox-dialog')).textContent).toContain('trunkline-facts-1');
});

it('what was said of another address is told as such, and asked for anew', async () => {
  const { stores, user } = renderWindow(twoHosts(), {
    overrides: {
      'toolbox.describe': () =>
        ok({
          ...{ version: '1', settings: { method: 'load' as const, image }, tasks: [], size: null },
          engines: [{ engineId: 'a', consent: 'unasked', at: 1, moved: true, image: null }],
        }),
    },
  });
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ selection: { kind: 'engine', engineId: 'a' } }));
  const asked = await screen.findByTestId('toolbox-unasked');
  await waitFor(() => expect(asked.textContent).toContain('for another address'));
  await user.click(screen.getByTestId('toolbox-look'));
  expect((await screen.findByTestId('toolbox-dialog')).textContent).toContain('for another address of');
});

it.each([
  [{ changes: false, sends: false }, 'no network · only reads'],
  [{ changes: false, sends: true }, 'no network · sends to the LAN'],
  [{ changes: true, sends: true }, 'no network · changes the host · sends to the LAN'],
])('tells of a task what it does beside reading: %o', async (does, told) => {
  const words = { title: 'Say it again', why: 'Says what it is told.' };
  const task: ToolboxTask = {
    ...{ id: 'echo', network: 'none', hostPids: false, capabilities: [], unconfined: false },
    ...{ ...does, ...words, translations: { 'zh-CN': words } },
  };
  const { stores } = renderWindow(twoHosts(), {
    overrides: {
      'toolbox.describe': () =>
        ok({
          ...{ version: '1', settings: { method: 'load' as const, image }, tasks: [task], size: null },
          engines: [{ engineId: 'a', consent: 'unasked', at: 0, image: null }],
        }),
    },
  });
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ dialog: { kind: 'toolbox', engineId: 'a' } }));
  const shown = await screen.findByTestId('toolbox-task-echo');
  expect([...shown.children].map((each) => each.textContent)).toContain(told);
});

it('a description that was asked for before the toolbox was allowed does not take that back', async () => {
  const said = (consent: 'unasked' | 'granted'): ToolboxDescription => ({
    ...{ version: '1', settings: { method: 'pull', image }, tasks: [], size: null },
    engines: [{ engineId: 'a', consent, at: 1, image: null }],
  });
  const { api, stores } = renderWindow(twoHosts(), {
    overrides: {
      'host.facts': () => fail(problem('toolbox_unavailable', { context: 'image', image, host: 'a' })),
    },
  });
  await screen.findByTestId('table');
  const late: (() => void)[] = [];
  const invoke = api.invoke.bind(api);
  vi.spyOn(api, 'invoke').mockImplementation(((name: CommandName, input: never) => {
    if (name === 'toolbox.consent') return Promise.resolve(ok(said('granted')));
    if (name !== 'toolbox.describe') return invoke(name, input);
    return new Promise((resolve) => late.push(() => resolve(ok(said('unasked')))));
  }) as never);
  const { result } = renderHook(() => ({ toolbox: useToolbox(), set: useSetConsent('a') }), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <AppContext value={{ api, stores, info: {} as never }}>{children}</AppContext>
    ),
  });
  await waitFor(() => expect(late).toHaveLength(1));
  await act(() => result.current.set(true));
  await act(async () => late.forEach((each) => each()));
  expect(result.current.toolbox?.engines[0]?.consent).toBe('granted');
});
