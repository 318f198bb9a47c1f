import { describe, expect, it } from 'vitest';
import type { EngineConnection } from '../../../shared/model';
import {
  connectionOf,
  emptyForm,
  fieldOfProblem,
  formErrors,
  formOf,
  labelsOf,
  sameConnection,
  withConnection,
  type EngineForm,
  mostIn,
  strangeNics,
} from './engine-form';

const form = (patch: Partial<EngineForm>): EngineForm => ({ ...emptyForm, ...patch });

const connections: EngineConnection[] = [
  { kind: 'socket', path: '/run/docker.sock' },
  { kind: 'socket', path: '//./pipe/docker_engine' },
  { kind: 'tcp', host: '192.0.2.1', port: 2376, tls: {}, plainAccepted: false },
  {
    kind: 'tcp',
    host: '2001:db8::1',
    port: 2376,
    tls: { ca: '/c/ca.pem', cert: '/c/cert.pem', key: '/c/key.pem', serverName: 'atlas' },
    plainAccepted: false,
  },
  { kind: 'tcp', host: 'atlas', port: 2375, tls: null, plainAccepted: true },
  { kind: 'ssh', host: 'atlas' },
  {
    kind: 'ssh',
    host: 'atlas',
    port: 2222,
    user: 'ada',
    keyFile: '~/.ssh/id',
    jump: 'ada@gate:22,[2001:db8::9]:2022',
    socket: '/run/user/1000/docker.sock',
  },
];

const contexts: EngineConnection[] = [
  { kind: 'context', context: 'lab', plainAccepted: false },
  { kind: 'context', context: 'lab', plainAccepted: true },
];

const connected = { path: '/run/docker.sock' };

describe('the form of a host', () => {
  it.each([...connections, ...contexts])(
    'gives back the connection that it was filled with: %j',
    (connection) => {
      const filled = withConnection(emptyForm, connection);
      expect(formErrors(filled)).toEqual({});
      expect(connectionOf(filled)).toEqual(connection);
    },
  );

  it('reads and gives back at which sites its NICs are', () => {
    const said = { site: 'Office', lans: { eth1: 'Cellar', 'eth1.20': 'The attic' } };
    expect(labelsOf(formOf({ ...said, connection: connections[0]! }))).toEqual(said);
    expect(labelsOf(form({ lans: ' eth1 = Cellar ,\n' }))).toEqual({ lans: { eth1: 'Cellar' } });
    expect(labelsOf(form({ lans: '' }))).toEqual({});
    for (const lans of ['eth1', 'eth1=', '=Cellar', 'eth1=A, eth1=B', 'eth1=A; B, eth2'])
      expect(formErrors({ ...emptyForm, ...connected, lans })).toEqual({ lans: 'lans' });
    expect(formErrors({ ...emptyForm, ...connected, lans: `eth1=${'x'.repeat(61)}` })).toEqual({
      lans: 'tooLong',
    });
    expect(connectionOf({ ...emptyForm, ...connected, lans: 'eth1' })).not.toBeNull();
  });

  it('keeps what was typed for the other kinds', () => {
    const filled = withConnection(form({ path: '/run/x.sock' }), { kind: 'ssh', host: 'atlas' });
    expect(filled).toMatchObject({ kind: 'ssh', path: '/run/x.sock', sshHost: 'atlas' });
  });

  it('leaves out what is empty, and space around what is not', () => {
    expect(connectionOf(form({ kind: 'ssh', sshHost: ' atlas ', user: ' ', jump: '' }))).toEqual({
      kind: 'ssh',
      host: 'atlas',
    });
    expect(labelsOf(form({ name: ' db ', group: '  ', colour: 'teal' }))).toEqual({
      name: 'db',
      colour: 'teal',
    });
  });

  it.each<[Partial<EngineForm>, Partial<Record<keyof EngineForm, string>>]>([
    [{ kind: 'socket', path: '' }, { path: 'missing' }],
    [{ kind: 'socket', path: 'docker.sock' }, { path: 'socketPath' }],
    [{ kind: 'socket', path: `/${'x'.repeat(5000)}` }, { path: 'tooLong' }],
    [{ kind: 'tcp', host: '' }, { host: 'missing' }],
    [{ kind: 'tcp', host: 'tcp://atlas' }, { host: 'host' }],
    [{ kind: 'tcp', host: 'atlas:2376' }, { host: 'host' }],
    [{ kind: 'tcp', host: 'atlas', port: '' }, { port: 'port' }],
    [{ kind: 'tcp', host: 'atlas', port: '70000' }, { port: 'port' }],
    [{ kind: 'tcp', host: 'atlas', port: '1e3' }, { port: 'port' }],
    [{ kind: 'tcp', host: 'atlas', cert: '/c.pem' }, { key: 'pair' }],
    [{ kind: 'tcp', host: 'atlas', key: '/k.pem' }, { cert: 'pair' }],
    [{ kind: 'tcp', host: 'atlas', tls: false }, { plainAccepted: 'plainAccepted' }],
    [{ kind: 'ssh', sshHost: '' }, { sshHost: 'missing' }],
    [{ kind: 'ssh', sshHost: 'ada@atlas' }, { sshHost: 'host' }],
    [{ kind: 'ssh', sshHost: 'ssh://ada:secret@atlas' }, { sshHost: 'password' }],
    [{ kind: 'ssh', sshHost: 'ada:secret@atlas' }, { sshHost: 'password' }],
    [{ kind: 'socket', path: 'ssh://ada:secret@atlas' }, { path: 'password' }],
    [{ kind: 'ssh', sshHost: 'atlas', sshPort: '22x' }, { sshPort: 'port' }],
    [{ kind: 'ssh', sshHost: 'atlas', jump: 'ada:secret@gate' }, { jump: 'jump' }],
    [{ kind: 'ssh', sshHost: 'atlas', jump: 'gate,' }, { jump: 'jump' }],
    [{ kind: 'ssh', sshHost: 'atlas', socket: 'run' }, { socket: 'socketPath' }],
    [{ kind: 'context', context: '' }, { context: 'missing' }],
    [{ kind: 'socket', path: '/x', name: 'n'.repeat(121) }, { name: 'tooLong' }],
  ])('finds what is wrong with %j', (patch, errors) => {
    expect(formErrors(form(patch))).toEqual(errors);
    if (!('name' in patch)) expect(connectionOf(form(patch))).toBeNull();
  });

  it('does not take TLS files along to plain TCP, nor the consent to plain TCP to TLS', () => {
    const plain = form({ kind: 'tcp', host: 'a', tls: false, plainAccepted: true, ca: '/ca.pem' });
    expect(connectionOf(plain)).toMatchObject({ tls: null, plainAccepted: true });
    expect(connectionOf({ ...plain, tls: true })).toMatchObject({
      tls: { ca: '/ca.pem' },
      plainAccepted: false,
    });
  });

  it('finds the field that the main process means', () => {
    const at = (field: string) => ({ code: 'invalid_input' as const, message: '', field });
    expect(fieldOfProblem('ssh', at('connection.port'))).toBe('sshPort');
    expect(fieldOfProblem('tcp', at('connection.tls.ca'))).toBe('ca');
    expect(fieldOfProblem('tcp', at('connection'))).toBeNull();
  });

  it('is filled from an entry with its labels', () => {
    const entry = { connection: connections[0]!, name: 'db', colour: 'pink', group: 'Rack 1' } as const;
    expect(formOf(entry)).toMatchObject({ name: 'db', colour: 'pink', group: 'Rack 1' });
  });
});

describe('sameConnection', () => {
  it('does not mind the order of properties', () => {
    expect(sameConnection({ kind: 'ssh', host: 'a', port: 1 }, { port: 1, kind: 'ssh', host: 'a' })).toBe(
      true,
    );
    expect(sameConnection({ kind: 'ssh', host: 'a' }, { kind: 'ssh', host: 'b' })).toBe(false);
  });
});

it('says how long a field may be, and which NICs a host does not have', () => {
  expect(mostIn({ ...emptyForm, kind: 'socket', path: '/x', name: 'n'.repeat(121) }, 'name')).toBe(120);
  expect(mostIn({ ...emptyForm, kind: 'socket', path: '/x', lans: `eth1=${'x'.repeat(61)}` }, 'lans')).toBe(
    60,
  );
  expect(mostIn({ ...emptyForm, kind: 'socket', path: '/x', name: 'n' }, 'name')).toBeUndefined();
  const typed = { ...emptyForm, lans: 'nosuchnic=Office, eth1=Cellar, eth1.20=Attic, eth0=Hall' };
  expect(strangeNics(typed, ['eth0', 'eth1'])).toEqual(['nosuchnic']);
});
