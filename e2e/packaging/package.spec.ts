import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { machine, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import '../desktop/harness';
import { firstPage, launchDesktop } from '../fixtures/desktop';
import { configPath, electronBuilder, packUnpacked } from './pack';
import { elvesIn, lacking, readRootfs } from './rootfs';

// One package serves all: it takes seconds to make.
let folder = '';
let packed = '';
const archive = () => join(packed, 'resources/app.asar');
const toolboxOf = (architecture: string) =>
  readRootfs(join(packed, 'resources/toolbox', `toolbox-2-${architecture}.tar.gz`));

test.beforeAll(async () => {
  test.setTimeout(400_000);
  folder = await mkdtemp(join(tmpdir(), 'trunkline-package-'));
  packed = await packUnpacked(folder);
});
test.afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 8, retryDelay: 250 }));

test('electron-builder refuses a configuration that its schema does not know', async () => {
  const broken = join(folder, 'broken.yml');
  await writeFile(broken, (await readFile(configPath, 'utf8')).replace('npmRebuild:', 'npmRebuilt:'));
  await expect(electronBuilder(['--config', broken, '--linux', 'dir', '--publish', 'never'])).rejects.toThrow(
    /npmRebuilt/,
  );
});

test('the package holds the four bundles and nothing else', () => {
  const files = listPackage(archive(), { isPack: false }).filter((path) => /\.\w+$/.test(basename(path)));
  for (const path of [
    '/package.json',
    '/dist/main/main.js',
    '/dist/preload/preload.cjs',
    '/dist/renderer/index.html',
    '/dist/threads/import.cjs',
    // Of what was bundled.
    '/dist/main/THIRD-PARTY-NOTICES.txt',
    '/dist/renderer/THIRD-PARTY-NOTICES.txt',
  ])
    expect(files).toContain(path);
  const strange = files.filter(
    (path) => !/^\/(package\.json$|dist\/(main|preload|renderer|threads)\/)/.test(path),
  );
  expect(strange).toEqual([]);
  expect(files.filter((path) => /\.(ts|tsx|map)$|node_modules|\.test\./.test(path))).toEqual([]);
});

test('the bundles need no modules but those of Electron and Node', () => {
  const main = extractFile(archive(), 'dist/main/main.js').toString();
  const imported = [...main.matchAll(/^import\b[^;'"]*["']([^'"]+)["'];?$/gm)].map(([, name]) => name ?? '');
  expect(imported).toContain('electron');
  expect(imported.filter((name) => name !== 'electron' && !isBuiltin(name))).toEqual([]);
  const preload = extractFile(archive(), 'dist/preload/preload.cjs').toString();
  expect([...preload.matchAll(/require\(["']([^'"]+)/g)].map(([, name]) => name)).toEqual(['electron']);
});

test('the package brings the toolbox for both architectures, and says what it is made of', async () => {
  expect((await readdir(join(packed, 'resources/toolbox'))).sort()).toEqual([
    'toolbox-2-aarch64.tar.gz',
    'toolbox-2-aarch64.txt',
    'toolbox-2-x86_64.tar.gz',
    'toolbox-2-x86_64.txt',
  ]);
  const list = await readFile(join(packed, 'resources/toolbox/toolbox-2-aarch64.txt'), 'utf8');
  for (const name of ['busybox-static', 'iproute2', 'libc6', 'ndisc6'])
    expect(list).toMatch(new RegExp(`^${name} \\S+$`, 'm'));
});

// Only this machine's own can be run here: what a program needs to start can be read all the same.
for (const architecture of ['x86_64', 'aarch64']) {
  test(`the toolbox for ${architecture} has all that its programs need, all for ${architecture}`, async () => {
    const rootfs = await toolboxOf(architecture);
    const elves = elvesIn(rootfs);
    for (const path of ['/bin/busybox', '/usr/sbin/ip', '/usr/sbin/tc', '/usr/sbin/ndisc6'])
      expect([...elves.keys()]).toContain(path);
    expect(new Set([...elves.values()].map((elf) => elf.architecture))).toEqual(new Set([architecture]));
    expect(elves.get('/usr/sbin/ip')?.needed).toContain('libc.so.6');
    expect(lacking(rootfs, architecture)).toEqual([]);
    for (const applet of ['sh', 'awk', 'arping', 'ping', 'sed'])
      expect(rootfs.links.get(`/bin/${applet}`)).toBe('/bin/busybox');
    expect(String(rootfs.files.get('/usr/share/doc/iproute2/copyright'))).toContain('GPL');
  });
}

test('the fuses of the binary are set as the configuration says', async () => {
  const wire = await getCurrentFuseWire(join(packed, 'trunkline'));
  // Each fuse is one character of the binary.
  const on = (option: FuseV1Options) => Number(wire[option]) === '1'.charCodeAt(0);
  expect({
    runAsNode: on(FuseV1Options.RunAsNode),
    cookieEncryption: on(FuseV1Options.EnableCookieEncryption),
    nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
    integrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
    fileExtras: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    inspect: false,
    integrity: true,
    onlyAsar: true,
    fileExtras: false,
  });
});

// Always in the stand-in: the fuses of a real package keep Playwright out.
test('what was packed starts from its app.asar and answers', async () => {
  const options = { entry: '', extraArgs: ['--demo', '--demo-hosts', '1'], extraEnv: {} };
  const { app } = await launchDesktop(options, join(folder, 'user-data'), join(packed, 'trunkline'));
  try {
    const page = await firstPage(app);
    await expect(page).toHaveTitle(/Trunkline/);
    const main = await app.evaluate(({ app: electron }) => ({
      packaged: electron.isPackaged,
      standin: 'electron-standin' in process.versions,
      name: electron.getName(),
    }));
    expect(main).toEqual({ packaged: true, standin: true, name: 'Trunkline' });
    const info = await page.evaluate(() => window.trunkline?.invoke('app.info', {}));
    expect(info).toMatchObject({ ok: true, value: { transport: 'desktop', demo: true } });
    // It would make one of this machine's programs, of another size, if it didn't find the one in the package.
    const toolbox = await page.evaluate(() => window.trunkline?.invoke('toolbox.describe', {}));
    const { size } = await toolboxOf(machine());
    expect(toolbox).toMatchObject({ ok: true, value: { size } });
  } finally {
    await app.close();
  }
});
