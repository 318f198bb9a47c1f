import { symlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { added, given, inFolder, listed, socketOf, start, useDemoConsoles } from './testing/demo-consoles';

useDemoConsoles(2, 4);

describe('what is refused, with nothing changed', () => {
  it('a second entry for an address, by any spelling', async () => {
    const on = await start();
    const id = await added(on, 0, { name: 'Atlas' });
    const path = socketOf(0).path;
    const twin = { kind: 'socket' as const, path: path.replace(/\/([^/]+)$/, '/./$1') };
    const result = await on.run('engines.add', { connection: twin });
    expect(result).toMatchObject({
      error: { code: 'engine_duplicate', params: { name: 'Atlas' }, engineId: id },
    });
    const other = await added(on, 1);
    expect(await on.refused('engines.edit', { id: other, connection: twin })).toBe('engine_duplicate');
  });

  it.each([
    [{ kind: 'tcp' as const, host: '10.0.0.5', port: 2375, tls: null }, 'plain_tcp_unaccepted'],
    [{ kind: 'tcp' as const, host: 'me:secret@10.0.0.5', port: 2375, tls: {} }, 'invalid_input'],
    [{ kind: 'tcp' as const, host: '10.0.0.5', port: 2376, tls: { cert: '/c.pem' } }, 'invalid_input'],
    [{ kind: 'socket' as const, path: 'docker.sock' }, 'invalid_input'],
  ])('%j', async (connection, code) => {
    const on = await start();
    for (const command of ['engines.add', 'engines.test'] as const)
      expect(await on.refused(command, { connection })).toBe(code);
    expect([await listed(on), on.settings.decided]).toEqual([[], false]);
  });

  it('engines that are not there, or not in the settings', async () => {
    const on = await start({ given: [given('argument', 'given', 0)] });
    const connection = socketOf(1);
    expect(await on.refused('engines.edit', { id: 'given', connection })).toBe('engine_not_editable');
    expect(await on.refused('engines.remove', { engineId: 'given' })).toBe('engine_not_editable');
    for (const engineId of ['nope', '__proto__'])
      expect(await on.refused('engines.remove', { engineId })).toBe('engine_unknown');
    expect(await on.refused('engines.edit', { id: 'nope', connection })).toBe('engine_unknown');
    expect(await on.refused('engines.arrange', { order: ['given', 'nope'] })).toBe('engine_unknown');
    expect(await on.refused('engines.unlock', { engineId: 'given', passphrase: 'x' })).toBe('invalid_input');
    expect(await listed(on)).toEqual(['given argument']);
  });

  it('anything real, where only simulated engines were asked for', async () => {
    const on = await start({ given: [given('demo', 'demo-1', 0)], demoOnly: true });
    expect(await on.refused('engines.add', { connection: socketOf(1) })).toBe('demo_only');
    expect(await on.refused('engines.remove', { engineId: 'demo-1' })).toBe('demo_only');
    expect((await on.value('app.info', {})).demo).toBe(true);
  });
});

describe('tests of a connection', () => {
  it('tell of the engine, and keep nothing', async () => {
    const on = await start();
    const found = await on.value('engines.test', { connection: socketOf(0) });
    expect(found).toMatchObject({ product: 'docker', apiVersion: expect.stringMatching(/^1\./) });
    expect(found.milliseconds).toBeGreaterThan(0);
    expect(found).not.toHaveProperty('sameAs');
    expect(await listed(on)).toEqual([]);
  });

  it('say which engine of the list it is, but for the one that is edited', async () => {
    const on = await start();
    const id = await added(on, 0);
    expect((await on.value('engines.test', { connection: socketOf(0) })).sameAs).toBe(id);
    const own = await on.value('engines.test', { connection: socketOf(0), engineId: id });
    expect(own).not.toHaveProperty('sameAs');
  });

  it('know an engine again by whatever way it is reached', async () => {
    const on = await start();
    const id = await added(on, 0);
    await added(on, 1);
    await symlink(socketOf(0).path, inFolder('other.sock'));
    const connection = { kind: 'socket' as const, path: inFolder('other.sock') };
    const found = await on.value('engines.test', { connection });
    expect(found.sameAs).toBe(id);
    expect(found).not.toHaveProperty('bridgeId');
    expect(await on.value('engines.test', { connection, engineId: id })).not.toHaveProperty('sameAs');
  });

  it('say why where it doesn’t answer', async () => {
    const on = await start();
    const connection = { kind: 'socket' as const, path: inFolder('nobody.sock') };
    expect(await on.refused('engines.test', { connection })).toBe('engine_unreachable');
  });
});
