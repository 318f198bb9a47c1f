import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, firstPage, launchDesktop, projectFolder, test } from '../fixtures/desktop';
import { entries } from '../fixtures/web';

const root = join(import.meta.dirname, '..', '..');

interface Ended {
  status: number | null;
  output: string;
}

const listening = (child: ChildProcess): Promise<Ended> =>
  new Promise((resolve) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => (output += String(chunk)));
    child.on('close', (status) => resolve({ status, output }));
  });

/** A start that ends by itself. */
const started = (...args: string[]): Promise<Ended> =>
  listening(spawn(process.execPath, [entries.server, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }));

/** The command line of the unit for systemd, as systemd would run it. */
async function unitLine(folder: string): Promise<string[]> {
  const unit = await readFile(join(root, 'assets/systemd/trunkline.service'), 'utf8');
  const line = /^ExecStart=(.*)$/m.exec(unit)?.[1] ?? '';
  return line.replace('/opt/trunkline', root).replace('${STATE_DIRECTORY}', folder).split(' ');
}

const plan = `version: 1
segments:
  - name: Office
    vlan: 77
    subnets: [{ subnet: 10.77.0.0/24, gateway: 10.77.0.1 }]
    members:
      - { host: atlas, parentNic: eth0 }
      - { host: borealis, parentNic: eno1 }
`;

test('runs without a window as a service; later starts show its window and give it a plan', async () => {
  // Five processes, one after the other.
  test.slow();
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-headless-'));
  const [command = '', ...args] = await unitLine(folder);
  const service = spawn(command, [...args, '--demo'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = listening(service);
  try {
    await expect.poll(() => readdir(folder), { timeout: 90_000 }).toContain('console.sock');

    const { app } = await launchDesktop({ entry: projectFolder, extraArgs: [], extraEnv: {} }, folder);
    try {
      const page = await firstPage(app);
      await expect(page.getByTestId('status-line')).toContainText('3 online', { timeout: 90_000 });

      const file = join(folder, 'wanted.yaml');
      await writeFile(file, plan);
      const dry = await started('--apply', file, '--dry-run', '--user-data', folder);
      expect(dry.output).toContain('atlas: Create office on eth0.77');
      expect(dry.status).toBe(2);
      const applied = await started('--apply', file, '--user-data', folder);
      expect(applied, applied.output).toMatchObject({ status: 0 });
      // The window hears of it by the console that it has joined.
      await expect(page.getByText('office', { exact: true }).first()).toBeVisible({ timeout: 90_000 });
    } finally {
      await app.close();
    }

    const joined = await started('--no-open', '--user-data', folder);
    expect(joined.status).toBe(0);
    const [, url = ''] = /Its window: (\S+)/.exec(joined.output) ?? [];
    expect((await fetch(url, { redirect: 'manual' })).status).toBeLessThan(400);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(401);
  } finally {
    service.kill('SIGTERM');
    const { status, output } = await ended;
    const left = await readdir(folder);
    await rm(folder, { recursive: true, force: true });
    expect(output).not.toContain('token=');
    expect(output).not.toContain('Bearer');
    expect(left).not.toContain('console.sock');
    expect(left).not.toContain('console.lock');
    expect(status).toBe(0);
  }
});
