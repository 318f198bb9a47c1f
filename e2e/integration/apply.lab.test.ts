import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runApply } from '../../electron/apply/run';
import { freshLab } from '../lab/vitest';
import { pinOnEngine, startConsole, type TestConsole } from './console';

const lab = freshLab();
const [first, second] = lab.hosts;
let console_: TestConsole;
beforeEach(async () => {
  console_ = await startConsole(lab.hosts);
});
afterEach(() => console_.end());

async function apply(text: string, ...more: '--dry-run'[]): Promise<{ status: number; said: string }> {
  const file = join(console_.folder, 'wanted.yaml');
  await writeFile(file, text);
  const lines: string[] = [];
  const status = await runApply({
    file,
    dryRun: more.includes('--dry-run'),
    say: (line) => lines.push(line),
    complain: (line) => lines.push(line),
    open: async () => ({
      invoke: console_.run,
      subscribe: (listener) => console_.core.subscribe(listener),
      dispose: async () => undefined,
    }),
  });
  return { status, said: lines.join('\n') };
}

it('brings two hosts to a file: networks, a fixed address, and back after another hand', async () => {
  const wanted = `version: 1
segments:
  - name: Office
    subnets: [{ subnet: 10.70.1.0/24, gateway: 10.70.1.1 }]
    members:
      - { host: '${first.endpoint}', parentNic: ${first.nic} }
      - { host: '${second.endpoint}', parentNic: ${second.nic} }
guards:
  - { host: '${second.endpoint}', container: web, attachments: [{ networkName: office, ipv4: 10.70.1.77 }] }
`;
  await second.docker('run', '-d', '--name', 'web', '--network', 'none', lab.image, 'sleep', '3600');
  await console_.container(second, 'web');
  const nothing = await apply(wanted, '--dry-run');
  expect(nothing.status, nothing.said).toBe(2);
  expect(await first.docker('network', 'ls', '-q', '--filter', 'name=office')).toBe('');

  const made = await apply(wanted);
  expect(made.status, made.said).toBe(0);
  for (const host of [first, second])
    expect(await host.docker('network', 'inspect', '-f', '{{(index .IPAM.Config 0).Subnet}}', 'office')).toBe(
      '10.70.1.0/24',
    );
  expect(await pinOnEngine(second, 'web', 'office')).toEqual({ pin: '10.70.1.77', address: '10.70.1.77' });

  await first.docker('network', 'rm', 'office');
  await console_.value('inventory.refresh', { engineId: console_.engineId(first) });
  expect((await apply(wanted, '--dry-run')).status).toBe(2);
  const again = await apply(wanted);
  expect(again.status, again.said).toBe(0);
  expect(await apply(wanted)).toMatchObject({ status: 0, said: expect.stringContaining('All is in step.') });
});
