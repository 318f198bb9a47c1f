import { execFile } from 'node:child_process';
import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from './lock';

const exec = promisify(execFile);

/** Runs a program and gives what it wrote. @throws Error whose message is the program's own first complaint. */
async function run(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  try {
    const options = { env: { ...env, LC_ALL: 'C.UTF-8' }, timeout: 600_000, maxBuffer: 1 << 26 };
    return (await exec(command, args, options)).stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') {
      throw new Error(`${command} is not here, so Debian packages can’t be had`, { cause: error });
    }
    const lines = stderr.split('\n').filter(Boolean);
    const words = lines.find((line) => line.startsWith('E: ')) ?? lines.at(-1) ?? `exit code ${String(code)}`;
    throw new Error(`${command}: ${words}`, { cause: error });
  }
}

/** Where this machine itself gets Debian packages from, as lines of a sources.list. */
async function sources(): Promise<string[]> {
  const format = '$(ORIGIN)|$(COMPONENT)|$(SITE)|$(CODENAME)';
  const targets = (await run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']))
    .split('\n')
    .map((line) => line.split('|'))
    .filter(([origin, component]) => origin === 'Debian' && component === 'main');
  if (targets.length === 0) throw new Error('apt has no source of Debian packages on this machine');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const signed = await access(keyring).then(
    () => `[signed-by=${keyring}] `,
    () => '',
  );
  const lines = targets.map(([, , site, codename]) => `deb ${signed}${site} ${codename} main`);
  return [...new Set(lines)];
}

/**
 * A world of apt's own for one architecture, in a folder: nothing of the machine's own is read but its proxy and the
 * like, and nothing of it is written. The machine's settings as a whole would bring its hooks, which clean its caches.
 */
async function prepare(
  folder: string,
  architecture: string,
  from: readonly string[],
): Promise<NodeJS.ProcessEnv> {
  for (const name of ['lists/partial', 'archives/partial']) {
    await mkdir(join(folder, name), { recursive: true });
  }
  const list = join(folder, 'sources.list');
  const status = join(folder, 'status');
  const config = join(folder, 'apt.conf');
  await writeFile(list, `${from.join('\n')}\n`);
  // Nothing is installed in this world, so what is asked for comes with everything that it depends on.
  await writeFile(status, '');
  const settings = [
    `Dir::Etc { main "-"; parts "-"; sourceparts "-"; sourcelist "${list}"; };`,
    `Dir::State "${folder}"; Dir::State::lists "lists"; Dir::State::status "${status}";`,
    `Dir::Cache "${folder}"; Dir::Cache::archives "archives";`,
    `APT::Architecture "${architecture}"; APT::Architectures { "${architecture}"; };`,
    await run('apt-config', ['dump', 'Acquire']),
  ];
  await writeFile(config, `${settings.join('\n')}\n`);
  return { ...process.env, APT_CONFIG: config };
}

/** A Debian package, unpacked. */
export interface UnpackedPackage {
  name: string;
  version: string;
  /** Its files, as they would lie under `/`. */
  folder: string;
}

/**
 * Downloads Debian packages with everything that they depend on, and unpacks each. Needs no root, and installs nothing.
 *
 * @param architecture in Debian's words, `arm64`; it need not be this machine's.
 * @param cache keeps the downloads; with them there, no network is needed.
 * @param into an empty folder.
 * @throws Error with one line that says why not.
 */
export async function unpackDebian(
  architecture: string,
  packages: readonly string[],
  cache: string,
  into: string,
): Promise<UnpackedPackage[]> {
  const from = await sources();
  await mkdir(cache, { recursive: true });
  // apt's own locks fail at once, and would let another's `autoclean` or download come between.
  return withLock(join(cache, 'lock'), () => unpackInto(cache, architecture, from, packages, into));
}

async function unpackInto(
  cache: string,
  architecture: string,
  from: readonly string[],
  packages: readonly string[],
  into: string,
): Promise<UnpackedPackage[]> {
  const env = await prepare(cache, architecture, from);
  const update = ['update', '-qq', '-o', 'APT::Update::Error-Mode=any'];
  const outdated = await run('apt-get', update, env).catch((error: unknown) => error);
  const install = ['install', '--download-only', '--no-install-recommends', '-y', '-qq'];
  // A source that doesn't answer is no failure where the lists of the last time do; else it is the cause.
  await run('apt-get', [...install, ...packages], env).catch((error: unknown) => {
    throw outdated instanceof Error ? outdated : error;
  });
  // Those of earlier versions.
  await run('apt-get', ['autoclean', '-qq'], env);
  const archives = (await readdir(join(cache, 'archives'))).filter((name) => name.endsWith('.deb')).sort();
  const unpacked: UnpackedPackage[] = [];
  for (const [index, archive] of archives.entries()) {
    const [file, folder] = [join(cache, 'archives', archive), join(into, String(index))];
    const format = '--showformat=${Package}\n${Version}';
    const [name = '', version = ''] = (await run('dpkg-deb', [format, '--show', file])).split('\n');
    await run('dpkg-deb', ['--extract', file, folder]);
    unpacked.push({ name, version, folder });
  }
  return unpacked;
}
