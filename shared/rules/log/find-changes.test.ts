import { expect, it } from 'vitest';
import type { ChangeRecord } from '../../model';
import { changeFinder } from './find-changes';

const id = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
const record = (name: string, ipv4: string): ChangeRecord => ({
  id: `change-${name}`,
  at: 0,
  who: 'ada',
  request: { kind: 'attach', engineId: 'a', containerId: id, networkId: 'lan-id', ipv4 },
  state: 'applied',
  undoable: true,
  hosts: [
    {
      ...{ engineId: 'a', engineName: 'Atlas', state: 'done', ipv4 },
      steps: [
        {
          ...{
            op: 'connect',
            containerId: id,
            containerName: name,
            networkId: 'lan-id',
            networkName: 'lan10',
          },
          endpoint: { ipv4, mac: '02:42:0a:00:00:05' },
        },
      ],
    },
  ],
});
const records: ChangeRecord[] = [
  record('web', '10.0.0.5'),
  { ...record('web-2', '10.0.0.50'), by: 'guard' },
  record('db', '2001:db8::7'),
];
/** A name that could be an id as well. */
const hexName: ChangeRecord = { ...record('202406011200', '10.9.9.9'), by: 'command-line' };
const found = (find: string) =>
  [...records, hexName].filter(changeFinder(find)).map(({ id: name }) => name.replace('change-', ''));

const all = ['web', 'web-2', 'db', '202406011200'];

it.each([
  ['', all],
  ['  "" ', all],
  ['WEB', ['web', 'web-2']],
  ['"web"', ['web']],
  ['"web', ['web']],
  ['“web”', ['web']],
  ['web atlas lan10', ['web', 'web-2']],
  ['web nowhere', []],
  ['10.0.0.5', ['web']],
  ['10.0.0.', ['web', 'web-2']],
  ['10.0.0.0/24', ['web', 'web-2']],
  ['10.0.0.0/28', ['web']],
  ['2001:DB8:0::7', ['db']],
  ['2001:db8::/64', ['db']],
  ['02:42:0a:00', all],
  [id.slice(0, 12), all],
  // Shorter, it is a part of a text, and of an id no text.
  [id.slice(0, 11), []],
  ['change-db', ['db']],
  ['2001:db8::', ['db']],
  ['202406011200', ['202406011200']],
  ['--apply', ['202406011200']],
  ['guard', ['web-2']],
  ['attach', all],
  ['ada applied', all],
  // What the console calls its steps is no word of a record.
  ['connect', []],
])('“%s” finds %j', (find, wanted) => {
  expect(found(find)).toEqual(wanted);
});
