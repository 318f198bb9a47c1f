// @vitest-environment jsdom
import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { changesEngine } from '../../shared/contract';
import type { Dialog } from '../store/ui';
import { prepareDom } from '../testing/dom';
import { twoHosts } from '../testing/fixtures';
import { renderWindow } from '../testing/render';
import { dialogs as rows } from '../views/features';

prepareDom();

const dialogs: Dialog[] = [
  { kind: 'change', request: { kind: 'remove-network', engineId: 'a', networkId: 'lan-id' } },
  { kind: 'attach', engineId: 'a', containerId: 'web-id' },
  { kind: 'new-network' },
  { kind: 'segment-form', purpose: { kind: 'create' } },
  { kind: 'segment-change', request: { kind: 'forget-segment', segmentId: 's' } },
  { kind: 'segment-import' },
  { kind: 'toolbox', engineId: 'a' },
  { kind: 'guard', engineId: 'a', containerId: 'web-id' },
  { kind: 'guard-all', purpose: 'set', targets: {}, name: 'lan' },
  { kind: 'host', engineId: 'a' },
  { kind: 'shim', engineId: 'a', networkId: 'lan-id' },
  { kind: 'addresses-import', engineId: 'a', networkId: 'lan-id' },
  { kind: 'isolation' },
  { kind: 'recover', id: 'x', action: 'finish' },
];

it('a read-only window says so, and opens nothing that would change an engine, whoever asks', async () => {
  const { api, stores, user } = renderWindow(twoHosts(), { info: { readOnly: true } });
  expect((await screen.findByTestId('read-only')).textContent).toBe('Read-only');
  expect(screen.queryByTestId('new-network')).toBeNull();
  expect(dialogs.map(({ kind }) => kind).sort()).toEqual(
    Object.entries(rows)
      .flatMap(([kind, { changes }]) => (changes ? [kind] : []))
      .sort(),
  );
  for (const dialog of dialogs) {
    act(() => stores.ui.setState({ dialog }));
    expect(stores.ui.getState().dialog, dialog.kind).toBeNull();
  }
  (await screen.findByTestId('table')).focus();
  await user.keyboard('{ArrowDown}ade{Enter}');
  expect(stores.ui.getState()).toMatchObject({ dialog: null, selection: { kind: 'attachment' } });
  expect(api.calls.filter(({ name }) => changesEngine(name))).toEqual([]);
});

it('in Chinese, too', async () => {
  renderWindow(twoHosts(), { info: { readOnly: true }, preferences: { language: 'zh-CN' } });
  expect((await screen.findByTestId('read-only')).textContent).toBe('只读');
});

it('any other window has no such badge, and all of it', async () => {
  const { stores } = renderWindow(twoHosts());
  await screen.findByTestId('new-network');
  expect(screen.queryByTestId('read-only')).toBeNull();
  act(() => stores.ui.setState({ dialog: { kind: 'new-network' } }));
  expect(stores.ui.getState().dialog).toEqual({ kind: 'new-network' });
});

it('a read-only list of segments does not explain how to make or adopt one', async () => {
  const { stores } = renderWindow(twoHosts(), { info: { readOnly: true } });
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ segmentsOpen: true }));
  const panel = await screen.findByTestId('segments-panel');
  expect(panel.textContent).not.toMatch(/make|Adopt|adopt/);
});
