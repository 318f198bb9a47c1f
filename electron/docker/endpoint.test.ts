import { describe, expect, it } from 'vitest';
import { engineIdFor, parseEndpoint } from './endpoint';

describe('parseEndpoint', () => {
  it.each([
    ['unix:///var/run/docker.sock', 'unix:///var/run/docker.sock'],
    ['/var/run/docker.sock', 'unix:///var/run/docker.sock'],
    [' UNIX:///var//run/./docker.sock ', 'unix:///var/run/docker.sock'],
    ['tcp://192.0.2.10:2376', 'tcp://192.0.2.10:2376'],
    ['tcp://Host.Example', 'tcp://host.example:2375'],
    ['tcp://host:2375/', 'tcp://host:2375'],
    ['http://127.0.0.1:2375', 'tcp://127.0.0.1:2375'],
    ['127.0.0.1:2375', 'tcp://127.0.0.1:2375'],
    ['tcp://[FD00::1]:2375', 'tcp://[fd00::1]:2375'],
    ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/docker_engine'],
    ['npipe://\\\\.\\pipe\\docker_engine', 'npipe:////./pipe/docker_engine'],
  ])('reads %s', (text, endpoint) => {
    expect(parseEndpoint(text)).toMatchObject({ ok: true, value: { endpoint } });
  });

  it('gives the parts that a connection needs', () => {
    expect(parseEndpoint('tcp://[fd00::1]:99')).toMatchObject({
      value: { kind: 'tcp', host: 'fd00::1', port: 99 },
    });
    expect(parseEndpoint('/run/x.sock')).toMatchObject({ value: { kind: 'unix', path: '/run/x.sock' } });
  });

  it.each([
    '',
    '  ',
    'docker.sock',
    'unix://',
    'unix://relative/path',
    'unix:///',
    'unix:///var/run/',
    'tcp://',
    'tcp://host:0',
    'tcp://host:65536',
    'tcp://host:abc',
    'tcp://host:2375/path',
    'tcp://user@host:2375',
    'npipe://docker_engine',
    'ftp://host',
    'fd://',
  ])('refuses "%s" and names the field', (text) => {
    expect(parseEndpoint(text)).toMatchObject({ ok: false, error: { code: 'invalid_input', field: 'host' } });
  });

  it('knows ssh and says that it is not supported yet', () => {
    const answer = parseEndpoint('ssh://root@host');
    expect(answer).toMatchObject({ ok: false, error: { code: 'engine_unsupported', field: 'host' } });
    expect(answer.ok || answer.error.message).toContain('not yet supported');
  });
});

describe('engineIdFor', () => {
  it('is the same for every spelling of an address, and another for another address', () => {
    expect(engineIdFor('/var/run/docker.sock')).toBe(engineIdFor('unix:///var//run/docker.sock'));
    expect(engineIdFor('tcp://HOST')).toBe(engineIdFor('tcp://host:2375'));
    expect(engineIdFor('tcp://host:2375')).not.toBe(engineIdFor('tcp://host:2376'));
  });

  it('is stable: preferences refer to it', () => {
    expect(engineIdFor('unix:///var/run/docker.sock')).toMatchInlineSnapshot(`"e13c4025c96f"`);
  });
});
