import { run } from './run';

/** Where this machine gets its own Debian packages from. @throws Error when apt knows no such place. */
export async function debianMirror(): Promise<string> {
  const format = '$(SITE)|$(LABEL)|$(COMPONENT)';
  const targets = await run(['apt-get', 'indextargets', '--format', format]).catch(() => '');
  const debian = targets.split('\n').map((line) => line.split('|'));
  const own = debian.find(
    ([site, label, part]) => site?.startsWith('http') && label === 'Debian' && part === 'main',
  );
  if (own?.[0]) return own[0];
  throw new Error('The lab unpacks Debian packages, and apt has no source of them here');
}
