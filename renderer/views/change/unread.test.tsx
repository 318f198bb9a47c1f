// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ok, type ChangePreview, type ChangeRequest, type Notice } from '../../../shared/model';
import { notice } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { previewOf } from '../../testing/fake-api';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const attach = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;
const answers = notice('address_answers', {
  address: '10.70.1.77',
  network: 'lan',
  mac: '02:00:00:00:00:01',
});

/** A main process whose previews are given when the test says so. */
class SlowMain {
  private readonly waiting: (() => void)[] = [];
  held = false;
  notices: Notice[] = [];
  asked = 0;

  preview = async (request: ChangeRequest) => {
    this.asked += 1;
    if (this.held) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const found: ChangePreview = previewOf(`p${String(this.asked)}`, request, twoHosts());
    return ok({
      ...found,
      hosts: found.hosts.map((host) => ({ ...host, notices: [...host.notices, ...this.notices] })),
    });
  };

  answer() {
    this.held = false;
    for (const go of this.waiting.splice(0)) go();
  }
}

const field = () => screen.findByTestId<HTMLInputElement>('address-field');
const apply = () => screen.getByTestId<HTMLButtonElement>('apply');

const detach = { kind: 'detach', engineId: 'b', containerId: 'db-id', networkId: 'lan-id' } as const;

async function open(request: typeof attach | typeof detach = attach) {
  // A change without a form is applied from the moment that it is shown; one with addresses waits for its first preview.
  const held = request.kind === 'detach';
  const main = new SlowMain();
  main.held = held;
  const shown = renderWindow(twoHosts(), {
    overrides: {
      'change.preview': ({ request }) => main.preview(request as ChangeRequest),
      'change.apply': ({ id }) =>
        ok({
          ...{ id: String(id), at: 0, who: 'ada', request: attach, hosts: [], state: 'applied' },
          undoable: false,
        } as const),
    },
  });
  await screen.findByTestId('table');
  shown.stores.ui.setState({ dialog: { kind: 'change', request } });
  if (held) await waitFor(() => expect(document.activeElement).toBe(apply()));
  else {
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    await screen.findByText(/Connect web to lan with 10\.70\.1\.3/);
    await waitFor(() => expect(document.querySelector('[data-pending]')).toBeNull());
  }
  const applied = () => shown.api.calls.filter((call) => call.name === 'change.apply').length;
  return { ...shown, main, applied };
}

describe('apply, pressed while a newer preview is on its way', () => {
  it('waits for that, and shows what it says that was not read yet', async () => {
    const { user, main, applied } = await open();
    main.held = true;
    main.notices = [answers];
    await user.clear(await field());
    await user.type(await field(), '10.70.1.77{Enter}{Enter}');
    expect(applied()).toBe(0);
    main.answer();
    expect((await screen.findByTestId('unread')).textContent).toBe(
      'This has changed. Read it and apply again.',
    );
    expect(applied()).toBe(0);
    await waitFor(() => expect(document.activeElement).toBe(apply()));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(applied()).toBe(1));
  });

  it('applies once where it says nothing but what was typed', async () => {
    const { user, main, applied } = await open();
    await user.clear(await field());
    await user.type(await field(), '10.70.1.78');
    await screen.findByText(/Connect web to lan with 10\.70\.1\.78/);
    main.held = true;
    await user.type(await field(), '{Backspace}7{Enter}{Enter}');
    main.answer();
    await waitFor(() => expect(applied()).toBe(1));
    expect(screen.queryByTestId('unread')).toBeNull();
  });

  it('shows the first one instead of applying it', async () => {
    const { user, main, applied } = await open(detach);
    await user.keyboard('{Enter}');
    main.answer();
    expect((await screen.findByTestId('unread')).textContent).toBe('Not applied yet. Read it and apply.');
    expect(applied()).toBe(0);
    await waitFor(() => expect(document.activeElement).toBe(apply()));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(applied()).toBe(1));
  });

  it('waits as well where the hosts went on', async () => {
    const { user, main, stores, applied } = await open();
    const before = main.asked;
    main.held = true;
    main.notices = [answers];
    stores.inventory.setState({ snapshot: { ...twoHosts(), revision: 99 } });
    await waitFor(() => expect(main.asked).toBe(before + 1));
    await user.click(apply());
    expect(applied()).toBe(0);
    main.answer();
    expect(await screen.findByTestId('unread')).toBeTruthy();
    expect(applied()).toBe(0);
  });

  it('is taken back by closing the dialog', async () => {
    const { user, main, applied } = await open();
    main.held = true;
    await user.clear(await field());
    await user.type(await field(), '10.70.1.77{Enter}');
    await user.click(screen.getByText('Cancel'));
    await waitFor(() => expect(screen.queryByTestId('change-dialog')).toBeNull());
    main.answer();
    await new Promise((resolve) => setTimeout(resolve));
    expect(applied()).toBe(0);
  });

  it('is taken back by typing on', async () => {
    const { user, main, applied } = await open();
    main.held = true;
    await user.clear(await field());
    await user.type(await field(), '10.70.1.7{Enter}7');
    main.answer();
    await screen.findByText(/Connect web to lan with 10\.70\.1\.77/);
    expect(applied()).toBe(0);
    expect(document.activeElement).toBe(await field());
  });

  it('does not take a key that is held down for one that was pressed again', async () => {
    const { user, main, applied } = await open(detach);
    await user.keyboard('{Enter}');
    main.answer();
    await waitFor(() => expect(document.activeElement).toBe(apply()));
    await user.keyboard('{Enter>3}');
    // The first of the three is a press of its own; what it repeats is none.
    await waitFor(() => expect(applied()).toBe(1));
  });

  it('is told once: who types on stays in the field', async () => {
    const { user, main } = await open();
    main.held = true;
    main.notices = [answers];
    await user.clear(await field());
    await user.type(await field(), '10.70.1.77{Enter}');
    main.answer();
    await screen.findByTestId('unread');
    // What stands there is marked, and written over.
    await user.type(await field(), '10.70.1.78');
    await screen.findByText(/Connect web to lan with 10\.70\.1\.78/);
    expect(screen.queryByTestId('unread')).toBeNull();
    expect(document.activeElement).toBe(await field());
  });
});
