import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { wordsOf } from '../../electron/services/changes/as-asked';
import { brokenText } from '../../electron/services/storage/broken-text';
import { EngineSettingsFile } from '../../electron/services/engines/settings-file';
import { HostsFile } from '../../electron/services/engines/hosts-file';
import { RecordLog } from '../../electron/services/storage/record-log';
import { Storage } from '../../electron/services/storage/storage';
import { addresses } from '../../electron/services/testing/ways';
import { openUserFile } from '../../electron/services/storage/user-file';
import { parseYaml } from '../../electron/services/storage/yaml-text';
import type { Problem } from '../../shared/model';
import { englishReasons, problem, reason, reasonList, shapeReason, systemReason } from '../../shared/rules';
import { answerReasons } from '../../shared/texts/reasons-answers';
import { problemReason } from '../../shared/texts';
import { wayReasons } from '../../shared/texts/reasons-ways';
import { resources } from './resources';
import { latinIn } from './testing/chinese';
import { misfits } from './testing/misfits';
import { Refusals, refused } from './testing/refusals';

/** Every cause that our own code gives for a file or data that can't be used, as it is really found. */
const on = new Refusals();
const { seen } = on;
const told = (one: Problem) => on.told(one);
const put = (path: string, text: string) => on.put(path, text);
beforeEach(() => on.renew());
afterAll(() => on.end());

async function settingsOf(text: string): Promise<void> {
  const storage = new Storage(() => undefined);
  const file = put('engines.yaml', text);
  const settings = await EngineSettingsFile.open(file, addresses, storage);
  told(settings.problem() ?? (await refused(() => undefined)));
  await settings.dispose();
}

describe('in both languages', () => {
  it.each([
    ...['engines: [', 'version: 1', 'just words', 'nothing: known', 'version: one', '- { host: a }'],
    ...[
      'version: 1\nversion: 1',
      'a: &x 1\nengines: [*x]',
      'engines: *x',
      'a: b\n\tc: d',
      'a: "b',
      'a: b: c',
      '- a\n---\n- b',
    ],
    ...['a: !!bad [', '- unix:///a\n- nonsense', 'version: 1\nengines: []\npassword: x'],
    ...['- address: x', '- {}', '- { address: unix:///a, connection: { kind: socket, path: /a } }']
      .concat([
        '- address: unix:///a\n- address: unix:///a',
        '- { id: x, address: unix:///a }\n- { id: x, address: unix:///b }',
      ])
      .map((text) => `version: 1\nengines:\n${text}`),
  ])('engines.yaml: %j', settingsOf);

  it('engines.yaml that is too deep or has too much in it', async () => {
    await settingsOf('['.repeat(200));
    await settingsOf(','.repeat(100_001));
  });

  it('a hosts file of a later version, and several reasons at once', async () => {
    told(await refused(() => HostsFile.open(put('hosts', 'version: 9'), addresses)));
    const why = systemReason(Object.assign(new Error('x'), { code: 'EIO', syscall: 'read' }));
    const two = reasonList([reason('file_unread', { file: '/a', why }), reason('file_absent')]);
    told(problem('invalid_input', { detail: two }));
  });
});

describe('what zod finds wrong', () => {
  it.each(misfits.map(([schema, value]) => ({ schema, value })))(
    '$schema.type: $value',
    ({ schema, value }) => {
      for (const [wrapped, data] of [
        [schema, value],
        [z.object({ inside: z.array(schema) }), { inside: [value] }],
      ] as const) {
        const { error } = wrapped.safeParse(data);
        if (error) told(problem('invalid_input', { detail: shapeReason(error.issues, data) }));
      }
    },
  );
});

describe('what the system says', () => {
  it('of files that are really there', async () => {
    const storage = new Storage(() => undefined);
    const loop = join(on.home, 'loop');
    symlinkSync(loop, loop);
    const broken = (file: string) =>
      openUserFile({
        file,
        parse: (text) => z.object({ a: z.number() }).parse(JSON.parse(text)),
        empty: { a: 0 },
        storage,
        ...(file.endsWith('b.json') && { effect: reason('effect_keychain') }),
      });
    for (const file of [loop, on.home, put('a.json', '{'), put('b.json', '{"a":"x"}'), put('c.json', '[]')])
      await broken(file);
    expect(storage.problems()).toHaveLength(5);
    for (const one of storage.problems()) told(one);
  });

  it.each([
    'ENOENT',
    'EACCES',
    'EPERM',
    'EISDIR',
    'ENOTDIR',
    'ELOOP',
    'ENAMETOOLONG',
    'EMFILE',
    'EIO',
    'ENOSPC',
    'EDQUOT',
    'EROFS',
    'NOT_PLAIN',
    'TOO_LARGE',
    'LOCKED',
    'EODD',
  ])('%s', (code) => {
    const error = Object.assign(new Error(`${code}: its words, open '/x'`), { code, syscall: 'open' });
    for (const doing of ['reading', 'writing'] as const) {
      told(problem('storage_failed', { file: 'a', detail: systemReason(error, doing) }));
      told(problem('ssh_key_unreadable', { file: '/k', detail: systemReason(error, doing) }));
    }
  });

  it.each(Object.keys(answerReasons) as (keyof typeof answerReasons)[])('of an answer: %s', (code) =>
    told(problem('engine_error', { context: 'unreadable', host: 'h1', endpoint: 'x', detail: reason(code) })),
  );

  it('of a host that gave none', () => told(problem('internal', { detail: reason('no_reason') })));

  it('of what did not come back', () => {
    const [container, network, host] = ['web', 'lan', 'h1'];
    const why = problemReason(
      problem('address_in_use', { address: '10.70.1.9', container: 'db', network, host }),
    );
    const second = reason('not_back', { container, network, address: '10.70.1.9', why });
    const first = problemReason(
      problem('rollback_failed', { context: 'leftover', container, network, host }),
    );
    const both = { container, network, host, first: 'x', second: 'y' };
    const found = problem('rollback_failed', { context: 'leftover_both', ...both });
    told({ ...found, reasons: { first, second } });
  });

  it('or some library', () =>
    told(problem('storage_failed', { file: 'a', detail: systemReason(new Error('odd words')) })));

  it('settings that an engine does not show as they were asked for', () => {
    const at = { context: 'setting', container: 'c', network: 'n', host: 'h' } as const;
    for (const field of ['MacAddress', 'Aliases', 'GwPriority', 'DriverOpts.a.b'])
      told(problem('verify_failed', { ...at, ...wordsOf({ field, asked: '1', shown: '2' }) }));
    const on = { context: 'network_setting', network: 'n', host: 'h' } as const;
    for (const field of ['EnableIPv4', 'EnableIPv6', 'Attachable'])
      told(problem('verify_failed', { ...on, ...wordsOf({ field, asked: 'true', shown: 'false' }) }));
  });

  it('of lines of a log', async () => {
    const storage = new Storage(() => undefined);
    const long = `${'x'.repeat((4 << 20) + 1)}\n`;
    for (const [index, text] of ['{"a\n', '[]\n', long].entries()) {
      const file = put(`log-${String(index)}.jsonl`, text);
      const log = await RecordLog.open(file, z.object({ record: z.object({ id: z.string() }) }), storage);
      await log.flush();
    }
    expect(storage.problems().map(({ params }) => params?.['context'])).toEqual([
      'lines',
      'lines',
      'lines_aside',
    ]);
    for (const one of storage.problems()) told(one);
  });

  it('or a text with more aliases than are followed', async () => {
    const text = `a: &a x\nb: [${Array(5).fill('*a').join()}]`;
    const error = await Promise.resolve()
      .then(() => parseYaml(text, { aliases: 4 }))
      .catch((thrown: unknown) => thrown);
    told(problem('storage_failed', { file: 'a', detail: brokenText(error, text) }));
  });
});

describe('texts of reasons', () => {
  it.each(Object.entries(resources['zh-CN'].reasons))('%s is Chinese', (_code, text) => {
    expect(latinIn(text)).toEqual([]);
  });

  it('nothing is left out: each that is not of a way has an example above', () => {
    // A host without a name stands in for one in sentences.
    const elsewhere = { ...wayReasons, the_host: '' };
    expect(Object.keys(englishReasons).filter((code) => !seen.has(code) && !(code in elsewhere))).toEqual([]);
  });
});
