import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LabHost } from './host';
import { until } from './poll';

/** A real image registry on one host of a lab. */
export interface Registry {
  /** `127.0.0.1:5000`, for image names. Engines speak plain HTTP to loopback, and to no other place unasked. */
  readonly address: string;
  /** Ends it and removes what it stored. */
  stop(): Promise<void>;
}

/** Starts Debian's `docker-registry` on the loopback of a host, where only that host's engine reaches it. */
export async function startRegistry(host: LabHost, port = 5000): Promise<Registry> {
  const address = `127.0.0.1:${port}`;
  const dir = join(dirname(host.socket), 'registry');
  const config = join(dir, 'config.json');
  await mkdir(dir, { recursive: true });
  // YAML, of which JSON is a part.
  const storage = { filesystem: { rootdirectory: join(dir, 'data') } };
  await writeFile(config, JSON.stringify({ version: 0.1, storage, http: { addr: address } }));
  const log = join(dir, 'registry.log');
  const pid = (
    await host.exec('sh', '-c', `docker-registry serve ${config} >${log} 2>&1 </dev/null & echo $!`)
  ).trim();
  const stop = async () => {
    await host.exec('kill', pid).catch(() => undefined);
    await until('the registry to end', () => ended(host, pid));
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await until('the registry to answer', () => answers(host, `http://${address}/v2/`));
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

const ended = (host: LabHost, pid: string): Promise<boolean> =>
  host.exec('kill', '-0', pid).then(
    () => false,
    () => true,
  );

const answers = (host: LabHost, url: string): Promise<boolean> =>
  host.exec('busybox', 'wget', '-q', '-O', '-', url).then(
    () => true,
    () => false,
  );
