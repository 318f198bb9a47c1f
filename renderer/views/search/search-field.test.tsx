// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { container, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const web = (number: number) => container('a', `web-${number}`);
const withWebs = (...numbers: number[]): Snapshot => ({ ...twoHosts(), containers: numbers.map(web) });
const chosen = () => screen.queryByRole('option', { selected: true, hidden: true })?.textContent;

/** A window with three containers, whose names are being typed. */
async function typed() {
  const shown = renderWindow(withWebs(1, 2, 3));
  const field = await screen.findByTestId('search');
  await shown.user.type(field, 'web');
  await waitFor(() => expect(chosen()).toContain('web-1'));
  const tell = (...numbers: number[]) =>
    act(() => shown.stores.inventory.setState({ snapshot: withWebs(...numbers) }));
  const selected = () => shown.stores.ui.getState().selection;
  return { ...shown, field, tell, selected };
}

describe('the search', () => {
  it('takes the first result, and tells assistive technology which one that is', async () => {
    const { user, field, selected } = await typed();
    const active = field.getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(active)?.textContent).toContain('web-1');
    await user.keyboard('{Enter}');
    expect(selected()).toEqual({ kind: 'container', engineId: 'a', id: 'web-1-id' });
  });

  it('gives the keys of the table to what was chosen', async () => {
    const { user, stores } = await typed();
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('grid')));
    await user.keyboard('a');
    expect(stores.ui.getState().dialog).toMatchObject({ kind: 'attach', containerId: 'web-2-id' });
  });

  it('keeps what the arrow keys went to while the picture changes around it', async () => {
    const { user, tell, selected } = await typed();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(chosen()).toContain('web-3');
    tell(0, 1, 2, 3);
    expect(chosen()).toContain('web-3');
    await user.keyboard('{Enter}');
    expect(selected()).toMatchObject({ id: 'web-3-id' });
  });

  it('goes round at both ends, and back to the first when what was chosen is gone', async () => {
    const { user, tell } = await typed();
    await user.keyboard('{ArrowUp}');
    expect(chosen()).toContain('web-3');
    await user.keyboard('{ArrowDown}');
    expect(chosen()).toContain('web-1');
    await user.keyboard('{ArrowDown}');
    tell(1, 3);
    expect(chosen()).toContain('web-1');
  });

  it('finds nothing yet, and what comes later is taken by Enter all the same', async () => {
    const { user, tell, selected } = await typed();
    await user.keyboard('-4');
    await screen.findByText('Nothing matches “web-4”');
    await user.keyboard('{Enter}');
    expect(selected()).toBeNull();
    tell(4);
    await user.keyboard('{Enter}');
    expect(selected()).toMatchObject({ id: 'web-4-id' });
  });

  it('leaves the Enter that ends a composition of characters to it', async () => {
    const { field, selected } = await typed();
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    expect(selected()).toBeNull();
  });
});
