import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lab } from '../lab';
import { installPackages } from '../lab/packages';
import { run } from '../lab/run';
import { until } from '../lab';

/** A real DHCP server on the lab's LAN, as a router is one: dnsmasq at the gateway's address. */
export class LanServer {
  private child: ChildProcess | undefined;
  private log = '';

  private constructor(
    private readonly netns: string,
    private readonly folder: string,
  ) {}

  /** Installs it where it is missing; it does not serve yet. */
  static async open(lab: Lab): Promise<LanServer> {
    const there = await run(['dnsmasq', '--version']).catch(() => null);
    if (there === null) await installPackages(['dnsmasq-base']);
    const netns = lab.record.hosts[0]?.switchNetns;
    if (!netns) throw new Error('the lab has no switch');
    return new LanServer(netns, await mkdtemp(join(tmpdir(), 'trunkline-dhcp-')));
  }

  private get leaseFile(): string {
    return join(this.folder, 'leases');
  }

  /** Serves addresses of the LAN from this one to that one. Two minutes are the shortest lease that it gives. */
  async serve(first: string, last: string): Promise<void> {
    await this.stop();
    const options = [
      ...['--keep-in-foreground', '--conf-file=/dev/null', '--pid-file=', '--user=root', '--port=0'],
      ...['--interface=lan', '--bind-interfaces', '--no-ping', '--dhcp-authoritative', '--log-dhcp'],
      ...['--log-facility=-', `--dhcp-leasefile=${this.leaseFile}`, `--dhcp-range=${first},${last},2m`],
    ];
    const child = spawn('nsenter', [`--net=/run/netns/${this.netns}`, 'dnsmasq', ...options], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child = child;
    this.log = '';
    child.stderr.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    await until('the DHCP server to serve', () => {
      if (child.exitCode !== null) throw new Error(this.log);
      return this.log.includes('IP range');
    });
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  /** As it has them on disk: MAC → address and the name that it was told. */
  async leases(): Promise<Map<string, { address: string; name: string }>> {
    const text = await readFile(this.leaseFile, 'utf8').catch(() => '');
    const rows = text.split('\n').flatMap((line) => {
      const [, mac, address, name] = line.split(' ');
      return mac && address && name ? [[mac, { address, name }] as const] : [];
    });
    return new Map(rows);
  }

  /** It has lost its memory. */
  async forgetLeases(): Promise<void> {
    await this.stop();
    await writeFile(this.leaseFile, '');
  }

  async end(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
