// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ok, type ChangeRequest } from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { previewOf } from '../../testing/fake-api';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const attach = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;
const field = () => screen.findByTestId<HTMLInputElement>('address-field');

it('shows beside the address that somebody on the LAN answers for it, once, and until another one is typed', async () => {
  const there = {
    ...twoHosts(),
    answering: [{ engineId: 'a', nic: 'eth0', address: '10.70.1.9', macs: ['3c:00:00:00:00:09'] }],
  };
  const { stores, user } = renderWindow(twoHosts(), {
    overrides: {
      'change.preview': ({ request }) => ok(previewOf('p', request as ChangeRequest, there)),
    },
  });
  await screen.findByTestId('table');
  stores.ui.setState({ dialog: { kind: 'change', request: attach } });
  await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
  await user.clear(await field());
  await user.type(await field(), ' 10.70.1.9');
  const told = await screen.findByText(/answers for 10\.70\.1\.9 already \(3c:00:00:00:00:09\)/);
  expect(screen.getAllByText(/answers for 10\.70\.1\.9/)).toHaveLength(1);
  const described = (await field()).getAttribute('aria-describedby') ?? '';
  expect(described.split(' ').some((id) => document.getElementById(id)?.contains(told))).toBe(true);
  expect(screen.getByTestId<HTMLButtonElement>('apply').disabled).toBe(false);
  await user.type(await field(), '0');
  expect(screen.queryByText(/answers for/)).toBeNull();
});
