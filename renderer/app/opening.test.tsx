// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { prepareDom } from '../testing/dom';
import { engine, twoHosts } from '../testing/fixtures';
import { renderWindow } from '../testing/render';

prepareDom();

const connecting = (id: string) => engine(id, { state: 'connecting', version: '', apiVersion: '' });
const unread = {
  ...twoHosts(),
  engines: [connecting('atlas'), connecting('borealis')],
  networks: [],
  containers: [],
};

it('is never blank while the first picture is on its way, and counts nothing yet', () => {
  renderWindow(twoHosts(), { overrides: { 'inventory.get': () => new Promise(() => undefined) } });
  expect(screen.getByTestId('opening').textContent).toContain('Loading…');
  expect(screen.getByTestId('status-line').textContent).not.toContain('0 hosts');
});

it('names the hosts that are being connected to, and does not say that they have no containers', async () => {
  renderWindow(unread);
  await screen.findByTestId('opening');
  expect((await screen.findAllByText('borealis')).length).toBeGreaterThan(0);
  expect(screen.getByTestId('opening').textContent).toMatch(/Connecting to the hosts….*atlas.*connecting/);
  expect(screen.queryByText('No containers')).toBeNull();
});

it('shows the view as soon as a host has told what it has', async () => {
  renderWindow({ ...twoHosts(), engines: [engine('a'), connecting('b')] });
  expect(await screen.findByTestId('table')).toBeTruthy();
  expect(screen.queryByTestId('opening')).toBeNull();
});
