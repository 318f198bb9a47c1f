import { describe, expect, it } from 'vitest';
import { emptyForm, formErrors, type EngineForm } from './engine-form';
import { withAddress } from './pasted-address';

const form = (patch: Partial<EngineForm>): EngineForm => ({ ...emptyForm, ...patch });

describe('a whole address in the form', () => {
  it.each<[string, Partial<EngineForm>]>([
    ['ssh://ada@atlas:2222', { kind: 'ssh', user: 'ada', sshHost: 'atlas', sshPort: '2222' }],
    [' ssh://Atlas ', { kind: 'ssh', user: '', sshHost: 'Atlas', sshPort: '' }],
    ['ssh://ada@[2001:db8::1]:22/run/x.sock', { sshHost: '2001:db8::1', socket: '/run/x.sock' }],
    ['ssh://atlas?jump=ada@gate:22', { sshHost: 'atlas', jump: 'ada@gate:22' }],
    ['tcp://atlas:2376', { kind: 'tcp', host: 'atlas', port: '2376', tls: true }],
    ['https://atlas:8443', { kind: 'tcp', host: 'atlas', port: '8443', tls: true }],
    ['tcp://192.0.2.7:2375', { kind: 'tcp', port: '2375', tls: false, plainAccepted: false }],
    ['http://atlas:99', { kind: 'tcp', port: '99', tls: false }],
    ['unix:///run/podman/podman.sock', { kind: 'socket', path: '/run/podman/podman.sock' }],
    ['npipe:////./pipe/docker_engine', { kind: 'socket', path: '//./pipe/docker_engine' }],
    ['context://lab', { kind: 'context', context: 'lab' }],
  ])('is taken apart: %s', (text, fields) => {
    const taken = withAddress(form({}), text);
    expect(taken).toMatchObject(fields);
    const errors = Object.keys(formErrors(taken!));
    expect(errors.filter((field) => field !== 'plainAccepted')).toEqual([]);
  });

  it('may leave out its scheme where the kind is chosen already', () => {
    expect(withAddress(form({ kind: 'ssh' }), 'ada@atlas:2222')).toMatchObject({
      ...{ kind: 'ssh', user: 'ada', sshHost: 'atlas', sshPort: '2222' },
    });
    expect(withAddress(form({ kind: 'tcp' }), 'atlas:2376')).toMatchObject({ host: 'atlas', port: '2376' });
    expect(withAddress(form({ kind: 'socket' }), 'atlas:2376')).toBeNull();
  });

  it.each([
    ...['atlas', '192.0.2.7', '2001:db8::1', 'fe80::1%eth0', '/run/docker.sock', '', 'ftp://atlas'],
    ...['ssh://ada:secret@atlas', 'ada:secret@atlas', 'tcp://atlas:99999', 'unix://relative', 'ssh://'],
  ])('is nothing else: %s', (text) => {
    for (const kind of ['socket', 'tcp', 'ssh', 'context'] as const)
      expect(withAddress(form({ kind }), text)).toBeNull();
  });

  it('leaves what it does not speak of, and takes no consent to plain TCP along to another host', () => {
    const files = { ca: '/c/ca.pem', cert: '/c/cert.pem', key: '/c/key.pem', serverName: 'atlas' };
    const before = form({ kind: 'tcp', tls: false, plainAccepted: true, name: 'Lab', ...files });
    expect(withAddress(before, 'tcp://other:9999')).toMatchObject({
      ...files,
      ...{ host: 'other', port: '9999', tls: false, plainAccepted: false, name: 'Lab' },
    });
    const ssh = form({
      kind: 'ssh',
      keyFile: '~/.ssh/id',
      jump: 'gate',
      socket: '/x',
      sshPort: '22',
      user: 'a',
    });
    expect(withAddress(ssh, 'ssh://other')).toMatchObject({
      ...{ keyFile: '~/.ssh/id', jump: 'gate', socket: '/x', sshPort: '', user: '' },
    });
  });
});
