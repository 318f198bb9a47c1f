// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CommandArgs } from '../../../shared/contract';
import { fail, ok, type Engine, type EngineTest, type Problem, type Result } from '../../../shared/model';
import { problem, reason } from '../../../shared/rules';
import { prepareDom } from '../../app/testing/dom';
import { configList, configOf } from '../../app/testing/fake-engines';
import { engine, twoHosts } from '../../app/testing/fixtures';
import { renderWindow } from '../../app/testing/render';
import { answer, changedKey, locked, unknownKey } from './testing';

prepareDom();
beforeAll(() => {
  document.elementsFromPoint ??= () => [];
});

type TestInput = CommandArgs<'engines.test'>;

function open(
  engines: Engine[],
  options: Parameters<typeof renderWindow>[1] = {},
  test: (input: TestInput) => Result<EngineTest> = () => ok(answer),
) {
  const window = renderWindow(
    { ...twoHosts(), engines },
    { ...options, overrides: { 'engines.test': test, ...options.overrides } },
  );
  act(() => window.stores.ui.setState({ dialog: { kind: 'engines' } }));
  const calls = (name: string) =>
    window.api.calls.filter((each) => each.name === name).map((each) => each.input);
  return { ...window, calls };
}

const settings = (...ids: string[]) => ({ engines: configList(ids.map((id) => configOf(id))) });
const offline = (id: string, why: Problem) => engine(id, { state: 'offline', problem: why });
const field = (id: string) => screen.getByTestId<HTMLInputElement>(`engine-${id}`);

const row = async (name: string) => within(await screen.findByTestId(`engine-row-${name}`));

/** The form, opened by its button from the list. */
async function openForm(...args: Parameters<typeof open>) {
  const window = open(...args);
  await window.user.click(await screen.findByTestId('add-host'));
  await screen.findByTestId('engine-form');
  return window;
}

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
    await user.type(field('path'), '/run/podman.sock');
    await user.type(field('name'), 'Lab');
    await user.type(field('group'), 'Rack 1');
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
    await user.type(field('path'), 'docker.sock');
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
    await user.type(field('path'), '/run/x.sock');
    await user.click(screen.getByTestId('apply'));
    await waitFor(() => expect(field('path').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByTestId('engine-form')).toBeTruthy();
  });

  it('asks for consent before plain TCP', async () => {
    const { user, calls } = await openForm([engine('a')], settings('a'));
    await user.click(screen.getByTestId('kind-tcp'));
    await user.type(field('host'), 'atlas');
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

describe('a test of the connection', () => {
  const ssh = async (test: (input: TestInput) => Result<EngineTest>, keychain = false) => {
    const window = await openForm(
      [engine('a')],
      { engines: configList([configOf('a')], { keychain }) },
      test,
    );
    await window.user.click(screen.getByTestId('kind-ssh'));
    await window.user.type(field('sshHost'), 'atlas');
    await window.user.click(screen.getByTestId('engine-test'));
    return window;
  };

  it('shows who answered, and forgets it when the connection is edited', async () => {
    const { user } = await ssh(() => ok({ ...answer, sameAs: 'a' }));
    const shown = await screen.findByTestId('test-answer');
    expect(shown.textContent).toContain('Docker 29.7.2, API 1.55');
    expect(shown.textContent).toContain('the same engine as a');
    await user.type(field('sshHost'), '2');
    expect(screen.queryByTestId('test-answer')).toBeNull();
  });

  it('shows how far it came', async () => {
    await ssh(() => fail(problem('ssh_auth_failed', { user: 'ada', host: 'atlas', tried: 'agent' })));
    const stages = await screen.findByRole('list', { name: 'How far it came' });
    expect(within(stages).getByText('Signed in').dataset.state).toBe('failed');
  });

  it('does not say that it goes on trying, which only the host’s own connection does', async () => {
    const away = problem('engine_timeout', { context: 'connecting', host: 'atlas', endpoint: 'ssh://atlas' });
    await ssh(() => fail(away));
    const failed = await screen.findByTestId('test-failed');
    expect(failed.textContent).toContain('no firewall drops the packets.');
    expect(failed.textContent).not.toContain('tried again');
  });

  it('accepts an unknown key by its fingerprint, and no other', async () => {
    const { user, calls } = await ssh(({ trust }) => (trust ? ok(answer) : fail(unknownKey)));
    expect((await screen.findByTestId('host-key')).textContent).toContain('SHA256:abc');
    expect(screen.getByText('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub')).toBeTruthy();
    await user.click(screen.getByTestId('trust-key'));
    await screen.findByTestId('test-answer');
    await user.click(screen.getByTestId('engine-test'));
    await screen.findByTestId('host-key');
    const tried = calls('engines.test').map((each) => (each as TestInput).trust);
    expect(tried).toEqual([undefined, 'SHA256:abc', undefined]);
  });

  it('does not take a passphrase along to another host', async () => {
    const { user, calls } = await ssh(({ passphrase }) => (passphrase ? ok(answer) : fail(locked)));
    await user.type(await screen.findByTestId('passphrase'), 'correct horse{Enter}');
    await screen.findByTestId('test-answer');
    await user.type(field('sshHost'), '2');
    await user.click(screen.getByTestId('apply'));
    await waitFor(() => expect(calls('engines.add')).toHaveLength(1));
    expect(calls('engines.unlock')).toEqual([]);
  });

  it('refuses a changed key, with nothing to accept', async () => {
    await ssh(() => fail(changedKey));
    expect((await screen.findByTestId('host-key-changed')).textContent).toContain('has changed');
    expect(screen.queryByTestId('trust-key')).toBeNull();
  });

  it('asks for a passphrase, and unlocks the host with it once it is added', async () => {
    const { user, calls } = await ssh(({ passphrase }) => (passphrase ? ok(answer) : fail(locked)), true);
    await user.type(await screen.findByTestId('passphrase'), 'correct horse');
    await user.click(screen.getByTestId('remember'));
    await user.keyboard('{Tab}');
    await user.click(screen.getByTestId('passphrase-try'));
    await screen.findByTestId('test-answer');
    await user.click(screen.getByTestId('apply'));
    await waitFor(() =>
      expect(calls('engines.unlock')).toEqual([
        { engineId: 'added-2', passphrase: 'correct horse', remember: true },
      ]),
    );
  });

  it('offers no keychain where there is none', async () => {
    await ssh(() => fail(locked));
    await screen.findByTestId('passphrase');
    expect(screen.queryByTestId('remember')).toBeNull();
  });
});

describe('a host that is offline', () => {
  it('leads to its key, which is accepted as it was shown', async () => {
    const { user, calls } = open([offline('a', unknownKey)], settings('a'));
    await user.click(await row('a').then((each) => each.getByTestId('engine-key-a')));
    await user.click(await screen.findByTestId('trust-key'));
    expect(calls('engines.trust')).toEqual([{ engineId: 'a', fingerprint: 'SHA256:abc' }]);
  });

  it('is unlocked with its passphrase; a wrong one is told', async () => {
    const wrong = problem('ssh_passphrase_wrong', { file: '/home/ada/.ssh/id' });
    const { user, calls } = open([offline('a', locked)], {
      ...settings('a'),
      overrides: {
        'engines.unlock': ({ passphrase }) => (passphrase === 'right' ? ok({}) : fail(wrong)),
      },
    });
    await user.click(await row('a').then((each) => each.getByTestId('engine-unlock-a')));
    await user.type(await screen.findByTestId('passphrase'), 'wrong{Enter}');
    expect(await screen.findByText(/does not open the SSH key/)).toBeTruthy();
    expect(screen.getByTestId<HTMLInputElement>('passphrase').value).toBe('');
    await user.type(screen.getByTestId('passphrase'), 'right{Enter}');
    await screen.findByTestId('engines-dialog');
    expect(calls('engines.unlock')).toHaveLength(2);
  });

  it('is edited where its settings are at fault, and only where they are the window’s', async () => {
    const untrusted = problem('tls_untrusted', { host: 'a' });
    open([offline('a', untrusted), offline('b', untrusted)], {
      engines: configList([configOf('a'), configOf('b', { source: 'argument' })]),
    });
    const own = await row('a');
    expect(own.getByText('Edit host…')).toBeTruthy();
    const other = within(screen.getByTestId('engine-row-b'));
    expect(other.queryByText('Edit host…')).toBeNull();
    expect(other.getByTestId('engine-retry-b')).toBeTruthy();
  });
});
