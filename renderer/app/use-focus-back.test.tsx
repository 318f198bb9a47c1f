// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { prepareDom } from '../testing/dom';
import { twoHosts } from '../testing/fixtures';
import { renderWindow } from '../testing/render';

prepareDom();

const inDialog = () => waitFor(() => expect(document.activeElement?.closest('[role="dialog"]')).toBeTruthy());

it('gives the focus back to what opened a dialog, also where one opened another', async () => {
  const { stores, user } = renderWindow(twoHosts());
  const opener = await screen.findByRole('button', { name: 'Keyboard shortcuts' });
  await user.click(opener);
  await inDialog();
  act(() => stores.ui.setState({ dialog: { kind: 'change-log' } }));
  await inDialog();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(document.activeElement).toBe(opener);
});

it('gives it to nothing where nothing had it when the dialog was opened', async () => {
  const { stores, user } = renderWindow(twoHosts());
  await user.click(await screen.findByRole('button', { name: 'Keyboard shortcuts' }));
  await inDialog();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  act(() => (document.activeElement as HTMLElement).blur());
  act(() => stores.ui.setState({ dialog: { kind: 'shortcuts' } }));
  await inDialog();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(document.activeElement).toBe(document.body);
});
