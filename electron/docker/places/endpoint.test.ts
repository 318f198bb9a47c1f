import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionOf, engineIdFor, engineIdOf } from './endpoint';

describe('engineIdFor', () => {
  it('is the same for every spelling of an address, and another for another address', () => {
    expect(engineIdFor('/var/run/docker.sock')).toBe(engineIdFor('unix:///var//run/docker.sock'));
    expect(engineIdFor('tcp://HOST')).toBe(engineIdFor('tcp://host:2375'));
    expect(engineIdFor('tcp://host:2375')).not.toBe(engineIdFor('tcp://host:2376'));
  });

  it('is stable: preferences refer to it', () => {
    expect(engineIdFor('unix:///var/run/docker.sock')).toMatchInlineSnapshot(`"e13c4025c96f"`);
  });

  it('is that of a connection as of its address', () => {
    expect(engineIdOf({ kind: 'ssh', host: 'atlas', user: 'ada' })).toBe(engineIdFor('ssh://ada@atlas'));
  });
});

it('a path of a socket is read as POSIX does', () => {
  const part = fc.constantFrom('', '.', '..', 'run', '.a', '..b', 'x.sock');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const path = `/${[...parts, 'docker.sock'].join('/')}`;
      expect(connectionOf(path)).toMatchObject({ value: { kind: 'socket', path: posix.normalize(path) } });
    }),
  );
});
