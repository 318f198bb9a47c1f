import { parseArgs } from 'node:util';
import { down, removableLab, type DownOptions } from './down';
import { engineKinds, isPodman, type EngineKind } from './engines';
import type { LabHost } from './host';
import { ensurePrerequisites } from './prerequisites';
import { findLabs, removeLeftovers } from './remove';
import { startLab, type HostOptions } from './start';
import {
  ensureVlanPrerequisites,
  findVlanLabs,
  removableVlanLab,
  removeVlanLeftovers,
  startVlanLab,
} from './vlan';

const usage = `Usage: npm run lab [-- OPTIONS]        start a lab and keep it until Ctrl-C
       npm run lab -- down [ID…]       remove the labs named; else those started so, and what ended programs left
       npm run lab -- down --all       remove every lab, those of running tests too

Real Docker engines, each on a host of its own, all on one LAN. Needs root on Linux.

  --vlan         two hosts on a trunk with real 802.1Q, on a kernel of their own
  --hosts N      how many hosts (default 2; not with --vlan)
  --engines LIST what they run, one host each: ${engineKinds.join(', ')}, with commas between
  --tls          their engines are reached over TLS as well (not Podman)
  --ssh          they are reached over SSH as well
  --no-samples   without the sample containers
  --install      install missing Debian packages first
  --help         this text`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      vlan: { type: 'boolean', default: false },
      hosts: { type: 'string' },
      engines: { type: 'string' },
      tls: { type: 'boolean', default: false },
      ssh: { type: 'boolean', default: false },
      'no-samples': { type: 'boolean', default: false },
      install: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, ...ids] = positionals;
  if (values.help) console.log(usage);
  else if (command === 'down') removeLabs({ ids, all: values.all });
  else if (values.all) throw new Error(`--all goes with down\n\n${usage}`);
  else if (command !== undefined) throw new Error(`unknown command: ${command}\n\n${usage}`);
  else if (values.vlan) await keep(() => startVlan(values.install));
  else await keep(() => start(hostsOf(values), !values['no-samples'], values.install));
}

interface HostFlags {
  hosts?: string | undefined;
  engines?: string | undefined;
  tls: boolean;
  ssh: boolean;
}

/** What each host is to be. @throws Error for what can't be meant. */
function hostsOf({ hosts, engines, tls, ssh }: HostFlags): number | HostOptions[] {
  if (hosts !== undefined && engines !== undefined) throw new Error('--engines says how many hosts, too');
  const count = Number(hosts ?? 2);
  if (engines === undefined && !tls && !ssh) return count;
  const kinds = engines?.split(',').map(kindOf) ?? Array.from({ length: count }, () => 'docker' as const);
  return kinds.map((engine) => ({ engine, tls: tls && !isPodman(engine), ssh }));
}

function kindOf(word: string): EngineKind {
  const kind = engineKinds.find((each) => each === word);
  if (!kind) throw new Error(`unknown engine: ${word}; there are ${engineKinds.join(', ')}`);
  return kind;
}

const onProgress = (line: string) => {
  console.log(line);
};

async function start(hosts: number | HostOptions[], samples: boolean, install: boolean): Promise<RunningLab> {
  await ensurePrerequisites({ install, onProgress });
  return startLab({ hosts, samples, interactive: true, onProgress });
}

async function startVlan(install: boolean): Promise<RunningLab> {
  await ensureVlanPrerequisites({ install, onProgress });
  return startVlanLab({ interactive: true, onProgress });
}

/** What both kinds of lab have. */
interface RunningLab {
  id: string;
  hosts: readonly (Pick<LabHost, 'name' | 'address' | 'endpoint'> &
    Partial<Pick<LabHost, 'engine' | 'tls' | 'ssh'>>)[];
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
  const hosts = lab.hosts.map(({ name, address, endpoint, engine }) =>
    ['', name, address, endpoint, ...(engine && engine !== 'docker' ? [engine] : [])].join('  '),
  );
  const lines = [`lab ${lab.id} is up`, ...hosts, ...waysTo(lab), '', 'Ctrl-C removes it.'];
  return lines.join('\n');
}

/** A line to start the console with, for each way to the hosts that there is. */
function waysTo({ hosts }: RunningLab): string[] {
  const start = (endpoints: string[], env = '') =>
    endpoints.length > 0
      ? ['', `  ${env}npm start -- ${endpoints.map((each) => `--host ${each}`).join(' ')}`]
      : [];
  const tls = hosts.flatMap((host) => host.tls ?? []);
  const ssh = hosts.flatMap((host) => host.ssh ?? []);
  const keys = ssh.map(({ keyFile }) => keyFile).slice(0, 1);
  return [
    ...start(hosts.map(({ endpoint }) => endpoint)),
    ...start(
      tls.map(({ endpoint }) => endpoint),
      `DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${tls[0]?.folder ?? ''} `,
    ),
    ...keys.flatMap((key) => ['', `  ssh-add ${key}`]),
    ...start(ssh.map(({ endpoint }) => endpoint)),
  ];
}

function removeLabs(options: DownOptions): void {
  let said = 0;
  const say = (line: string) => {
    said += 1;
    console.log(line);
  };
  down([...findLabs().map(removableLab), ...findVlanLabs().map(removableVlanLab)], options, say);
  // Whatever was named: these are nobody's.
  for (const id of removeLeftovers()) say(`lab ${id} removed: its owner was gone`);
  for (const id of removeVlanLeftovers()) say(`VLAN lab ${id} removed: its owner was gone`);
  if (said === 0) console.log('there is no lab');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
