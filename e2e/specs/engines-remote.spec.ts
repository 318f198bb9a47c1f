import { expect, test } from '../fixtures/lab';
import { picture } from '../fixtures/picture';
import type { LabHost } from '../lab';
import { HostsPage } from '../pages/hosts';

/** The second host is behind certificates and behind a real sshd; the admin has neither keys nor known hosts yet. */
test.use({
  // In brackets of its own: Playwright would take a bare list's second item for the fixture's options.
  labHosts: [[{}, { tls: true, ssh: true }], { scope: 'worker' }],
  extraArgs: async ({ lab }, use) => use(['--host', lab.hosts[0].endpoint]),
  extraEnv: async ({ userData }, use) => use({ HOME: userData, SSH_AUTH_SOCK: '', DOCKER_CONFIG: '' }),
});

const far = (lab: { hosts: LabHost[] }) => {
  const { tls, ssh } = lab.hosts[1] ?? {};
  if (!tls || !ssh) throw new Error('the second host has no way over TLS and SSH');
  return { tls, ssh };
};

test('mutual TLS by certificates that are chosen; a foreign authority and a missing certificate are told apart', async ({
  page,
  lab,
}) => {
  const { tls } = far(lab);
  const hosts = new HostsPage(page);
  await expect(page.getByTestId('topology')).toBeVisible();
  await hosts.open();
  await hosts.add('tcp');
  await hosts.fill({ host: tls.address, port: String(tls.port), ca: tls.foreign.ca });
  await hosts.fill({ cert: tls.cert, key: tls.key });
  await hosts.test();
  await expect(page.getByTestId('test-failed')).toContainText('signed by nobody that the console trusts');
  await hosts.fill({ ca: tls.ca, cert: '', key: '' });
  await hosts.test();
  await expect(page.getByTestId('test-failed')).toContainText('does not accept the console’s certificate');
  await hosts.fill({ cert: tls.cert, key: `${tls.key}.gone` });
  await hosts.test();
  await expect(page.getByTestId('test-failed')).toContainText(`${tls.key}.gone`);
  await hosts.fill({ key: tls.key });
  await hosts.test();
  await expect(page.getByTestId('test-answer')).toContainText('h2 answers');
  await hosts.saved();
  await expect(hosts.row('h2')).toContainText('online');
  await expect(hosts.row('h2')).toContainText('TCP with TLS');
});

test('an unknown SSH key is compared and accepted; when it changes, the host is refused', async ({
  page,
  lab,
}, info) => {
  const { ssh } = far(lab);
  const hosts = new HostsPage(page);
  await expect(page.getByTestId('topology')).toBeVisible();
  await hosts.open();
  await hosts.add('ssh');
  await hosts.fill({ sshHost: ssh.host, sshPort: String(ssh.port), user: ssh.user, keyFile: ssh.keyFile });
  await hosts.test();
  await expect(page.getByTestId('host-key')).toContainText(ssh.hostKeyFingerprint);
  await picture(page, info.outputPath('key.png'));
  await page.getByTestId('trust-key').click();
  await expect(page.getByTestId('test-answer')).toContainText('h2 answers');
  await hosts.saved();
  await expect(hosts.row('h2')).toContainText('online');
  await ssh.rotateHostKey();
  await expect(hosts.row('h2')).toContainText('is not the one that is known', { timeout: 90_000 });
  await hosts.row('h2').getByTestId('engine-key-h2').click();
  await expect(page.getByTestId('host-key-changed')).toContainText('has changed');
  await expect(page.getByTestId('trust-key')).toHaveCount(0);
});

test('a host whose key nobody accepted yet leads to it from its card; a passphrase unlocks the key', async ({
  page,
  lab,
}) => {
  const { ssh } = far(lab);
  const hosts = new HostsPage(page);
  await expect(page.getByTestId('topology')).toBeVisible();
  await hosts.open();
  await hosts.add('ssh');
  await hosts.fill({ sshHost: ssh.host, sshPort: String(ssh.port), user: ssh.user, name: 'Far' });
  await hosts.fill({ keyFile: ssh.passphraseKeyFile });
  await hosts.saved();
  await expect(hosts.row('Far')).toContainText('is not known yet');
  await hosts.close();
  await page.getByTestId('offline-Far').getByTestId('engine-key-Far').click();
  await expect(page.getByTestId('host-key')).toContainText(ssh.hostKeyFingerprint);
  await page.getByTestId('trust-key').click();
  await page.getByTestId('offline-Far').getByTestId('engine-unlock-Far').click();
  await page.getByTestId('passphrase').fill('not it');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('passphrase-form')).toContainText('does not open the SSH key');
  await page.getByTestId('passphrase').fill(ssh.passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('status-line')).toContainText('2 online');
});
