// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ok, type ChangeRecord, type Segment } from '../../shared/model';
import { problem } from '../../shared/rules';
import type { Dialog, DialogKind } from '../store/ui';
import { prepareDom } from '../testing/dom';
import { configList, configOf } from '../testing/fake-engines';
import { engine, twoHosts } from '../testing/fixtures';
import { renderWindow } from '../testing/render';
import { dialogs } from '../views/features';

prepareDom();

const segment: Segment = {
  ...{ id: 'seg', name: 'iot', vlan: 20, driver: 'macvlan', mode: 'bridge', reserved: [] },
  subnets: [{ subnet: '10.1.0.0/24', gateway: '10.1.0.1' }],
  members: [{ engineId: 'a', parentNic: 'eth0', networkName: 'iot' }],
};
const lan: Segment = {
  ...{ ...segment, id: 'lan', name: 'lan', vlan: null, subnets: [{ subnet: '10.70.1.0/24' }] },
  members: [{ engineId: 'a', parentNic: 'eth0', networkName: 'lan' }],
};
const cutOff: ChangeRecord = {
  ...{ id: 'cut', at: 1, who: 'ada', state: 'interrupted', undoable: false },
  request: { kind: 'forget-segment', segmentId: 'seg' },
  segment: { id: 'seg', name: 'iot' },
  hosts: [
    {
      ...{ engineId: 'a', engineName: 'a', steps: [], state: 'interrupted' },
      recovery: { doubtful: false, finish: [], rollBack: [] },
    },
  ],
};
const unknownKey = problem('ssh_host_unknown', { host: 'a', type: 'ssh-ed25519', fingerprint: 'SHA256:abc' });
const locked = problem('ssh_passphrase_needed', { file: '/home/ada/.ssh/id' });

/** A window in which whatever is sent stays under way for ever. */
function open(dialog: Dialog) {
  const never = () => new Promise<never>(() => {});
  const snapshot = twoHosts();
  const wrong = { 'engine-key': unknownKey, 'engine-unlock': locked }[dialog.kind as 'engine-key'];
  const engines = wrong ? [engine('a', { state: 'offline', problem: wrong })] : snapshot.engines;
  const shown = renderWindow(
    { ...snapshot, engines },
    {
      engines: configList(['a', 'b'].map((id) => configOf(id))),
      overrides: {
        'segments.list': () =>
          ok({ segments: [segment, lan].map((one) => ({ segment: one, members: [] })), candidates: [] }),
        'change.list': () => ok(dialog.kind === 'recover' ? [cutOff] : []),
        'toolbox.describe': () =>
          ok({
            ...{ version: '1', settings: { method: 'load', image: 'x' }, tasks: [], size: null },
            engines: [
              {
                engineId: 'a',
                consent: dialog.kind === 'toolbox' ? 'unasked' : 'granted',
                at: 1,
                image: null,
              },
            ],
          }),
        'host.facts': never,
        'host.probe': ({ addresses }) =>
          ok({ at: 1, targets: addresses.map((address) => ({ address, answers: false }) as never) }),
        'segments.export': () => ok([]),
        'engines.candidates': () => ok([]),
        'change.apply': never,
        'guard.set': never,
        'guard.setAll': never,
        'change.recover': never,
        'toolbox.consent': never,
        'engines.edit': never,
        'engines.trust': never,
        'engines.unlock': never,
        'engines.remove': never,
      },
    },
  );
  return shown;
}
type Window = ReturnType<typeof open>;

const click = (testId: string) => async (_window: Window) => {
  const button = await screen.findByTestId<HTMLButtonElement>(testId);
  await waitFor(() => expect(button.disabled).toBe(false));
  fireEvent.click(button);
};

/** Presses the button of a change until it is sent: what has not been read yet is shown first. */
const apply = (window: Window) =>
  waitFor(() => {
    const button = screen.getByTestId<HTMLButtonElement>('apply');
    if (!button.disabled) fireEvent.click(button);
    expect(window.api.calls.map(({ name }) => name)).toContain('change.apply');
  });

interface Row<K extends DialogKind> {
  dialog: Dialog<K>;
  /** Sends what the dialog is there to send; null where nothing is, or where it goes on without the dialog. */
  send: ((window: Window) => Promise<void>) | null;
  /** The test id of a field to type into: what was typed is not thrown away by Escape or a click beside. */
  typed?: string;
  /** Its buttons answer a question: none closes it without an answer. */
  crossOnly?: true;
}

/** Every dialog of the features: one that is added is asked for here by the compiler. */
const rows: { [K in DialogKind]: Row<K> } = {
  change: {
    dialog: {
      kind: 'change',
      request: { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' },
    },
    send: apply,
    typed: 'address-field',
  },
  attach: { dialog: { kind: 'attach', engineId: 'a', containerId: 'web-id' }, send: null },
  'new-network': {
    dialog: { kind: 'new-network', engineId: 'a' },
    send: async (window) => {
      const fields = { name: 'iot', parent: 'eth0', subnet: '10.9.0.0/24' };
      await screen.findByTestId('network-dialog');
      for (const [name, value] of Object.entries(fields))
        fireEvent.change(screen.getByTestId(`network-${name}`), { target: { value } });
      await apply(window);
    },
    typed: 'network-name',
  },
  'change-log': { dialog: { kind: 'change-log' }, send: null },
  recover: { dialog: { kind: 'recover', id: 'cut', action: 'keep' }, send: click('apply') },
  engines: { dialog: { kind: 'engines' }, send: null },
  'engine-form': {
    dialog: { kind: 'engine-form', engineId: 'a' },
    send: click('apply'),
    typed: 'engine-name',
  },
  'engine-key': { dialog: { kind: 'engine-key', engineId: 'a' }, send: click('trust-key') },
  'engine-unlock': {
    dialog: { kind: 'engine-unlock', engineId: 'a' },
    send: async ({ user }) => user.type(await screen.findByTestId('passphrase'), 'secret{Enter}'),
    typed: 'passphrase',
  },
  'engine-remove': { dialog: { kind: 'engine-remove', engineId: 'a' }, send: click('remove-confirm') },
  toolbox: { dialog: { kind: 'toolbox', engineId: 'a' }, send: click('toolbox-allow'), crossOnly: true },
  addresses: { dialog: { kind: 'addresses', engineId: 'a', networkId: 'lan-id' }, send: null },
  subnets: { dialog: { kind: 'subnets' }, send: null },
  'addresses-export': {
    dialog: { kind: 'addresses-export', engineId: 'a', networkId: 'lan-id' },
    send: null,
  },
  'addresses-import': {
    dialog: { kind: 'addresses-import', engineId: 'a', networkId: 'lan-id' },
    send: async (window) => {
      fireEvent.change(await screen.findByTestId('import-text'), {
        target: { value: 'address\n10.70.1.60' },
      });
      await screen.findByTestId('import-fresh');
      await apply(window);
    },
    typed: 'import-text',
  },
  'guard-all': {
    dialog: {
      ...{ kind: 'guard-all', purpose: 'set', name: 'lan' },
      targets: { networks: [{ engineId: 'b', networkId: 'lan-id' }] },
    },
    send: click('apply'),
  },
  guard: { dialog: { kind: 'guard', engineId: 'b', containerId: 'db-id' }, send: click('apply') },
  host: { dialog: { kind: 'host', engineId: 'a' }, send: null },
  shim: { dialog: { kind: 'shim', engineId: 'a', networkId: 'lan-id' }, send: apply, typed: 'shim-address' },
  isolation: { dialog: { kind: 'isolation' }, send: null },
  'segment-form': {
    dialog: { kind: 'segment-form', purpose: { kind: 'adopt', segment: { ...segment, id: 'found' } } },
    send: apply,
    typed: 'segment-name',
  },
  'segment-change': {
    dialog: { kind: 'segment-change', request: { kind: 'forget-segment', segmentId: 'seg' } },
    send: apply,
  },
  'segment-export': { dialog: { kind: 'segment-export', segmentId: 'seg' }, send: null },
  'segment-import': { dialog: { kind: 'segment-import' }, send: null, typed: 'import-text' },
  raw: { dialog: { kind: 'raw', selection: { kind: 'engine', engineId: 'a' } }, send: null },
  shortcuts: { dialog: { kind: 'shortcuts' }, send: null },
};

const cross = () => document.querySelector('.mantine-Modal-close');
const escape = (window: Window) => window.user.keyboard('{Escape}');
const beside = () => fireEvent.click(document.querySelector('.mantine-Modal-overlay')!);

async function show(dialog: Dialog): Promise<Window> {
  const window = open(dialog);
  await screen.findByTestId('table');
  await waitFor(() => expect(window.stores.segments.getState().plan).toHaveLength(2));
  act(() => window.stores.ui.setState({ dialog }));
  await screen.findByRole('dialog');
  return window;
}

it('every dialog of the features is looked at', () => {
  expect(Object.keys(rows).sort()).toEqual(Object.keys(dialogs).sort());
});

const all = Object.values(rows) as Row<DialogKind>[];

it.each(all)(
  '$dialog.kind closes by Escape and has a cross while nothing is under way',
  async ({ dialog }) => {
    const window = await show(dialog);
    expect(cross()).not.toBeNull();
    await escape(window);
    await waitFor(() => expect(window.stores.ui.getState().dialog).toBeNull());
  },
);

it.each(all)('$dialog.kind closes by a click beside it while nothing is under way', async ({ dialog }) => {
  const window = await show(dialog);
  beside();
  await waitFor(() => expect(window.stores.ui.getState().dialog).toBeNull());
});

it.each(all.flatMap((row) => (row.typed ? [{ ...row, typed: row.typed }] : [])))(
  '$dialog.kind in which something was clicked stays at a click beside it, and closes by Escape',
  async ({ dialog, typed }) => {
    const window = await show(dialog);
    fireEvent.click(await screen.findByTestId(typed));
    beside();
    expect(window.stores.ui.getState().dialog).toEqual(dialog);
    await escape(window);
    await waitFor(() => expect(window.stores.ui.getState().dialog).toBeNull());
  },
);

it.each(all.flatMap((row) => (row.send ? [{ ...row, send: row.send }] : [])))(
  '$dialog.kind stays while what was sent is under way',
  async ({ dialog, send, crossOnly }) => {
    const window = await show(dialog);
    await send(window);
    await waitFor(() => expect(cross()).toBeNull());
    await escape(window);
    beside();
    const ways = screen.queryAllByText(/^(Cancel|Close)$/);
    expect(ways.length > 0).toBe(!crossOnly);
    expect(ways.map((each) => each.closest('button')?.disabled)).toEqual(ways.map(() => true));
    expect(window.stores.ui.getState().dialog).toEqual(dialog);
  },
);

it.each(all.flatMap((row) => (row.typed ? [{ ...row, typed: row.typed }] : [])))(
  '$dialog.kind in which something was typed is closed by its cross only, or by Cancel',
  async ({ dialog, typed }) => {
    const window = await show(dialog);
    fireEvent.change(await screen.findByTestId(typed), { target: { value: '10.9.9.9' } });
    await escape(window);
    // The list that a field unfolds takes the first one.
    await escape(window);
    beside();
    expect(window.stores.ui.getState().dialog).toEqual(dialog);
    await window.user.click(cross()!);
    await waitFor(() => expect(window.stores.ui.getState().dialog).toBeNull());
  },
);

it('closes the colour picker in front by Escape, and the dialog by the next one', async () => {
  const window = await show(rows['segment-form'].dialog);
  const picker = () => document.querySelector('.mantine-ColorInput-dropdown');
  await window.user.click(await screen.findByTestId('segment-colour'));
  await waitFor(() => expect(picker()).not.toBeNull());
  await escape(window);
  await waitFor(() => expect(picker()).toBeNull());
  expect(window.stores.ui.getState().dialog).not.toBeNull();
  await escape(window);
  await waitFor(() => expect(window.stores.ui.getState().dialog).toBeNull());
});
