// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../shared/model';
import { problem, reason } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { configList, configOf } from '../../testing/fake-engines';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const field = (id: string) => screen.getByTestId<HTMLInputElement>(`engine-${id}`);
const values = (...ids: string[]) => ids.map((id) => field(id).value);

/** The form for a new host, of this kind. */
async function openForm(
  kind: 'socket' | 'tcp' | 'ssh',
  options: Parameters<typeof renderWindow>[1] = {},
  transport: 'desktop' | 'web' = 'desktop',
) {
  const window = renderWindow(twoHosts(), {
    engines: configList([configOf('a')]),
    ...options,
    info: { transport, ...options?.info },
  });
  act(() => window.stores.ui.setState({ dialog: { kind: 'engine-form' } }));
  await window.user.click(await screen.findByTestId(`kind-${kind}`));
  return {
    ...window,
    calls: (name: string) => window.api.calls.filter((each) => each.name === name).map((each) => each.input),
  };
}

describe('a whole address', () => {
  it('that is pasted fills the fields of its kind, and the form keeps the focus', async () => {
    const { user, calls } = await openForm('socket');
    await user.click(field('path'));
    await user.paste('ssh://ada@atlas:2222');
    expect(values('user', 'sshHost', 'sshPort')).toEqual(['ada', 'atlas', '2222']);
    await waitFor(() => expect(document.activeElement).toBe(field('sshHost')));
    await user.clear(field('sshHost'));
    await user.paste('tcp://atlas:2376');
    expect(values('host', 'port')).toEqual(['atlas', '2376']);
    await user.click(screen.getByTestId('apply'));
    expect(calls('engines.add')).toEqual([
      { connection: { kind: 'tcp', host: 'atlas', port: 2376, tls: {}, plainAccepted: false } },
    ]);
  });

  it('that is typed is left alone until it is whole', async () => {
    const { user, calls } = await openForm('ssh');
    await user.type(field('sshHost'), 'unix:///run/x.sock');
    expect(field('sshHost').value).toBe('unix:///run/x.sock');
    await user.keyboard('{Enter}');
    expect(field('path').value).toBe('/run/x.sock');
    expect(calls('engines.add')).toEqual([]);
    await user.clear(field('path'));
    await user.type(field('path'), 'ssh://ada@atlas');
    await user.click(screen.getByTestId('engine-name'));
    expect(values('user', 'sshHost')).toEqual(['ada', 'atlas']);
  });

  it('with a password in it is not taken apart, and says why', async () => {
    const { user, calls } = await openForm('ssh');
    await user.click(field('sshHost'));
    await user.paste('ssh://ada:secret@atlas');
    expect(await screen.findByText(/A password has no place in an address/)).toBeTruthy();
    await user.click(screen.getByTestId('apply'));
    expect(calls('engines.add')).toEqual([]);
  });

  it('leaves what is pasted into other fields, and plain hosts, as they are', async () => {
    const { user } = await openForm('ssh');
    await user.click(field('jump'));
    await user.paste('ada@gate:22');
    await user.click(field('sshHost'));
    await user.paste('2001:db8::1');
    await user.click(field('jump'));
    expect(values('jump', 'sshHost')).toEqual(['ada@gate:22', '2001:db8::1']);
  });
});

describe('the button that chooses a file', () => {
  const folder = '/home/ada/.docker';

  it('fills its field, and what lies beside where nothing was typed', async () => {
    const { user, calls } = await openForm('tcp', {
      overrides: {
        'files.choose': () =>
          ok({ path: `${folder}/cert.pem`, beside: { ca: `${folder}/ca.pem`, key: `${folder}/key.pem` } }),
      },
    });
    await user.type(field('ca'), '/own/ca.pem');
    await user.click(screen.getByRole('button', { name: 'Choose a file: Own certificate (cert.pem)' }));
    expect(calls('files.choose')).toEqual([{ kind: 'cert', current: '' }]);
    await waitFor(() => expect(field('cert').value).toBe(`${folder}/cert.pem`));
    expect(values('ca', 'key')).toEqual(['/own/ca.pem', `${folder}/key.pem`]);
    expect(document.activeElement).toBe(screen.getByTestId('choose-cert'));
  });

  it('changes nothing when it is cancelled', async () => {
    const { user, calls } = await openForm('ssh', {
      overrides: { 'files.choose': () => ok({ path: null, beside: {} }) },
    });
    await user.type(field('keyFile'), '~/.ssh/id');
    await user.click(screen.getByTestId('choose-keyFile'));
    expect(calls('files.choose')).toEqual([{ kind: 'keyFile', current: '~/.ssh/id' }]);
    expect(field('keyFile').value).toBe('~/.ssh/id');
  });

  it('tells when the dialog could not be had, until something is typed', async () => {
    const why = problem('invalid_input', { detail: reason('said', { words: 'too strange' }) });
    const { user } = await openForm('ssh', { overrides: { 'files.choose': () => fail(why) } });
    await user.click(screen.getByTestId('choose-keyFile'));
    expect(await screen.findByText(/too strange/)).toBeTruthy();
    await user.type(field('keyFile'), '/k');
    expect(screen.queryByText(/too strange/)).toBeNull();
  });

  it('is the desktop’s alone, and only where a field names a file of this computer', async () => {
    await openForm('tcp', {}, 'web');
    expect(screen.queryAllByTestId(/^choose-/)).toEqual([]);
  });

  it('stands at keys and certificates, not at sockets', async () => {
    const { user } = await openForm('socket', { info: { readOnly: true } });
    expect(screen.queryAllByTestId(/^choose-/)).toEqual([]);
    await user.click(screen.getByTestId('kind-ssh'));
    expect(screen.getAllByTestId(/^choose-/).map((each) => each.dataset['testid'])).toEqual([
      'choose-keyFile',
    ]);
    await user.click(screen.getByTestId('kind-tcp'));
    expect(screen.getAllByTestId(/^choose-/)).toHaveLength(3);
  });
});
