// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../shared/model';
import { problem, reason } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { fill } from '../../testing/fill';
import { configList, configOf } from '../../testing/fake-engines';
import { engine, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';
import { field, open, openForm, row, settings } from './testing';

prepareDom();
beforeAll(() => {
  document.elementsFromPoint ??= () => [];
});

describe('the list of hosts', () => {
  it('opens by its key', async () => {
    const { user } = renderWindow(twoHosts());
    await user.keyboard('h');
    expect(await screen.findByTestId('engines-dialog')).toBeTruthy();
    expect(await screen.findByTestId('engine-row-a')).toBeTruthy();
  });

  it('shows what each is, and offers changes only where there are any', async () => {
    open([engine('a', { name: 'Web', hostName: 'atlas' }), engine('b')], {
      engines: configList([configOf('a', { name: 'Web' }), configOf('b', { source: 'argument' })]),
    });
    const web = await row('Web');
    expect(web.getByText('unix:///run/a.sock')).toBeTruthy();
    expect(web.getByLabelText('Copy: unix:///run/a.sock')).toBeTruthy();
    expect(web.getByText(/calls itself atlas · Docker 29.7.2/)).toBeTruthy();
    expect(web.getByTestId('engine-edit-Web')).toBeTruthy();
    const other = within(screen.getByTestId('engine-row-b'));
    expect(other.queryByTestId('engine-edit-b')).toBeNull();
    expect(other.getByText(/Named with --host/)).toBeTruthy();
  });

  it('is arranged by the arrow keys, and the grip keeps the focus', async () => {
    const { user, calls } = open([engine('a'), engine('b')], settings('a', 'b'));
    const grip = await screen.findByRole('button', { name: 'Move b' });
    grip.focus();
    await user.keyboard('{ArrowUp}');
    expect(calls('engines.arrange')).toEqual([{ order: ['b', 'a'] }]);
    const rows = () => screen.getAllByTestId(/^engine-row-/).map((each) => each.dataset.testid);
    await waitFor(() => expect(rows()).toEqual(['engine-row-b', 'engine-row-a']));
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move b');
    await user.keyboard('{ArrowUp}');
    expect(calls('engines.arrange')).toHaveLength(1);
  });

  it('says before removing that nothing happens on the engine', async () => {
    const { user, calls } = open([engine('a'), engine('b')], settings('a', 'b'));
    await user.click(await screen.findByTestId('engine-remove-b'));
    expect(screen.getByTestId('engine-remove').textContent).toContain('Nothing happens on b itself');
    await user.click(screen.getByTestId('remove-confirm'));
    expect(calls('engines.remove')).toEqual([{ engineId: 'b' }]);
    expect(await screen.findByTestId('engine-row-a')).toBeTruthy();
    expect(screen.queryByTestId('engine-row-b')).toBeNull();
  });

  it('tells that the settings could not be read', async () => {
    const why = problem('invalid_input', { detail: reason('said', { words: 'line 3' }) });
    open([engine('a')], { engines: configList([configOf('a')], { problem: why }) });
    expect(await screen.findByText('The settings were not taken as they are')).toBeTruthy();
  });

  it('adds nothing in a demo that was asked for', async () => {
    open([engine('a')], { ...settings('a'), info: { demo: true } });
    expect((await screen.findByTestId<HTMLButtonElement>('add-host')).disabled).toBe(true);
  });
});

describe('the form', () => {
  it('adds a host by its socket, with name, group and colour', async () => {
    const { user, calls } = await openForm([engine('a')], settings('a'));
    await fill(user, field('path'), '/run/podman.sock');
    await fill(user, field('name'), 'Lab');
    await fill(user, field('group'), 'Rack 1');
    await user.click(screen.getByTestId('colour-violet'));
    await user.click(screen.getByTestId('apply'));
    expect(calls('engines.add')).toEqual([
      {
        connection: { kind: 'socket', path: '/run/podman.sock' },
        name: 'Lab',
        group: 'Rack 1',
        colour: 'violet',
      },
    ]);
    expect(await screen.findByTestId('engine-row-Lab')).toBeTruthy();
  });

  it('says what is wrong at the field, and sends nothing', async () => {
    const { user, calls } = await openForm([engine('a')], settings('a'));
    await fill(user, field('path'), 'docker.sock');
    expect(screen.getByText(/An absolute path/)).toBeTruthy();
    await user.click(screen.getByTestId('apply'));
    expect(calls('engines.add')).toEqual([]);
  });

  it('shows a refusal at the field that it is about', async () => {
    const taken = {
      ...problem('invalid_input', { detail: reason('said', { words: 'too strange' }) }),
      field: 'connection.path',
    };
    const { user } = await openForm([engine('a')], {
      ...settings('a'),
      overrides: { 'engines.add': () => fail(taken) },
    });
    await fill(user, field('path'), '/run/x.sock');
    await user.click(screen.getByTestId('apply'));
    await waitFor(() => expect(field('path').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByTestId('engine-form')).toBeTruthy();
  });

  it('asks for consent before plain TCP', async () => {
    const { user, calls } = await openForm([engine('a')], settings('a'));
    await user.click(screen.getByTestId('kind-tcp'));
    await fill(user, field('host'), 'atlas');
    await user.click(screen.getByText('Plain'));
    expect(screen.getByTestId('plain-warning').textContent).toContain('root');
    await user.click(screen.getByTestId('apply'));
    expect(calls('engines.add')).toEqual([]);
    await user.click(screen.getByTestId('plain-accepted'));
    await user.click(screen.getByTestId('apply'));
    expect(calls('engines.add')).toMatchObject([{ connection: { tls: null, plainAccepted: true } }]);
  });

  it('asks for the same consent when a context turns out to be plain TCP', async () => {
    const plain = problem('plain_tcp_unaccepted', { address: 'tcp://atlas:2375' });
    const { user, calls } = await openForm([engine('a')], settings('a'), () => fail(plain));
    await user.click(screen.getByTestId('kind-context'));
    await user.type(field('context'), 'lab');
    expect(screen.queryByTestId('plain-warning')).toBeNull();
    await user.click(screen.getByTestId('engine-test'));
    await user.click(await screen.findByTestId('plain-accepted'));
    await user.click(screen.getByTestId('apply'));
    expect(calls('engines.add')).toMatchObject([{ connection: { context: 'lab', plainAccepted: true } }]);
  });

  it('is filled by what was found on this computer', async () => {
    const found = {
      ...{ source: 'ssh-config' as const, name: 'atlas', address: 'ssh://ada@192.0.2.7', current: false },
      connection: { kind: 'ssh' as const, host: 'atlas' },
    };
    const { user } = await openForm([engine('a')], {
      ...settings('a'),
      overrides: { 'engines.candidates': () => ok([found]) },
    });
    await user.click(await screen.findByTestId('candidate-atlas'));
    expect(field('sshHost').value).toBe('atlas');
    await user.keyboard('{Escape}');
    expect(field('sshHost').value).toBe('atlas');
  });

  it('edits an entry as a whole, under its own id', async () => {
    const { user, calls } = open([engine('a')], {
      engines: configList([configOf('a', { name: 'Web', colour: 'teal' })]),
    });
    await user.click(await screen.findByTestId('engine-edit-Web'));
    await user.clear(field('name'));
    await user.click(screen.getByTestId('apply'));
    expect(calls('engines.edit')).toEqual([
      { id: 'a', connection: { kind: 'socket', path: '/run/a.sock' }, colour: 'teal' },
    ]);
  });
});
