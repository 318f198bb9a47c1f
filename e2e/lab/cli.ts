import { parseArgs } from 'node:util';
import { untilSync } from './poll';
import { ensurePrerequisites } from './prerequisites';
import { isAlive, signal } from './procfs';
import type { LabRecord } from './record';
import { findLabs, ownerIsAlive, removeLab, removeLeftovers } from './remove';
import { startLab } from './start';
import { downVlanLabs, ensureVlanPrerequisites, startVlanLab } from './vlan';

const usage = `Usage: npm run lab [-- OPTIONS]        start a lab and keep it until Ctrl-C
       npm run lab -- down [ID…]       remove every lab, or those named

Real Docker engines, each on a host of its own, all on one LAN. Needs root on Linux.

  --vlan         two hosts on a trunk with real 802.1Q, in an emulated machine
  --hosts N      how many hosts (default 2; not with --vlan)
  --no-samples   without the sample containers
  --install      install missing Debian packages first
  --help         this text`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      vlan: { type: 'boolean', default: false },
      hosts: { type: 'string', default: '2' },
      'no-samples': { type: 'boolean', default: false },
      install: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, ...ids] = positionals;
  if (values.help) console.log(usage);
  else if (command === 'down') down(ids);
  else if (command !== undefined) throw new Error(`unknown command: ${command}\n\n${usage}`);
  else if (values.vlan) await keep(() => startVlan(values.install));
  else await keep(() => start(Number(values.hosts), !values['no-samples'], values.install));
}

const onProgress = (line: string) => {
  console.log(line);
};

async function start(hosts: number, samples: boolean, install: boolean): Promise<RunningLab> {
  await ensurePrerequisites({ install, onProgress });
  return startLab({ hosts, samples, onProgress });
}

async function startVlan(install: boolean): Promise<RunningLab> {
  await ensureVlanPrerequisites({ install, onProgress });
  return startVlanLab({ onProgress });
}

/** What both kinds of lab have. */
interface RunningLab {
  id: string;
  hosts: readonly { name: string; address: string; endpoint: string }[];
  down(): Promise<unknown>;
}

async function keep(begin: () => Promise<RunningLab>): Promise<void> {
  const lab = await begin();
  // The timer keeps the process; nothing else of a lab does.
  const timer = setInterval(() => undefined, 1 << 30);
  const ended = new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, resolve);
  });
  console.log(describeLab(lab));
  await ended;
  clearInterval(timer);
  await lab.down();
  console.log(`lab ${lab.id} is gone`);
}

function describeLab(lab: RunningLab): string {
  const hosts = lab.hosts.map(({ name, address, endpoint }) => `  ${name}  ${address}  ${endpoint}`);
  const flags = lab.hosts.map(({ endpoint }) => `--host ${endpoint}`).join(' ');
  return [`lab ${lab.id} is up`, ...hosts, '', `  npm start -- ${flags}`, '', 'Ctrl-C removes it.'].join(
    '\n',
  );
}

/** Each owner removes its own lab when asked to end; what is left after that is removed here. */
function down(ids: string[]): void {
  for (const id of removeLeftovers()) console.log(`lab ${id} removed: its owner was gone`);
  const labs = findLabs().filter(({ id }) => ids.length === 0 || ids.includes(id));
  for (const lab of labs) {
    endOwner(lab);
    removeLab(lab);
    console.log(`lab ${lab.id} removed`);
  }
  const vlanLabs = downVlanLabs(ids);
  for (const id of vlanLabs) console.log(`VLAN lab ${id} removed`);
  if (labs.length + vlanLabs.length === 0) console.log('no lab is running');
}

function endOwner(lab: LabRecord): void {
  if (!ownerIsAlive(lab)) return;
  signal(lab.owner, 'SIGTERM');
  // A test runner may live on after its lab: it is the lab that has to go.
  untilSync(() => !isAlive(lab.owner) || !findLabs().some(({ id }) => id === lab.id), 30_000);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
