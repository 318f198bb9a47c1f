// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fail, ok, type GuardDifference, type GuardStatus } from '../../../shared/model';
import { problem } from '../../../shared/texts';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const of = (
  state: GuardStatus['state'],
  differences: GuardDifference[] = [],
  more: Partial<GuardStatus> = {},
): GuardStatus => ({
  ...{ engineId: 'b', identity: { by: 'name', name: 'db' }, containerName: 'db', containerId: 'db-id' },
  ...{
    attachments: [{ networkName: 'lan', ipv4: '10.70.1.2' }],
    since: 1,
    state,
    current: 'db-id',
    differences,
  },
  ...more,
});
const other: GuardDifference = { networkName: 'lan', what: 'other', kept: '10.70.1.2', actual: '10.70.1.9' };
const select = ({ stores }: ReturnType<typeof renderWindow>) =>
  act(() => stores.ui.setState({ selection: { kind: 'container', engineId: 'b', id: 'db-id' } }));

it('a container is guarded from its inspector, by a dialog that says what comes back', async () => {
  const window = renderWindow(twoHosts(), { overrides: { 'guard.set': () => ok([of('kept')]) } });
  await screen.findByTestId('table');
  select(window);
  fireEvent.click(await screen.findByTestId('guard'));
  const dialog = await screen.findByTestId('guard-dialog');
  expect(dialog.textContent).toContain('10.70.1.2on lan');
  expect(dialog.textContent).toContain('Recognised by its name, db.');
  // Its address is fixed already.
  expect(dialog.textContent).not.toContain('fixed at once');
  fireEvent.click(within(dialog).getByTestId('apply'));
  await waitFor(() => expect(screen.queryByTestId('guard-dialog')).toBeNull());
  expect(window.api.calls).toContainEqual({
    name: 'guard.set',
    input: { engineId: 'b', containerId: 'db-id' },
  });
  expect((await screen.findByTestId('guard-state')).textContent).toContain('Guarded');
});

it('what differs is told, and each decision is sent', async () => {
  const window = renderWindow(twoHosts(), {
    overrides: {
      'guard.list': () => ok([of('asked', [other])]),
      'guard.decide': () => fail(problem('subnet_full', { subnet: '10.70.1.0/24', network: 'lan' })),
      'guard.release': () => ok([]),
    },
  });
  await screen.findByTestId('table');
  select(window);
  const shown = await screen.findByTestId('guard-state');
  expect(shown.textContent).toContain('It has 10.70.1.9 fixed on lan, where 10.70.1.2 is guarded.');
  fireEvent.click(screen.getByTestId('guard-restore'));
  await waitFor(() => expect(shown.textContent).toContain('No address is free'));
  fireEvent.click(screen.getByTestId('guard-release'));
  await screen.findByTestId('guard');
  expect(window.api.calls.filter(({ name }) => name.startsWith('guard.')).slice(1)).toEqual([
    {
      name: 'guard.decide',
      input: { engineId: 'b', identity: { by: 'name', name: 'db' }, decision: 'restore' },
    },
    { name: 'guard.release', input: { engineId: 'b', identity: { by: 'name', name: 'db' } } },
  ]);
});

it('the overview lists those that are not as guarded, and follows what is told', async () => {
  const window = renderWindow(twoHosts(), { overrides: { 'guard.list': () => ok([of('kept')]) } });
  await screen.findByTestId('table');
  expect((await screen.findByTestId('guards-kept')).textContent).toBe('As guarded:db');
  act(() => window.api.push('guards.changed', [of('away', [], { current: null })]));
  const row = await screen.findByTestId('guard-of-db');
  expect(row.textContent).toContain('No such container now');
  expect(row.textContent).toContain('10.70.1.2');
  act(() => window.api.push('guards.changed', []));
  expect(screen.queryByTestId('guards')).toBeNull();
});

it('a console that only looks shows guards, and has no buttons for them', async () => {
  const window = renderWindow(twoHosts(), {
    info: { readOnly: true },
    overrides: { 'guard.list': () => ok([of('waiting')]) },
  });
  await screen.findByTestId('table');
  select(window);
  expect((await screen.findByTestId('guard-state')).textContent).toBe('This console only looks.');
});

const onLan = { networks: [{ engineId: 'b', networkId: 'lan-id' }] };
const selectLan = ({ stores }: ReturnType<typeof renderWindow>) =>
  act(() => stores.ui.setState({ selection: { kind: 'network', engineId: 'b', id: 'lan-id' } }));

it('all of a network are guarded at once, and those that can’t be are told one by one', async () => {
  const why = problem('address_in_use', {
    address: '10.70.1.2',
    container: 'x',
    network: 'lan',
    host: 'boreas',
  });
  const refused = [{ engineId: 'b', containerId: 'db-id', containerName: 'db', problem: why }];
  const window = renderWindow(twoHosts(), {
    overrides: { 'guard.setAll': () => ok({ guards: [], refused }) },
  });
  await screen.findByTestId('table');
  selectLan(window);
  fireEvent.click(await screen.findByTestId('guard-all'));
  const dialog = await screen.findByTestId('guard-all-dialog');
  expect(dialog.textContent).toContain('db');
  fireEvent.click(within(dialog).getByTestId('apply'));
  expect((await screen.findByTestId('guard-refused')).textContent).toContain('10.70.1.2');
  expect(window.api.calls).toContainEqual({ name: 'guard.setAll', input: onLan });
  fireEvent.click(within(dialog).getByTestId('apply'));
  await waitFor(() => expect(screen.queryByTestId('guard-all-dialog')).toBeNull());
});

it('all of a network are let go, and two guards of one address say which of them counts', async () => {
  const rivals = [
    { address: '10.70.1.2', engineId: 'a', containerName: 'web', wins: false, why: 'older' as const },
  ];
  const window = renderWindow(twoHosts(), {
    overrides: {
      'guard.list': () => ok([of('kept', [], { rivals })]),
      'guard.releaseAll': () => ok([]),
    },
  });
  await screen.findByTestId('table');
  expect((await screen.findByTestId('guard-rival')).textContent).toContain(
    'That guard counts, being the older one: nothing is given back here.',
  );
  selectLan(window);
  fireEvent.click(await screen.findByTestId('release-all'));
  fireEvent.click(within(await screen.findByTestId('guard-all-dialog')).getByTestId('apply'));
  await waitFor(() => expect(screen.queryByTestId('guard-all-dialog')).toBeNull());
  expect(window.api.calls).toContainEqual({ name: 'guard.releaseAll', input: onLan });
});
