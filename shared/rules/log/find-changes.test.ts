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
const records = [record('web', '10.0.0.5'), record('web-2', '10.0.0.50'), record('db', '2001:db8::7')];
const found = (find: string) =>
  records.filter(changeFinder(find)).map(({ id: name }) => name.replace('change-', ''));

it.each([
  ['', ['web', 'web-2', 'db']],
  ['  "" ', ['web', 'web-2', 'db']],
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
  ['02:42:0a:00', ['web', 'web-2', 'db']],
  [id.slice(0, 12), ['web', 'web-2', 'db']],
  // Shorter, it is a part of a text, and of an id no text.
  [id.slice(0, 11), []],
  ['attach', ['web', 'web-2', 'db']],
  ['ada applied', ['web', 'web-2', 'db']],
  // What the console calls its steps is no word of a record.
  ['connect', []],
])('“%s” finds %j', (find, wanted) => {
  expect(found(find)).toEqual(wanted);
});
