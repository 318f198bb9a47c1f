import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineKind, LabHost } from '../lab';
import { cleanEnv, run } from '../lab/run';

/** Who a container belongs to, as compose says it. */
const project = 'guarded';
const composed = {
  'com.docker.compose.project': project,
  'com.docker.compose.service': 'web',
  'com.docker.compose.container-number': '1',
  'com.docker.compose.oneoff': 'False',
};

/** Says what address it has on the LAN at its start, once a second a few times: a later address shows as well. */
const script = 'for i in 1 2 3; do ip -4 -o addr show | grep 10.70.1; sleep 0.2; done; exec sleep 3600';

async function ask<T>(host: LabHost, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await host.api(method, path, body);
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer.body as T;
}

/** What compose gives a container to stop by itself. */
const graceSeconds = 10;

interface Made {
  name: string;
  labels?: Record<string, string>;
  /** The network it is made with. */
  network: string;
}

const make = (host: LabHost, image: string, { name, labels = {}, network }: Made) =>
  ask<{ Id: string }>(host, 'POST', `/containers/create?name=${name}`, {
    // The lab's image is killed at once otherwise.
    ...{ Image: image, Cmd: ['sh', '-c', script], Labels: labels, StopSignal: 'SIGTERM' },
    HostConfig: { NetworkMode: network },
    NetworkingConfig: { EndpointsConfig: { [network]: {} } },
  });

/** A way in which somebody makes a container anew that has `web` in its name. */
export interface Way {
  name: string;
  /** The first one, which is attached to `lan` by its maker. */
  first(host: LabHost, image: string): Promise<void>;
  again(host: LabHost, image: string): Promise<void>;
  /** The new one is made so long before it starts that it has the address from its first moment on. */
  inTime?: true;
  /** The only engine that it works with, where it does not with all. */
  only?: EngineKind;
}

/** The calls of `docker compose up --force-recreate` (v2.26), in their order (docs/engine-facts.md). */
const composeTwo: Way = {
  name: 'compose v2',
  inTime: true,
  async first(host, image) {
    await make(host, image, { name: 'web', labels: composed, network: 'lan' });
    await ask(host, 'POST', '/containers/web/start');
  },
  async again(host, image) {
    const { Id: old } = await ask<{ Id: string }>(host, 'GET', '/containers/web/json');
    const labels = { ...composed, 'com.docker.compose.replace': old };
    const { Id: id } = await make(host, image, { name: `${old.slice(0, 12)}_web`, labels, network: 'lan' });
    // It does not listen to SIGTERM, as most shells don't, and compose gives it ten seconds.
    await ask(host, 'POST', `/containers/${old}/stop?t=${String(graceSeconds)}`);
    await ask(host, 'DELETE', `/containers/${old}?force=true`);
    await ask(host, 'POST', `/containers/${id}/rename?name=web`);
    await ask(host, 'POST', `/containers/${id}/start`);
  },
};

/** Real compose, of Debian's package: it stops and renames the old one first, and removes it last. */
function composeOne(): Way {
  const up = async (host: LabHost, image: string, ...more: string[]) => {
    const dir = await mkdtemp(join(tmpdir(), 'trunkline-guard-'));
    try {
      const service = {
        image,
        command: ['sh', '-c', script.replaceAll('$', '$$')],
        container_name: 'web',
        networks: ['lan'],
      };
      const file = { version: '2.4', services: { web: service }, networks: { lan: { external: true } } };
      await writeFile(join(dir, 'docker-compose.yaml'), JSON.stringify(file));
      await run(
        [
          'docker-compose',
          '--project-name',
          project,
          '--project-directory',
          dir,
          'up',
          '-d',
          '-t',
          '1',
          ...more,
        ],
        { env: { ...cleanEnv, DOCKER_HOST: host.endpoint, DOCKER_CONFIG: dir } },
      );
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  };
  return {
    name: 'docker-compose 1.29',
    // It asks newer ones for what they no longer tell of an image.
    only: 'docker',
    first: (host, image) => up(host, image),
    again: (host, image) => up(host, image, '--force-recreate'),
  };
}

/** By hand: away with it, and once more. */
export const byHand: Way = {
  name: 'docker rm and run',
  async first(host, image) {
    await host.docker('run', '-d', '--name', 'web', '--network', 'lan', image, 'sh', '-c', script);
  },
  async again(host, image) {
    await host.docker('rm', '-f', 'web');
    await this.first(host, image);
  },
};

/** Another manager, which knows of the network that the container was made with, and of none that it was given later. */
const manager: Way = {
  name: 'another manager',
  async first(host, image) {
    await make(host, image, { name: 'web', network: 'bridge' });
    await ask(host, 'POST', '/containers/web/start');
    await host.docker('network', 'connect', 'lan', 'web');
  },
  async again(host, image) {
    await ask(host, 'DELETE', '/containers/web?force=true');
    await make(host, image, { name: 'web', network: 'bridge' });
    await ask(host, 'POST', '/containers/web/start');
  },
};

export const ways: readonly [Way, ...Way[]] = [composeTwo, composeOne(), byHand, manager];

/** The containers of one project, which is made anew as a whole. */
export const manyNames = Array.from({ length: 20 }, (_one, index) => `many${String(index + 1)}`);

const composedAs = (name: string) => ({
  ...composed,
  'com.docker.compose.project': 'many',
  'com.docker.compose.service': name,
});

/** @param names in the order in which they start: by that an engine hands out addresses */
export async function startMany(host: LabHost, image: string, names: readonly string[]): Promise<void> {
  await Promise.all(
    names.map((name) => make(host, image, { name, labels: composedAs(name), network: 'lan' })),
  );
  for (const name of names) await ask(host, 'POST', `/containers/${name}/start`);
}

/**
 * As `docker compose up --force-recreate` does it, all of them at once.
 *
 * @param made is waited for before the old ones are gone, which compose gives ten seconds each; with the ids of the new ones by name
 */
export async function recreateMany(
  host: LabHost,
  image: string,
  made: (ids: ReadonlyMap<string, string>) => Promise<void>,
): Promise<void> {
  const pairs = await Promise.all(
    manyNames.map(async (name) => {
      const { Id: old } = await ask<{ Id: string }>(host, 'GET', `/containers/${name}/json`);
      const labels = { ...composedAs(name), 'com.docker.compose.replace': old };
      const made = { name: `${old.slice(0, 12)}_${name}`, labels, network: 'lan' };
      const { Id: id } = await make(host, image, made);
      return { name, old, id };
    }),
  );
  await made(new Map(pairs.map(({ name, id }) => [name, id])));
  await Promise.all(
    pairs.map(async ({ name, old, id }) => {
      await ask(host, 'POST', `/containers/${old}/stop?t=1`);
      await ask(host, 'DELETE', `/containers/${old}?force=true`);
      await ask(host, 'POST', `/containers/${id}/rename?name=${name}`);
      await ask(host, 'POST', `/containers/${id}/start`);
    }),
  );
}

/** By hand, without any time between making and starting, and in another order: each gets what another had. */
export async function replaceMany(host: LabHost, image: string): Promise<void> {
  await Promise.all(manyNames.map((name) => ask(host, 'DELETE', `/containers/${name}?force=true`)));
  for (const name of manyNames.toReversed()) await startMany(host, image, [name]);
}
