// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ok, type ChangeRequest, type Step } from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { previewAs, previewOf } from '../../testing/fake-api';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const attach = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;
const field = () => screen.findByTestId<HTMLInputElement>('address-field');
const apply = () => screen.getByTestId<HTMLButtonElement>('apply');
const automaticNotice = /picks the (IPv4 )?address of web/;

/** What is waited for until the test opens it. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

/** A dialog whose previews come when the test says so, one by one, and not by themselves. */
async function open() {
  const waiting: (() => void)[] = [];
  let atOnce = false;
  const shown = renderWindow(twoHosts(), {
    overrides: {
      'change.preview': async ({ request }) => {
        if (!atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
        return ok(previewOf('p', request as ChangeRequest, twoHosts()));
      },
    },
  });
  await screen.findByTestId('table');
  shown.stores.ui.setState({ dialog: { kind: 'change', request: attach } });
  await waitFor(async () => expect(document.activeElement).toBe(await field()));
  const answer = async () => {
    await waitFor(() => expect(waiting.length).toBeGreaterThan(0));
    waiting.shift()?.();
  };
  /** From now on by themselves: typing on a busy machine asks any number of times, and only the newest answer counts. */
  const answerAll = () => {
    atOnce = true;
    for (const go of waiting.splice(0)) go();
  };
  return { ...shown, answer, answerAll };
}

describe('a suggestion that comes late', () => {
  it('gives way to what is typed at once after it', async () => {
    const { user, answer } = await open();
    await answer();
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    await user.keyboard('10.70.1.9');
    expect((await field()).value).toBe('10.70.1.9');
  });

  it('changes no field that the admin has begun to type in', async () => {
    const { user, answerAll } = await open();
    await user.keyboard('10.70');
    answerAll();
    await screen.findByTestId('use-suggestion-ipv4');
    expect((await field()).value).toBe('10.70');
  });

  it('changes no field that the admin has gone to, and is offered beside it', async () => {
    const { user, answer } = await open();
    await user.click(await field());
    await answer();
    const offered = await screen.findByTestId('use-suggestion-ipv4');
    expect((await field()).value).toBe('');
    await user.click(offered);
    expect((await field()).value).toBe('10.70.1.3');
  });

  it('is not thrown away by Escape once it was taken', async () => {
    const { user, answer, stores } = await open();
    await user.click(await field());
    await answer();
    await user.click(await screen.findByTestId('use-suggestion-ipv4'));
    await user.keyboard('{Escape}');
    expect(stores.ui.getState().dialog).toMatchObject({ request: attach });
  });

  it('leaves a dialog to Escape in which a field was only gone to', async () => {
    const { user, answer, stores } = await open();
    await user.click(await field());
    await answer();
    await screen.findByTestId('use-suggestion-ipv4');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(stores.ui.getState().dialog).toBeNull());
  });
});

describe('the preview of another choice', () => {
  it('is not shown when the dialog opens, and nothing can be applied before its own has come', async () => {
    const { user, answer } = await open();
    expect(apply().disabled).toBe(true);
    await answer();
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    expect(screen.queryByText(automaticNotice)).toBeNull();
    expect(screen.queryByText(/Connect web to lan/)).toBeNull();
    expect(apply().disabled).toBe(true);
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(await field());
    await answer();
    await screen.findByText(/Connect web to lan with 10\.70\.1\.3/);
    expect(apply().disabled).toBe(false);
  });

  it('is not shown after the choice was changed', async () => {
    const { user, answer } = await open();
    await answer();
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    await answer();
    await screen.findByText(/Connect web to lan with 10\.70\.1\.3/);
    await user.click(screen.getByText('Automatic'));
    expect(screen.queryByText(/Connect web to lan/)).toBeNull();
    expect(apply().disabled).toBe(true);
    await answer();
    await screen.findByText(automaticNotice);
    await user.click(screen.getByText('Fixed'));
    expect(screen.queryByText(automaticNotice)).toBeNull();
  });
});

describe('Enter before there is a plan', () => {
  const applied = (calls: { name: string }[]) => calls.filter(({ name }) => name === 'change.apply').length;

  it('is kept: the plan is told to be unread, with the focus on Apply, and nothing is applied', async () => {
    const { user, answer, api } = await open();
    await user.keyboard('{Enter}{Enter}');
    await answer();
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    await answer();
    await screen.findByText(/Connect web to lan with 10\.70\.1\.3/);
    expect((await screen.findByTestId('unread')).textContent).toBe('Not applied yet. Read it and apply.');
    await waitFor(() => expect(document.activeElement).toBe(apply()));
    expect(applied(api.calls)).toBe(0);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(applied(api.calls)).toBe(1));
  });

  it('is none where it ends a word of an input method', async () => {
    const { answer } = await open();
    fireEvent.keyDown(await field(), { key: 'Enter', isComposing: true });
    await answer();
    await answer();
    await screen.findByText(/Connect web to lan with 10\.70\.1\.3/);
    await waitFor(() => expect(apply().disabled).toBe(false));
    expect(screen.queryByTestId('unread')).toBeNull();
  });

  it('says nothing of applying where the toolbox turns out to be refused', async () => {
    const request = { kind: 'remove-shim', engineId: 'a', networkId: 'lan-id' } as const;
    const shim = { name: 'tl-lan-id', parent: 'eth1', address: '10.70.1.3', routes: [] };
    const steps: Step[] = [{ op: 'remove-shim', networkId: 'lan-id', networkName: 'lan', shim }];
    const hosts = [{ engineId: 'a', engineName: 'a', steps, notices: [], problems: [] }];
    const [preview, consent] = [gate(), gate()];
    const { stores, user } = renderWindow(twoHosts(), {
      overrides: {
        'change.preview': async () => {
          await preview.opened;
          return ok(previewAs('p', request, { hosts, problems: [] }));
        },
        'toolbox.describe': async () => {
          await consent.opened;
          const engines = [{ engineId: 'a', consent: 'refused' as const, at: 0, image: null }];
          const settings = { method: 'load' as const, image: '' };
          return ok({ version: '1', settings, tasks: [], size: null, engines });
        },
      },
    });
    await screen.findByTestId('table');
    stores.ui.setState({ dialog: { kind: 'change', request } });
    await waitFor(() => expect(document.activeElement).toBe(apply()));
    await user.keyboard('{Enter}');
    consent.open();
    await waitFor(() => expect(apply().disabled).toBe(true));
    preview.open();
    await screen.findByTestId('shim-commands');
    expect(apply().disabled).toBe(true);
    expect(screen.queryByTestId('unread')).toBeNull();
  });

  it('is taken back by typing on', async () => {
    const { user, answerAll } = await open();
    await user.keyboard('{Enter}10.70.1.9');
    answerAll();
    await screen.findByText(/Connect web to lan with 10\.70\.1\.9/);
    expect(screen.queryByTestId('unread')).toBeNull();
    expect(document.activeElement).toBe(await field());
  });
});
