// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { prepareDom } from '../../testing/dom';
import { fill } from '../../testing/fill';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const field = (name: string) => screen.getByTestId<HTMLInputElement>(`segment-${name}`);
const isWrong = (name: string) => field(name).getAttribute('aria-invalid') === 'true';

async function open() {
  const shown = renderWindow(twoHosts());
  await screen.findByTestId('table');
  act(() => shown.stores.ui.setState({ dialog: { kind: 'segment-form', purpose: { kind: 'create' } } }));
  await screen.findByTestId('segment-form');
  return shown;
}

it('tells of a VLAN that there can’t be and of a wrong subnet and gateway at once', async () => {
  const { user } = await open();
  await fill(user, field('name'), 'cams');
  await fill(user, field('vlan'), '5000');
  await user.type(field('subnet'), '10.3.0.7/24');
  expect([isWrong('vlan'), isWrong('subnet')]).toEqual([true, true]);
  await user.clear(field('subnet'));
  await fill(user, field('subnet'), '10.3.0.0/24');
  await fill(user, field('gateway'), '10.9.0.1');
  expect([isWrong('vlan'), isWrong('subnet'), isWrong('gateway')]).toEqual([true, false, true]);
});

it('brings the first wrong field into view on submit, and puts the focus there', async () => {
  const seen = vi.spyOn(Element.prototype, 'scrollIntoView');
  const { user } = await open();
  await fill(user, field('name'), 'cams');
  await fill(user, field('subnet'), '10.3.0.0/24');
  for (const host of ['a', 'b']) await user.click(field(`host-${host}`));
  await user.click(field('name'));
  await user.click(await screen.findByTestId('show-wrong'));
  const alert = await screen.findByText(/host/i, { selector: '[role="alert"]' });
  await waitFor(() => expect(document.activeElement).toBe(alert));
  expect(seen.mock.contexts.at(-1)).toBe(alert);
  await fill(user, field('vlan'), '5000');
  await user.click(screen.getByTestId('show-wrong'));
  await waitFor(() => expect(document.activeElement).toBe(field('vlan')));
  seen.mockRestore();
});
