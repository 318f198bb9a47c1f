import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../window-files';
import { resolveAsset } from './assets';
import { serveAsset } from './protocol';

let folder = '';
let renderer = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assets-'));
  renderer = join(folder, 'renderer');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await mkdir(join(folder, 'renderer-other'));
  await writeFile(join(renderer, 'index.html'), '<p>hello</p>');
  await writeFile(join(renderer, 'assets/a b.js'), 'run()');
  await writeFile(join(renderer, 'index.js.map'), '{}');
  await writeFile(join(folder, 'secret.json'), '{}');
  await writeFile(join(folder, 'renderer-other/x.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('resolveAsset', () => {
  it('maps the root to the page, and paths to files below the folder', () => {
    expect(resolveAsset(renderer, 'app://trunkline/')).toEqual({
      path: join(renderer, 'index.html'),
      type: 'text/html; charset=utf-8',
    });
    expect(resolveAsset(renderer, 'app://trunkline/assets/a%20b.js?x#y')?.path).toBe(
      join(renderer, 'assets/a b.js'),
    );
  });

  it.each([
    '../secret.json',
    '%2e%2e/secret.json',
    '%2e%2e%2fsecret.json',
    'assets/..%2f..%2fsecret.json',
    '..%5csecret.json',
    '..%2frenderer-other/x.json',
    'index.html%00.js',
    '%E0%A4%A.js',
  ])('never leaves the folder: %s', (path) => {
    const asset = resolveAsset(renderer, `app://trunkline/${path}`);
    expect(asset === null || asset.path.startsWith(`${renderer}/`)).toBe(true);
    expect(asset?.path).not.toBe(join(folder, 'secret.json'));
  });

  it('serves no other host, and no type that a build does not have', () => {
    expect(resolveAsset(renderer, 'app://elsewhere/index.html')).toBeNull();
    expect(resolveAsset(renderer, 'app://trunkline/index.js.map')).toBeNull();
    expect(resolveAsset(renderer, 'app://trunkline/assets')).toBeNull();
  });
});

describe('serveAsset', () => {
  const get = (path: string, method = 'GET') =>
    serveAsset(renderer, new Request(`app://trunkline/${path}`, { method }));

  it('answers with the file, its type and the policy', async () => {
    const response = await get('index.html');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<p>hello</p>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('answers a missing file, a refused path and a wrong method each with its status, policy included', async () => {
    const answers = await Promise.all([get('none.js'), get('..%2fsecret.json'), get('index.html', 'POST')]);
    expect(answers.map(({ status }) => status)).toEqual([404, 403, 405]);
    for (const { headers } of answers) expect(headers.has('content-security-policy')).toBe(true);
  });
});

describe('contentSecurityPolicy', () => {
  const directives = new Map(
    contentSecurityPolicy.split('; ').map((directive): [string, string] => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );

  it('lets scripts come from our own files alone', () => {
    expect(directives.get('script-src')).toBe("'self'");
    expect(directives.get('default-src')).toBe("'none'");
    expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|https?:|\*/);
  });

  it('closes what default-src does not reach', () => {
    for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
      expect(directives.get(name)).toBe("'none'");
  });
});
