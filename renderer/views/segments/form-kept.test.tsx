// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { ImportedSegment } from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const from: ImportedSegment = {
  segment: {
    ...{ name: 'iot', vlan: 20, driver: 'macvlan', mode: 'bridge' },
    subnets: [{ subnet: '10.1.0.0/24', gateway: '10.1.0.1' }, { subnet: '10.2.0.0/24' }],
    reserved: [
      { from: '10.1.0.10', to: '10.1.0.20', kind: 'dhcp' },
      { from: '10.1.0.30', to: '10.1.0.40', kind: 'reserved' },
    ],
  },
  hosts: [{ hostName: 'a', parentNic: 'eth0', networkName: 'iot', exclusions: { router: '10.1.0.9' } }],
};

const press = (label: string) => fireEvent.click(screen.getAllByLabelText(label)[0]!);

/** Edits by buttons alone: no field of the page tells of them. */
const edits: Record<string, () => unknown> = {
  'two reserved ranges removed': () => {
    press('Remove this range');
    press('Remove this range');
  },
  'a reserved range added': () => fireEvent.click(screen.getByTestId('reserved-add')),
  'a subnet removed': () => press('Remove this subnet'),
  'a subnet added': () => fireEvent.click(screen.getByTestId('segment-more-add')),
  'no address excluded any more': () => fireEvent.click(screen.getByText('Don’t exclude')),
  'a colour chosen from the swatches': async () => {
    const swatches = () => [...document.querySelectorAll('.mantine-ColorInput-dropdown button')];
    fireEvent.click(screen.getByTestId('segment-colour'));
    await waitFor(() => expect(swatches()).not.toEqual([]));
    fireEvent.click(swatches().at(-1)!);
    // Escape is the picker's own before that.
    await waitFor(() => expect(swatches()).toEqual([]));
  },
};

async function open() {
  const shown = renderWindow(twoHosts());
  await screen.findByTestId('table');
  const purpose = { kind: 'create', from } as const;
  act(() => shown.stores.ui.setState({ dialog: { kind: 'segment-form', purpose } }));
  await screen.findByTestId('segment-form');
  return shown;
}

it('is closed by Escape while it stands as it was opened', async () => {
  const { stores, user } = await open();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(stores.ui.getState().dialog).toBeNull());
});

it.each(Object.keys(edits))('is not closed by Escape with %s', async (name) => {
  const { stores, user } = await open();
  await edits[name]?.();
  await user.keyboard('{Escape}');
  expect(stores.ui.getState().dialog).toMatchObject({ kind: 'segment-form' });
});
