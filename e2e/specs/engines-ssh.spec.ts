import { execFile } from 'node:child_process';
import { copyFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ElectronApplication, Page } from '@playwright/test';
import { firstPage, launchDesktop, projectFolder, runtime } from '../fixtures/desktop';
import { expect, test } from '../fixtures/lab';
import { until, type LabHost } from '../lab';
import { HostsPage } from '../pages/hosts';

/** The second host is behind a real sshd; the admin has neither keys nor known hosts yet. */
test.use({
  labHosts: [[{}, { ssh: true }], { scope: 'worker' }],
  extraArgs: async ({ lab }, use) => use(['--host', lab.hosts[0].endpoint]),
  // The keyring is beside the folder that may hold nothing secret.
  extraEnv: async ({ userData }, use) =>
    use({ HOME: userData, SSH_AUTH_SOCK: '', DOCKER_CONFIG: '', STANDIN_KEYRING: `${userData}-keyring` }),
});

test.afterEach(({ extraEnv }) => rm(extraEnv.STANDIN_KEYRING ?? '', { force: true }));

const far = (lab: { hosts: LabHost[] }) => {
  const [, second] = lab.hosts;
  if (!second?.ssh) throw new Error('the second host has no way over SSH');
  return { second, ssh: second.ssh };
};

const online = (page: Page, count: number) =>
  expect(page.getByTestId('status-line')).toContainText(`${count} online`, { timeout: 90_000 });

/** Adds the far host by this key, and accepts the host's own from its card. */
async function addFar(page: Page, lab: { hosts: LabHost[] }, keyFile: string): Promise<void> {
  const { ssh } = far(lab);
  const hosts = new HostsPage(page);
  await expect(page.getByTestId('topology')).toBeVisible();
  await hosts.open();
  await hosts.add('ssh');
  await hosts.fill({ sshHost: `${ssh.user}@${ssh.host}:${ssh.port}`, keyFile, name: 'Far' });
  await expect(page.getByTestId('engine-sshPort')).toHaveValue(String(ssh.port));
  await hosts.saved();
  await hosts.close();
  await page.getByTestId('offline-Far').getByTestId('engine-key-Far').click();
  await expect(page.getByTestId('host-key')).toContainText(ssh.hostKeyFingerprint);
  await page.getByTestId('trust-key').click();
}

async function unlock(page: Page, passphrase: string, remember: boolean): Promise<void> {
  await page.getByTestId('offline-Far').getByTestId('engine-unlock-Far').click();
  await page.getByTestId('passphrase').fill(passphrase);
  if (remember) await page.getByTestId('remember').check();
  await page.getByTestId('passphrase').press('Enter');
}

const secretsIn = async (userData: string): Promise<number> => {
  const text = await readFile(join(userData, 'keychain.json'), 'utf8');
  return Object.keys((JSON.parse(text) as { secrets: object }).secrets).length;
};

/** Every file of the console's folder in which one of the words stands. */
async function filesWith(folder: string, words: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  // Chromium's own files come and go.
  const texts = await Promise.all(files.map((file) => readFile(file, 'latin1').catch(() => '')));
  return files.filter((_, index) => words.some((word) => texts[index]?.includes(word)));
}

test('a passphrase that is remembered serves at the next start; a wrong one is asked for again, and what is forgotten is gone', async ({
  app,
  page,
  lab,
  userData,
  extraArgs,
  extraEnv,
}) => {
  test.skip(runtime.kind !== 'stand-in', 'a real keyring is the machine’s own');
  test.setTimeout(400_000);
  const { ssh } = far(lab);
  const keyFile = join(userData, 'id_lab');
  await copyFile(ssh.passphraseKeyFile, keyFile);
  let [now, window] = [app, page] as [ElectronApplication, Page];
  const logs: (() => string)[] = [];
  const restart = async () => {
    await now.close();
    const again = await launchDesktop({ entry: projectFolder, extraArgs, extraEnv }, userData);
    logs.push(again.log);
    now = again.app;
    window = await firstPage(now);
  };
  const known = () => readFile(join(userData, 'known_hosts'), 'utf8');
  const banner = () => window.getByTestId('offline-Far');
  try {
    await test.step('accepted and unlocked, and both are remembered', async () => {
      await addFar(window, lab, keyFile);
      await unlock(window, ssh.passphrase, true);
      await online(window, 2);
      await restart();
      await online(window, 2);
      expect(await known()).toBe(`${ssh.knownHostsLine}\n`);
      expect(await secretsIn(userData)).toBe(1);
      expect(await filesWith(userData, [ssh.passphrase])).toEqual([]);
    });

    await test.step('the key has another passphrase by now: it is asked for again', async () => {
      await now.close();
      const change = ['-q', '-p', '-P', ssh.passphrase, '-N', 'another one', '-f', keyFile];
      await promisify(execFile)('ssh-keygen', change);
      await restart();
      await expect(banner()).toContainText('does not open the SSH key', { timeout: 90_000 });
      await unlock(window, ssh.passphrase, true);
      await expect(window.getByTestId('passphrase-form')).toContainText('does not open the SSH key');
      await window.getByTestId('passphrase').fill('another one');
      await window.getByTestId('passphrase').press('Enter');
      await online(window, 2);
      await restart();
      await online(window, 2);
    });

    await test.step('forgotten, the connection stays, and the next one asks; without the keychain it ends with the console', async () => {
      const hosts = new HostsPage(window);
      const remembered = window.getByTestId('remembered');
      await hosts.open();
      await expect(remembered).toContainText(keyFile);
      await expect(remembered).toContainText('in the system’s keychain · for Far');
      const before = ssh.connections();
      await window.getByTestId('forget-passphrase').click();
      await expect(remembered).toHaveCount(0);
      await expect.poll(() => secretsIn(userData)).toBe(0);
      await hosts.close();
      await online(window, 2);
      expect(ssh.connections()).toBe(before);
      // The one that stands is cut off.
      await ssh.dropConnections();
      await expect(banner()).toContainText('has a passphrase', { timeout: 60_000 });
      await unlock(window, 'another one', false);
      await online(window, 2);
      await hosts.open();
      await expect(remembered).toContainText('until the console ends');
      await window.getByTestId('forget-passphrase').click();
      await expect(remembered).toHaveCount(0);
      await hosts.close();
      await ssh.dropConnections();
      await expect(banner()).toContainText('has a passphrase', { timeout: 60_000 });
      await unlock(window, 'another one', true);
      await online(window, 2);
    });

    await test.step('removed from the list, it is forgotten', async () => {
      const hosts = new HostsPage(window);
      await hosts.open();
      await window.getByTestId('engine-remove-Far').click();
      await window.getByTestId('remove-confirm').click();
      await expect(hosts.row('Far')).toHaveCount(0);
      await expect.poll(() => secretsIn(userData)).toBe(0);
      // The host is known all the same: only its passphrase has to be given again, and this time for the session alone.
      await hosts.add('ssh');
      await hosts.fill({
        sshHost: ssh.host,
        sshPort: String(ssh.port),
        user: ssh.user,
        keyFile,
        name: 'Far',
      });
      await hosts.saved();
      await hosts.close();
      await unlock(window, 'another one', false);
      await online(window, 2);
      expect(await secretsIn(userData)).toBe(0);
      await restart();
      await expect(banner()).toContainText('has a passphrase', { timeout: 90_000 });
    });
    const secrets = [ssh.passphrase, 'another one'];
    expect(await filesWith(userData, secrets)).toEqual([]);
    for (const log of logs) for (const secret of secrets) expect(log()).not.toContain(secret);
  } finally {
    await now.close().catch(() => undefined);
  }
});

test('a cable that is pulled behind SSH: why, and back by itself over one connection when it is in again', async ({
  page,
  lab,
}) => {
  test.setTimeout(400_000);
  const { second, ssh } = far(lab);
  await second.docker('run', '-d', '--name', 'there', lab.image, 'sleep', '3600');
  await addFar(page, lab, ssh.keyFile);
  await online(page, 2);
  await expect(page.getByTestId('container-there')).toBeAttached();
  // Calls, events and statistics of a container: all over one.
  await until('all streams to go over one connection', () => ssh.connections() === 1);
  await second.linkDown();
  const banner = page.getByTestId('offline-Far');
  await expect(banner).toContainText(/does not answer|timed out|was cut/, { timeout: 60_000 });
  await expect(page.getByTestId('container-there')).toHaveAttribute('data-offline', 'true');
  await second.linkUp();
  await online(page, 2);
  await expect(banner).toBeHidden();
  await second.docker('run', '-d', '--name', 'later', lab.image, 'sleep', '3600');
  await expect(page.getByTestId('container-later')).toBeAttached();
  await until('all that was tried to end but one', () => ssh.connections() === 1);
});
