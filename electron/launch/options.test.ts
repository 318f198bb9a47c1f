import { describe, expect, it } from 'vitest';
import { mayJoin, ownArguments, parseOptions } from './options.mjs';

describe('the command line', () => {
  it('has defaults, and takes several hosts', () => {
    expect(parseOptions([])).toMatchObject({ web: false, demo: false, port: 0, hosts: [], open: true });
    expect(parseOptions([]).readOnly).toBe(false);
    expect(parseOptions(['--read-only', '--demo']).readOnly).toBe(true);
    expect(parseOptions(['--host', 'unix:///a', '--host=tcp://b:1', '--web', '--port', '80'])).toMatchObject({
      web: true,
      port: 80,
      hosts: ['unix:///a', 'tcp://b:1'],
    });
  });

  it('takes a plan to bring the engines to, and then opens nothing', () => {
    expect(parseOptions(['--apply', 'plan.yaml', '--dry-run'])).toMatchObject({
      web: true,
      apply: 'plan.yaml',
      dryRun: true,
    });
    expect(parseOptions(['--apply', 'plan.yaml', '--dry-run', '--read-only']).readOnly).toBe(true);
    expect(parseOptions(['--headless'])).toMatchObject({ web: true, headless: true, open: false });
  });

  it('joins a console that runs already unless it asks for something of its own', () => {
    const joins = (...args: string[]) => mayJoin(parseOptions(args));
    expect(joins()).toBe(true);
    expect(joins('--web', '--no-open', '--user-data', '/a')).toBe(true);
    expect(joins('--apply', 'plan.yaml', '--dry-run', '--read-only')).toBe(true);
    for (const own of [
      '--host=unix:///a',
      '--hosts-file=a',
      '--demo',
      '--read-only',
      '--headless',
      '--port=8080',
    ])
      expect(joins(own), own).toBe(false);
  });

  it('opens to others only with TLS and a password', () => {
    const all = ['--tls-cert=c', '--tls-key=k', '--password-file=p'];
    expect(parseOptions(['--listen', '10.0.0.1', ...all, '--listen-name', 'console.lan'])).toMatchObject({
      web: true,
      open: false,
      listen: { address: '10.0.0.1', cert: 'c', key: 'k', passwordFile: 'p', names: ['console.lan'] },
    });
    for (const [index, missing] of ['--tls-cert', '--tls-key', '--password-file'].entries())
      expect(() => parseOptions(['--listen=10.0.0.1', ...all.toSpliced(index, 1)])).toThrow(
        `It needs ${missing} as well`,
      );
    expect(() => parseOptions(all)).toThrow('--tls-cert belongs to --listen');
  });

  it.each([
    [['--port', '70000'], '--port takes a whole number from 0 to 65535, not “70000”.'],
    [['--port', '0x10'], '--port takes a whole number'],
    [['--demo', '--host', 'unix:///a'], 'exclude each other'],
    [['--demo', '--hosts-file', 'hosts'], '--demo and --hosts-file exclude each other'],
    [['--hosts-file='], '--hosts-file takes a file'],
    [['--nope'], "Unknown option '--nope'"],
    [['stray'], "Unexpected argument 'stray'"],
    [['--host'], "'--host"],
    [['--user-data='], '--user-data takes a folder'],
    [['--apply='], '--apply takes a file'],
    [['--headless', '--apply', 'plan.yaml'], '--apply and --headless exclude each other'],
    [['--dry-run'], '--dry-run belongs to --apply'],
    [['--apply', 'plan.yaml', '--read-only'], '--apply and --read-only exclude each other'],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});

describe('an Electron process’s own arguments', () => {
  it('begin after the app’s path, without Electron’s and Chromium’s switches', () => {
    const argv = [
      '/electron',
      '--inspect=0',
      '--remote-debugging-port=0',
      '/app',
      '--user-data-dir=/x',
      '--demo',
    ];
    expect(ownArguments(argv, false)).toEqual(['--demo']);
    expect(ownArguments(['/Trunkline', '--no-sandbox', '--host', 'unix:///a'], true)).toEqual([
      '--host',
      'unix:///a',
    ]);
  });
});
