// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../shared/model';
import { capabilitiesOf } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { engine, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

async function table(patch: Partial<Engine>) {
  const { stores } = renderWindow({ ...twoHosts(), engines: [engine('a', patch)] });
  act(() => stores.ui.setState({ selection: { kind: 'engine', engineId: 'a' } }));
  const shown = within(await screen.findByTestId('capabilities'));
  return { row: (name: RegExp) => shown.getByText(name).closest('tr') };
}

describe('what an engine can do', () => {
  it('is told with the API version that it takes', async () => {
    const { row } = await table({ apiVersion: '1.45', capabilities: capabilitiesOf('1.45') });
    expect(row(/Several networks on one parent/)?.dataset.can).toBe('false');
    expect(row(/Several networks on one parent/)?.textContent).toContain('API 1.46');
    expect(row(/Checks subnets/)?.dataset.can).toBe('true');
    expect(screen.queryByTestId('podman-limits')).toBeNull();
  });

  it('does not go by Docker’s API versions for Podman, and its limits are named', async () => {
    const { row } = await table({
      ...{ product: 'podman', version: '4.3.1', apiVersion: '1.41' },
      capabilities: capabilitiesOf('1.41', 'podman'),
    });
    expect(row(/Several networks on one parent/)?.dataset.can).toBe('true');
    expect(row(/Several networks on one parent/)?.textContent).not.toContain('API 1.46');
    expect(screen.getByTestId('podman-limits').children.length).toBeGreaterThan(2);
  });
});
