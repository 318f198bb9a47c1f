import { run } from './run';

/**
 * Keeps services from being started by the packages' scripts (docker.io starts the machine's own dockerd): nothing of
 * ours uses them. The policy is put back as it was, also when interrupted. A policy of the machine's own stays.
 */
const install = `
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap 'rm -f $policy' EXIT
  trap 'exit 130' INT TERM HUP
  printf '#!/bin/sh\\nexit 101\\n' > $policy
  chmod 755 $policy
fi
apt-get install -y -qq --no-install-recommends "$@"
`;

/**
 * Installs Debian packages, as root.
 * @throws CommandError with apt's words.
 */
export async function installPackages(names: string[]): Promise<void> {
  // apt needs the caller's own environment: proxies, APT_CONFIG.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const options = { env, timeout: 900_000 };
  await run(['apt-get', 'update', '-qq'], options);
  // From Debian 13 on the CLI is a package of its own, only recommended by docker.io; before, there is none such.
  const cli = names.includes('docker.io') && (await isKnown('docker-cli')) ? ['docker-cli'] : [];
  await run(['sh', '-ec', install, 'sh', ...names, ...cli], options);
}

async function isKnown(name: string): Promise<boolean> {
  return run(['apt-cache', 'show', '--no-all-versions', name]).then(
    (text) => text.includes('Package:'),
    () => false,
  );
}
