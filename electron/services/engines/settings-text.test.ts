import { describe, expect, it } from 'vitest';
import type { EngineConfig } from '../../../shared/model';
import { reasonText } from '../../../shared/rules';
import { addresses } from '../testing/ways';
import { readSettings, writeSettings } from './settings-text';

const read = (text: string) => readSettings(text, addresses);
const configs = (text: string): EngineConfig[] => {
  const found = read(text);
  if (found.state !== 'read') throw new Error(JSON.stringify(found));
  return found.configs;
};
const detail = (text: string): string => {
  const found = read(text);
  return found.state === 'broken' ? reasonText(found.detail) : found.state;
};
const socket = (path: string) => ({ kind: 'socket' as const, path });
const idOf = (path: string) => addresses.engineIdOf(socket(path));

const atlas: EngineConfig = { id: 'atlas', name: 'Atlas', colour: 'teal', connection: socket('/a.sock') };
const boreas: EngineConfig = {
  id: 'boreas',
  group: 'Rack 2',
  site: 'Office',
  lans: { eth1: 'Cellar', 'eth1.20': 'Attic' },
  connection: { kind: 'tcp', host: '10.0.0.5', port: 2376, tls: { ca: '/ca.pem' }, plainAccepted: false },
};

describe('the text of engines.yaml', () => {
  it('is read back as it was written, without what goes without saying', () => {
    const text = writeSettings([atlas, boreas], null, addresses);
    expect(configs(text)).toEqual([atlas, boreas]);
    expect(text).toMatch(/^#.*\n(#.*\n)*\nversion: 1\n/);
    expect(text).not.toContain('plainAccepted');
  });

  it('takes addresses for connections, and finds ids where none are given', () => {
    const text =
      'version: 1\nengines:\n  - address: unix:///a.sock\n  - { address: tcp://b:2375, name: B }\n';
    expect(configs(text)).toEqual([
      { id: idOf('/a.sock'), connection: socket('/a.sock') },
      expect.objectContaining({ name: 'B', connection: expect.objectContaining({ host: 'b', port: 2375 }) }),
    ]);
  });

  it('gives no id that another entry has said for itself', () => {
    const own = idOf('/a.sock');
    const text = `version: 1\nengines:\n- address: unix:///a.sock\n- { id: ${own}, address: unix:///b.sock }\n`;
    expect(configs(text).map((each) => each.id)).toEqual([`${own}-2`, own]);
  });

  it.each([
    ['engines: [', /^line 1, column 11: the line is indented wrongly, or a bracket is not closed/],
    ['version: 1', /^line 1, “engines”: it is missing/],
    ['version: 1\nengines: []\npassword: x', /^line 3, “password”: “password” does not belong in here/],
    [
      'version: 1\nengines:\n- connection: { kind: ssh, host: a, password: x }',
      /^line 3, “engines\.0\.connection\.password”: “password” does not belong/,
    ],
    ['version: 1\nengines:\n- address: ssh://me:secret@host', /^entry 1 \(line 3\): /],
    ['version: 1\nengines:\n- connection: { kind: socket, path: relative }', /^entry 1 \(line 3\): /],
    [
      'version: 1\nengines:\n- connection: { kind: tcp, host: "x:y@z", port: 1, tls: null }',
      /^entry 1 \(line 3\): /,
    ],
    ['version: 1\nengines:\n- name: only', /has neither a connection nor an address/],
    [
      'version: 1\nengines:\n- address: unix:///a\n- address: unix:///a',
      /entry 2 \(line 4\): unix:\/\/\/a is there twice/,
    ],
    [
      'version: 1\nengines:\n- { id: x, address: unix:///a }\n- { id: x, address: unix:///b }',
      /entry 2 \(line 4\): the id x is there twice/,
    ],
    [
      'version: 1\nengines:\n- { address: unix:///a, colour: mauve }',
      /^line 3, “engines\.0\.colour”: only one of these/,
    ],
    ['version: one', /^line 1, “version”: "one" is no version/],
    ['just words', /it is no settings file/],
    ['a: &x 1\nversion: 1\nengines: [*x]', /alias/i],
    ['version: 1\nversion: 1\nengines: []', /^line 2, column 1: the same key stands there twice/],
  ])('says what is wrong with %j', (text, words) => {
    expect(detail(text)).toMatch(words);
  });

  it('leaves the secret out of what it says of a password', () => {
    expect(detail('version: 1\nengines:\n- address: unix:///a\n  password: hunter2')).not.toContain(
      'hunter2',
    );
  });

  it('is nobody’s when it is of a later version, and empty when it is empty', () => {
    expect(read('version: 2\nhosts: {}')).toEqual({ state: 'newer', version: '2' });
    expect(configs('')).toEqual([]);
    expect(configs('# nothing yet\n')).toEqual([]);
  });

  it.each(['- unix:///a.sock\n- tcp://b:2375', 'hosts: [unix:///a.sock, "tcp://b:2375"]'])(
    'of version 0 is brought up to date: %j',
    (text) => {
      expect(read(text)).toMatchObject({
        state: 'read',
        migratedFrom: 0,
        configs: [{ id: idOf('/a.sock') }, { connection: { kind: 'tcp', host: 'b' } }],
      });
    },
  );

  it('of version 0 with something else in it is broken', () => {
    expect(detail('- { host: a }')).toBe('entry 1 (line 1): it is no address');
    expect(detail('nothing: known')).toBe('it has neither “version” nor a list of addresses');
  });
});

describe('writing over what a hand has written', () => {
  const byHand = `# The lab's machines.
version: 1
engines:
  # In the cellar.
  - address: unix:///a.sock
    name: Atlas   # the old one
  - id: boreas
    address: unix:///b.sock
`;

  it('keeps its comments and spellings where they still hold', () => {
    const [first, second] = configs(byHand);
    if (!first || !second) throw new Error('two');
    const text = writeSettings([second, { ...first, colour: 'blue' }], byHand, addresses);
    for (const kept of ["# The lab's machines.", '# In the cellar.', '# the old one', 'unix:///a.sock'])
      expect(text).toContain(kept);
    expect(configs(text)).toEqual([second, { ...first, colour: 'blue' }]);
  });

  it('writes down the id that it gave', () => {
    const [first] = configs(byHand);
    expect(writeSettings([first as EngineConfig], byHand, addresses)).toContain(`id: ${first?.id}`);
  });

  it('takes away what is no longer said', () => {
    const [first, second] = configs(byHand);
    if (!first || !second) throw new Error('two');
    const { name: _, ...nameless } = first;
    const moved = { ...nameless, connection: socket('/c.sock') };
    const text = writeSettings([moved], byHand, addresses);
    expect(text).not.toMatch(/Atlas|a\.sock|boreas/);
    expect(configs(text)).toEqual([moved]);
  });
});
