// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ok, type ChangeRecord, type ReservedRange, type Segment } from '../../../shared/model';
import { addressPlan, problem } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const snapshot = twoHosts();
const lan = snapshot.networks[0]!;
const office: Segment = {
  ...{ id: 's', name: 'office', vlan: null, subnets: [{ subnet: '10.70.1.0/24' }] },
  ...{
    driver: 'macvlan',
    mode: 'bridge',
    reserved: [{ from: '10.70.1.9', to: '10.70.1.9', kind: 'reserved', note: 'scale' }],
  },
  members: [{ engineId: 'a', parentNic: 'eth0', networkName: 'lan', ipRange: '10.70.1.128/25' }],
};
const table = [
  'IP Address,Status,DNS Name,Description',
  '10.70.1.60/24,Active,,Cameras',
  '10.70.1.61/24,Active,,Cameras',
  '10.70.1.9/24,Reserved,,scale',
  '10.70.1.70/24,Active,db.home.arpa,',
  '10.70.1.200/24,Active,,Tablet',
  '192.168.9.4/24,Active,,Elsewhere',
  '10.70.1.300/24,Active,,Typo',
].join('\n');
const cameras: ReservedRange = { from: '10.70.1.60', to: '10.70.1.61', kind: 'reserved', note: 'Cameras' };
const record: ChangeRecord = {
  ...{ id: 'c', at: 1, who: 'ada', state: 'applied', undoable: false, hosts: [] },
  request: { kind: 'forget-segment', segmentId: 's' },
};

/** A window with the grid of a LAN, whose plan is written by a change as `kept` has it. */
async function open(
  kept: (wanted: readonly ReservedRange[]) => ReservedRange[] = (wanted) => [...wanted],
  { segment = office as Segment | null, language = 'en' as 'en' | 'zh-CN' } = {},
) {
  let plan = segment ? [segment] : [];
  const shown = renderWindow(snapshot, {
    preferences: { language },
    overrides: {
      'address.plan': () => ok(addressPlan(lan, { ...snapshot, segments: plan })),
      'segments.list': () =>
        ok({ segments: plan.map((one) => ({ segment: one, members: [] })), candidates: [] }),
      'change.apply': () => {
        plan = plan.map((one) => ({ ...one, reserved: kept(requests().at(-1)?.segment.reserved ?? []) }));
        return ok(record);
      },
    },
  });
  const requests = () =>
    shown.api.calls.flatMap(({ name, input }) =>
      name === 'change.preview' ? [(input as { request: { kind: string; segment: Segment } }).request] : [],
    );
  const sent = () => shown.api.calls.filter(({ name }) => name === 'change.apply');
  await screen.findByTestId('table');
  const dialog = { kind: 'addresses' as const, engineId: lan.engineId, networkId: lan.id, at: '10.70.1.2' };
  act(() => shown.stores.ui.setState({ dialog }));
  await screen.findByTestId('address-grid');
  return { ...shown, requests, sent };
}
type Shown = Awaited<ReturnType<typeof open>>;

async function paste({ user }: Shown, text: string) {
  await user.click(await screen.findByTestId('import-addresses'));
  await user.click(await screen.findByTestId('import-text'));
  await user.paste(text);
}
const rows = (list: HTMLElement) =>
  within(list)
    .getAllByRole('listitem')
    .map((row) => row.textContent);

it('shows what a table comes to, sends nothing before it is told to, and says what the plan has then', async () => {
  const shown = await open();
  const { user, stores, requests, sent } = shown;
  await paste(shown, table);
  const fresh = await screen.findByTestId('import-fresh');
  expect(fresh.textContent).toContain('To be reserved: 2 addresses');
  expect(rows(fresh)).toEqual([expect.stringMatching(/^10\.70\.1\.60 to 10\.70\.1\.61Cameras\s*line 2$/)]);
  expect(screen.getByTestId('import-format').textContent).toBe('Read as: NetBox, IP addresses');
  expect(rows(screen.getByTestId('import-already'))).toEqual(['10.70.1.9reserved: scaleline 4']);
  expect(rows(screen.getByTestId('import-automatic'))).toEqual([
    '10.70.1.200in the automatic range of a · Tabletline 6',
  ]);
  expect(screen.getByTestId('import-outside').textContent).toBe('Not in this LAN: 1 row: 192.168.9.4');
  expect(rows(screen.getByTestId('import-complaints'))).toEqual([
    'line 8, IP Addressnot an address: 10.70.1.300/24',
  ]);
  await waitFor(() => expect(requests()).toHaveLength(1));
  expect(requests()[0]).toMatchObject({
    ...{ kind: 'edit-segment', segmentId: 's', hosts: [], basedOn: office },
    segment: { name: 'office', reserved: [office.reserved[0], cameras] },
  });
  expect(sent()).toEqual([]);
  const button = screen.getByTestId('apply');
  expect(button.textContent).toBe('Reserve 2 addresses');
  button.focus();
  await user.keyboard('{Enter}');
  const done = await screen.findByTestId('import-done');
  expect(done.textContent).toBe('The plan of office has all of it: 2 addresses are reserved.');
  expect(sent()).toHaveLength(1);
  expect(screen.queryByTestId('apply')).toBeNull();
  await user.click(screen.getByText('Close'));
  expect(stores.ui.getState().dialog).toMatchObject({ kind: 'addresses', at: '10.70.1.2' });
});

it('never says that the plan has what it does not have when it is read back', async () => {
  const shown = await open((wanted) => wanted.filter(({ note }) => note !== 'Cameras'));
  await paste(shown, table);
  await screen.findByTestId('apply');
  // What was not read yet is shown first.
  await waitFor(() => {
    if (shown.sent().length === 0) fireEvent.click(screen.getByTestId('apply'));
    expect(shown.sent()).toHaveLength(1);
  });
  const missing = await screen.findByTestId('import-missing');
  expect(missing.textContent).toContain('Missing: 10.70.1.60 to 10.70.1.61');
  expect(screen.queryByTestId('import-done')).toBeNull();
});

it('leads to a change of address for whom the table names, and comes back to the table', async () => {
  const shown = await open();
  const { stores, user } = shown;
  await paste(shown, table);
  expect((await screen.findByTestId('import-differs')).textContent).toContain('db on b has 10.70.1.2');
  await user.click(screen.getByTestId('import-change-10.70.1.70'));
  expect(stores.ui.getState().dialog).toMatchObject({
    kind: 'change',
    request: { kind: 'readdress', engineId: 'b', ipv4: '10.70.1.70' },
    back: { kind: 'addresses-import', start: { text: table } },
  });
  await user.click(await screen.findByText('Cancel'));
  expect((await screen.findByTestId<HTMLTextAreaElement>('import-text')).value).toBe(table);
});

it('reads a file that is chosen, and says how it is called', async () => {
  const shown = await open(undefined, { language: 'zh-CN' });
  const { user } = shown;
  await user.click(screen.getByTestId('import-addresses'));
  const file = new File([`\ufeff${table}\r\n`], 'lan.csv', { type: 'text/csv' });
  await user.upload(await screen.findByTestId<HTMLInputElement>('import-file'), file);
  expect((await screen.findByTestId('import-file-name')).textContent).toBe('lan.csv8 行');
  expect(screen.queryByTestId('import-text')).toBeNull();
  expect((await screen.findByTestId('import-fresh')).textContent).toContain('将保留：2 个地址');
  expect((await screen.findByTestId('apply')).textContent).toBe('保留 2 个地址');
  await user.click(screen.getByTestId('import-paste'));
  expect(screen.getByTestId<HTMLTextAreaElement>('import-text').value).toBe('');
  expect(screen.queryByTestId('import-fresh')).toBeNull();
});

it('refuses a file that is too large, unread', async () => {
  const { user } = await open();
  await user.click(screen.getByTestId('import-addresses'));
  const file = new File([''], 'disk.csv', { type: 'text/csv' });
  Object.defineProperty(file, 'size', { value: 40_000_000 });
  await user.upload(await screen.findByTestId<HTMLInputElement>('import-file'), file);
  expect((await screen.findByRole('alert')).textContent).toMatch(/too large/);
  expect(screen.getByTestId('import-text')).toBeTruthy();
});

it('says so where a text has no addresses to reserve, too many reservations, or no column of addresses', async () => {
  const shown = await open();
  const { user } = shown;
  await paste(shown, 'name,mac\nx,y');
  expect((await screen.findByTestId('import-complaints')).textContent).toContain(
    'line 1names no column of addresses',
  );
  expect(screen.getByTestId('import-empty')).toBeTruthy();
  const text = screen.getByTestId('import-text');
  await user.clear(text);
  await user.click(text);
  const hosts = Array.from({ length: 4200 }, (_, at) => `fd00:70::${at.toString(16)},n${String(at)}`);
  const vast: Segment = {
    ...office,
    subnets: [...office.subnets, { subnet: 'fd00:70::/64' }],
    members: office.members,
  };
  act(() => shown.stores.segments.setState({ plan: [vast] }));
  await user.paste(['address,note', ...hosts].join('\n'));
  expect((await screen.findByTestId('import-too-many')).textContent).toMatch(
    /^These come to 4,199 reservations; 4,096/,
  );
  expect(screen.queryByTestId('apply')).toBeNull();
});

it('shows why the plan does not take it', async () => {
  const shown = await open();
  const refused = problem('segment_name_missing', {}, { field: 'segment.name' });
  const { invoke } = shown.api;
  shown.api.invoke = (async (name: string, input: never) => {
    const result = await (invoke as (name: string, input: never) => Promise<unknown>)(name, input);
    const preview = {
      id: 'p',
      request: (input as { request?: unknown })?.request,
      hosts: [],
      problems: [refused],
    };
    return name === 'change.preview' ? ok(preview) : result;
  }) as typeof invoke;
  await paste(shown, table);
  expect((await screen.findByRole('alert')).textContent).toMatch(/name/);
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('apply').disabled).toBe(true));
});

it('needs a segment, and is not offered where an address is picked', async () => {
  const shown = await open(undefined, { segment: null });
  await shown.user.click(screen.getByTestId('import-addresses'));
  expect((await screen.findByTestId('addresses-import')).textContent).toContain(
    'Adopt it in the list of segments',
  );
  expect(screen.queryByTestId('import-text')).toBeNull();
  const ask = { kind: 'addresses' as const, engineId: lan.engineId, networkId: lan.id };
  act(() => shown.stores.ui.setState({ dialog: { ...ask, pick: () => ask } }));
  await screen.findByText(/^Pick a free address/);
  expect(screen.queryByTestId('import-addresses')).toBeNull();
});
