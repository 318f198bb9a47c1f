// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { UserEvent } from '@testing-library/user-event';
import { ok, type ChangeRecord, type ChangeRequest, type Segment } from '../../../shared/model';
import { importSegmentText } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const reader = (yaml: string) => ({ data: parse(yaml) as unknown, lineOf: () => 1 });
const open = async (
  engines = twoHosts(),
  more: NonNullable<Parameters<typeof renderWindow>[1]>['overrides'] = {},
) => {
  const shown = renderWindow(engines, {
    overrides: {
      ...more,
      'segments.import': (source) => ok(importSegmentText(source, reader)),
    },
  });
  await screen.findByTestId('table');
  act(() => shown.stores.ui.setState({ dialog: { kind: 'segment-import' } }));
  const text = await screen.findByTestId('import-text');
  const paste = async (what: string) => {
    await shown.user.clear(text);
    await shown.user.click(text);
    await shown.user.paste(what);
  };
  return { ...shown, text, paste };
};

const line = 'docker network create -d macvlan -o parent=eth0.20 --subnet 10.70.20.0/24 iot';

it('says which hosts of the text are not on the list, for nobody to wonder why they are not chosen', async () => {
  const { stores, user } = renderWindow(twoHosts(), {
    overrides: { 'segments.import': (source) => ok(importSegmentText(source, reader)) },
  });
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ dialog: { kind: 'segment-import' } }));
  const text = await screen.findByTestId('import-text');
  await user.click(text);
  await user.paste(`# host: a\n${line}`);
  await screen.findByTestId('import-iot');
  expect(screen.queryByTestId('import-unknown-hosts')).toBeNull();
  await user.paste(`\n# host: attic\n${line}`);
  expect((await screen.findByTestId('import-unknown-hosts')).textContent).toMatch(/: attic$/);
});

it.each([
  ['en', 'Reading the text…'],
  ['zh-CN', '正在读取文本…'],
] as const)('says at once that a text is being read, until it is (%s)', async (language, words) => {
  const answers: (() => void)[] = [];
  const { stores, user } = renderWindow(twoHosts(), {
    preferences: { language },
    overrides: {
      'segments.import': (source) =>
        new Promise((resolve) => {
          answers.push(() => resolve(ok(importSegmentText(source, reader))));
        }) as never,
    },
  });
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ dialog: { kind: 'segment-import' } }));
  const text = await screen.findByTestId('import-text');
  expect(screen.queryByText(words)).toBeNull();
  await user.click(text);
  await user.paste(line);
  expect(screen.getByText(words)).toBeTruthy();
  await waitFor(() => expect(answers).toHaveLength(1));
  expect(screen.getByText(words)).toBeTruthy();
  answers[0]!();
  await screen.findByTestId('import-iot');
  expect(screen.queryByText(words)).toBeNull();
  await user.clear(text);
  expect(screen.queryByText(words)).toBeNull();
});

it('forgets what was wrong with the text before, also where two problems were alike', async () => {
  const { paste } = await open();
  const wrong = 'docker network create -d macvlan -o parent=eth0 --subnet 10.0.0.7/24 a';
  await paste(`${wrong} --frob && ${wrong} --frob`);
  // Of each its option and its subnet.
  await waitFor(() => expect(screen.getAllByRole('alert')).toHaveLength(4));
  await paste(line);
  await screen.findByTestId('import-iot');
  expect(screen.queryAllByRole('alert')).toEqual([]);
});

it('asks for the values that a text leaves open, and reads it with them', async () => {
  const { paste, user } = await open();
  await paste('docker network create -d macvlan -o parent=$ETHCARD --subnet ${NET:-10.9.0.0/24} open');
  const field = await screen.findByTestId('import-value-ETHCARD');
  expect(screen.getByTestId('import-value-NET').getAttribute('placeholder')).toBe('10.9.0.0/24');
  expect(screen.queryAllByRole('alert')).toEqual([]);
  await user.type(field, 'eno7');
  await user.click(await screen.findByTestId('import-open'));
  expect((await screen.findByTestId<HTMLInputElement>('segment-nic-a')).value).toBe('eno7');
});

it('keeps its text at Escape also when one comes back to it from the form', async () => {
  const { paste, user, stores } = await open();
  await paste(line);
  await user.click(await screen.findByTestId('import-iot'));
  await user.click(await screen.findByText('Cancel'));
  await screen.findByTestId('import-text');
  await user.keyboard('{Escape}');
  expect(stores.ui.getState().dialog).toMatchObject({ kind: 'segment-import', start: { text: line } });
});

it('says so of a host that is not on the list also where nothing below it can be read', async () => {
  const { paste } = await open();
  await paste(`# host: nosuch\n${line.replace('.20 ', '.7000 ')}`);
  expect((await screen.findByTestId('import-strange-hosts')).textContent).toMatch(/: nosuch$/);
  await paste(`# host: a\n${line}`);
  await waitFor(() => expect(screen.queryByTestId('import-strange-hosts')).toBeNull());
});

it('asks for commands and for a compose file each in its own words', async () => {
  const { paste, text } = await open();
  const label = () => document.querySelector(`label[for="${text.id}"]`)?.textContent;
  expect(label()).toBe('Commands');
  await paste(
    'networks:\n  lan:\n    driver: macvlan\n    driver_opts: { parnet: eth0 }\n    ipam: { config: [{ subnet: 10.9.0.0/24 }] }',
  );
  expect(label()).toBe('Compose file');
  const project = await screen.findByTestId('import-value-COMPOSE_PROJECT_NAME');
  expect(project.getAttribute('placeholder')).toBe('for example homelab');
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('driver_opts:');
  expect(alert.textContent).not.toContain('-o parent');
});

const two = `${line}\n${line.replaceAll('20', '30').replace('iot', 'cameras')}`;
const apply = async (user: UserEvent) => {
  await screen.findByTestId('segment-form');
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('apply').disabled).toBe(false));
  await waitFor(() => expect(screen.getByTestId('apply').getAttribute('aria-busy')).toBeNull());
  await user.click(screen.getByTestId('apply'));
};

it('marks as made only what the plan has: what was undone since is to be made again', async () => {
  const made = { id: 'seg', name: 'iot', members: [] } as unknown as Segment;
  const record = (request: ChangeRequest): ChangeRecord => ({
    ...{ id: 'p', at: 0, who: 'ada', request, hosts: [], state: 'applied', undoable: true },
    segment: { id: 'seg', name: 'iot' },
  });
  const { paste, user, stores } = await open(twoHosts(), {
    'change.apply': () => ok(record({ kind: 'forget-segment', segmentId: 'seg' })),
  });
  await paste(two);
  await user.click(await screen.findByTestId('import-iot'));
  await apply(user);
  expect(await screen.findByTestId('import-made-iot')).toBeTruthy();
  act(() => stores.segments.setState({ plan: [made] }));
  expect(screen.queryByTestId('import-made-iot')).toBeTruthy();
  act(() => stores.segments.setState({ plan: [] }));
  expect(await screen.findByTestId('import-iot')).toBeTruthy();
});

it('comes back after one of two was made, with that marked and the other to be made', async () => {
  const { paste, user, stores } = await open();
  await paste(two);
  await user.click(await screen.findByTestId('import-iot'));
  await user.click(await screen.findByText('Cancel'));
  await user.click(await screen.findByTestId('import-iot'));
  await apply(user);
  expect((await screen.findByTestId('import-made-iot')).textContent).toBe('Made');
  expect(screen.queryByTestId('import-iot')).toBeNull();
  await user.click(screen.getByTestId('import-cameras'));
  await apply(user);
  await waitFor(() => expect(stores.ui.getState().dialog).toBeNull());
});

it('tells in neutral of ordinary networks that make no segment, and in red only of what can’t be read', async () => {
  const { paste } = await open();
  await paste(
    'networks:\n  web:\n    driver: bridge\n  shared:\n    external: true\n  lan:\n    driver: macvlan\n    driver_opts: { parent: eth0 }\n',
  );
  const notes = await screen.findAllByTestId('note-import_skipped');
  expect(notes).toHaveLength(2);
  const said = notes.map((each) => each.textContent).join(' ');
  expect(said).toMatch(/web .*only macvlan/);
  expect(said).toMatch(/shared .*external/);
  const alerts = screen.getAllByRole('alert').map((each) => each.textContent);
  expect(alerts).toHaveLength(1);
  expect(alerts[0]).toContain('lan');
});
