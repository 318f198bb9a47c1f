// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  ok,
  type ChangeRecord,
  type ChangeRequest,
  type HostFacts,
  type Nic,
  type ShimPolicy,
  type Snapshot,
} from '../../../shared/model';
import type { Inventory } from '../../../shared/rules';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { prepareDom } from '../../testing/dom';
import { previewOf, type createFakeApi } from '../../testing/fake-api';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const consent = { engineId: 'a', consent: 'granted' as const, at: 1, image: null };
const policy: ShimPolicy = {
  ...{ engineId: 'a', networkId: 'lan-id', networkName: 'lan', address: '10.70.1.3', since: 1 },
};

const applied: ChangeRecord = {
  ...{ id: 'p', at: 1, who: 'ada', state: 'applied', undoable: true },
  request: { kind: 'put-shim', engineId: 'a', networkId: 'lan-id' },
  hosts: [{ engineId: 'a', engineName: 'a', steps: [], state: 'done' }],
};

type Probe = NonNullable<Parameters<typeof createFakeApi>[1]>['host.probe'] & object;

/** A window on hosts that go on, where the toolbox may run; what is previewed is what the rules say of them. */
async function open(
  shims: ShimPolicy[] = [],
  nics: Nic[] = [],
  facts: HostFacts[] = [],
  probe: Probe = ({ addresses }) =>
    ok({ at: 1, targets: addresses.map((address) => ({ address, answers: false }) as never) }),
) {
  let there: Snapshot & Inventory = { ...twoHosts(), shims, facts };
  const shown = renderWindow(there, {
    overrides: {
      'change.preview': ({ request }) => ok(previewOf('p', request as ChangeRequest, there)),
      'change.apply': ({ id }) => ok({ ...applied, id }),
      'policies.list': () =>
        ok(shims.map((each) => ({ ...each, kind: 'shim', state: 'applied', shim: null }))),
      'toolbox.describe': () =>
        ok({
          ...{ version: '1', settings: { method: 'load', image: 'x' }, tasks: [], size: null },
          engines: [consent],
        }),
      'toolbox.consent': () =>
        ok({
          ...{ version: '1', settings: { method: 'load', image: 'x' }, tasks: [], size: null },
          engines: [{ ...consent, consent: 'refused' as const }],
        }),
      'host.facts': () => ok(hostFacts('a', ...nics)),
      'host.probe': probe,
    },
  });
  await screen.findByTestId('table');
  const go = (snapshot: Snapshot) => {
    there = { ...snapshot, shims, facts, revision: there.revision + 1 };
    act(() => shown.stores.inventory.setState({ snapshot: there }));
  };
  return { ...shown, go };
}
const field = () => screen.findByTestId<HTMLInputElement>('shim-address');
const apply = () => screen.getByTestId<HTMLButtonElement>('apply');

/** `db` on the other host has this address by now. */
function takenBy(address: string): Snapshot {
  const snapshot = twoHosts();
  const [web, db] = snapshot.containers;
  const endpoints = db!.endpoints.map((one) => ({ ...one, ipv4: address }));
  return { ...snapshot, containers: [web!, { ...db!, endpoints }] };
}

describe('the way from a host to its containers', () => {
  it('is suggested an address, shown as the commands that make it, and asked for as a change', async () => {
    const { api, stores, user } = await open();
    act(() => stores.ui.setState({ dialog: { kind: 'shim', engineId: 'a', networkId: 'lan-id' } }));
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    expect((await screen.findByTestId('shim-commands')).textContent).toContain(
      'ip addr replace 10.70.1.3/32',
    );
    await waitFor(() => expect(apply().disabled).toBe(false));
    await user.click(apply());
    await waitFor(() => expect(stores.ui.getState().dialog).toBeNull());
    const asked = api.calls.filter(({ name }) => name === 'change.apply');
    expect(asked).toEqual([{ name: 'change.apply', input: { id: 'p', keepPartial: false } }]);
  });

  it('follows the hosts while its dialog is open', async () => {
    const { stores, user, go } = await open();
    act(() => stores.ui.setState({ dialog: { kind: 'shim', engineId: 'a', networkId: 'lan-id' } }));
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    go(takenBy('10.70.1.3'));
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.4'));
    await user.clear(await field());
    await user.type(await field(), '10.70.1.9');
    await waitFor(() => expect(apply().disabled).toBe(false));
    go(takenBy('10.70.1.9'));
    expect(await screen.findByText(/10\.70\.1\.9 is in use by db/)).toBeTruthy();
    expect(apply().disabled).toBe(true);
  });

  it('is not made while the LAN is asked for its address; Enter is kept, and told when the answer is there', async () => {
    const waiting: (() => void)[] = [];
    const probe = async ({ addresses }: { addresses: string[] }) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return ok({ at: 1, targets: addresses.map((address) => ({ address, answers: false }) as never) });
    };
    const { api, stores, user } = await open([], [], [], probe);
    act(() => stores.ui.setState({ dialog: { kind: 'shim', engineId: 'a', networkId: 'lan-id' } }));
    await waitFor(() => expect(waiting).toHaveLength(1));
    expect(apply().disabled).toBe(true);
    await user.type(await field(), '{Enter}');
    act(() => waiting[0]?.());
    expect((await screen.findByTestId('unread')).textContent).toBe('Not applied yet. Read it and apply.');
    await waitFor(() => expect(document.activeElement).toBe(apply()));
    expect(api.calls.some(({ name }) => name === 'change.apply')).toBe(false);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(stores.ui.getState().dialog).toBeNull());
  });

  it('is taken away only after it was shown what that does', async () => {
    const { api, stores, user } = await open([policy]);
    const request = { kind: 'remove-shim', engineId: 'a', networkId: 'lan-id' } as const;
    act(() => stores.ui.setState({ dialog: { kind: 'change', request } }));
    const dialog = await screen.findByTestId('change-dialog');
    await waitFor(() => expect(dialog.textContent).toContain('Remove the link tl-lan-id'));
    const title = 'Remove the way from a to its containers on lan';
    expect(screen.getByRole('dialog', { name: title })).toBeTruthy();
    await user.click(apply());
    await waitFor(() => expect(stores.ui.getState().dialog).toBeNull());
    expect(api.calls.some(({ name }) => name === 'change.apply')).toBe(true);
  });

  it('that is on the host and not kept here is shown as such, and can be removed', async () => {
    const links = ['tl-lan-id', 'tl-0123456789ab'].map((name, index) =>
      nic({ name, index, kind: 'macvlan', alias: 'io.trunkline.shim arp_ignore=0' }),
    );
    const { stores, user } = await open([policy], links);
    act(() => stores.ui.setState({ selection: { kind: 'engine', engineId: 'a' } }));
    const left = await screen.findByTestId('shim-unkept-tl-0123456789ab');
    expect(left.textContent).toContain('not kept by this console');
    expect(screen.queryByTestId('shim-unkept-tl-lan-id')).toBeNull();
    await user.click(await screen.findByTestId('shim-remove-tl-0123456789ab'));
    const request = { kind: 'remove-shim', engineId: 'a', networkId: '0123456789ab' };
    expect(stores.ui.getState().dialog).toEqual({ kind: 'change', request });
  });

  it('is not offered to be taken away where the host does not answer, and that is said', async () => {
    const { stores, go } = await open([policy]);
    act(() => stores.ui.setState({ selection: { kind: 'engine', engineId: 'a' } }));
    const remove = () => screen.findByTestId<HTMLButtonElement>('shim-remove-lan');
    expect((await remove()).disabled).toBe(false);
    const now = twoHosts();
    go({ ...now, engines: now.engines.map((each) => ({ ...each, state: 'offline' })) });
    await waitFor(async () => expect((await remove()).disabled).toBe(true));
    expect((await remove()).title).toContain('does not answer');
  });
});

it('comes back with the address that was typed from the question whether the toolbox may', async () => {
  const { stores, user } = await open();
  act(() => stores.ui.setState({ dialog: { kind: 'shim', engineId: 'a', networkId: 'lan-id' } }));
  await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
  const { toolbox } = stores.host.getState();
  const engines = [{ ...consent, consent: 'unasked' as const }];
  act(() => stores.host.setState({ toolbox: toolbox && { ...toolbox, engines } }));
  await user.clear(await field());
  await user.type(await field(), '10.70.1.9');
  await user.click(await screen.findByTestId('toolbox-look'));
  await screen.findByTestId('toolbox-dialog');
  await user.click(screen.getByTestId('toolbox-refuse'));
  expect((await field()).value).toBe('10.70.1.9');
  await user.keyboard('{Escape}');
  expect((await field()).value).toBe('10.70.1.9');
});

describe('removing it', () => {
  it('shows what is run, with host, network and address, and what is missing before it can be', async () => {
    const { stores } = await open([policy]);
    const request = { kind: 'remove-shim', engineId: 'a', networkId: 'lan-id' } as const;
    act(() => stores.ui.setState({ dialog: { kind: 'change', request } }));
    expect(await screen.findByText(/^Remove the link tl-\S+ with 10\.70\.1\.3$/)).toBeTruthy();
    expect(screen.getByText(/from a to its containers on lan/)).toBeTruthy();
    expect(screen.getByTestId('shim-commands').textContent).toMatch(/^ip link del tl-/);
    await waitFor(() => expect(apply().disabled).toBe(false));
    const { toolbox } = stores.host.getState();
    const engines = [{ ...consent, consent: 'refused' as const }];
    act(() => stores.host.setState({ toolbox: toolbox && { ...toolbox, engines } }));
    expect(await screen.findByTestId('toolbox-refused')).toBeTruthy();
    expect(apply().disabled).toBe(true);
  });

  it('says of one that has no address yet that it has none', async () => {
    const bare = nic({ name: 'tl-0123456789ab', kind: 'macvlan', alias: 'io.trunkline.shim', addresses: [] });
    const facts = [hostFacts('a', bare)];
    const { stores } = await open([], [bare], facts);
    const request = { kind: 'remove-shim', engineId: 'a', networkId: '0123456789ab' } as const;
    act(() => stores.ui.setState({ dialog: { kind: 'change', request } }));
    expect(await screen.findByText('Remove the link tl-0123456789ab, which has no address')).toBeTruthy();
    const commands = screen.getByTestId('shim-commands');
    expect(commands.textContent).toBe('ip link del tl-0123456789ab');
    const dialog = screen.getByTestId('change-dialog').textContent;
    expect(dialog).toContain('gets back the arp_ignore');
    expect(dialog).not.toContain('no longer reach');
  });
});
