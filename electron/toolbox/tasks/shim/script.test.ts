import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shimAlias } from '../../../../shared/rules';
import { otherLink, putShimScript, removeShimScript } from './script';

/** An `ip` that shows no link, and says so of each that is to be made. */
const ip = (says: string) => `#!/bin/sh
case "$*" in
  'link add'*) echo '${says}' >&2; exit 2 ;;
  *) exit 1 ;;
esac
`;

it.each([
  ['another console has made it since, and taken it away again', 'RTNETLINK answers: File exists', otherLink],
  ['it can’t be made', 'Cannot find device "eth1"', 1],
])('a link of which the kernel says that %s', async (_what, says, code) => {
  const folder = await mkdtemp(join(tmpdir(), 'trunkline-script-'));
  try {
    const path = join(folder, 'ip');
    await writeFile(path, ip(says));
    await chmod(path, 0o755);
    const script = putShimScript.replaceAll('/usr/sbin/ip', path);
    const ended = await new Promise<{ code: unknown; words: string }>((resolve) => {
      execFile('sh', ['-c', script, 'sh', 'tl-a', 'eth1', '10.70.1.2', 'none'], (error, _out, words) =>
        resolve({ code: error?.code, words: words.trim() }),
      );
    });
    expect(ended).toEqual({ code, words: code === otherLink ? '' : says });
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('a removal that fails', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trunkline-script-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A host with a shim on eth1, whose `ip` shows it until it is gone, and writes down what else it is asked for. */
  const remove = async ({ del, settable }: { del: string; settable: boolean }) => {
    const path = (...parts: string[]) => join(folder, ...parts);
    for (const link of ['tl-a', 'eth1']) {
      await mkdir(path('net', link), { recursive: true });
      await mkdir(path('conf', link), { recursive: true });
      for (const key of ['arp_ignore', 'arp_announce']) await writeFile(path('conf', link, key), '1\n');
      await writeFile(path('net', link, 'ifindex'), '2\n');
      await writeFile(path('net', link, 'iflink'), '2\n');
    }
    await writeFile(path('net', 'tl-a', 'ifalias'), `${shimAlias} for=10.70.1.2 arp_ignore=0\n`);
    await writeFile(path('conf', 'eth1', 'arp_announce'), '2\n');
    await writeFile(
      path('ip'),
      `#!/bin/sh
here="${folder}"
case "$*" in
  *'link show dev tl-a') [ -e "$here/gone" ] && exit 1; echo '7: tl-a@eth1: <BROADCAST,UP,LOWER_UP> mtu 1500 alias ${shimAlias} for=10.70.1.2 arp_ignore=0' ;;
  *'addr show dev tl-a') echo '7: tl-a    inet 10.70.1.2/32 scope global tl-a valid_lft forever preferred_lft forever' ;;
  *'link show dev eth1') echo '2: eth1: <UP>' ;;
  *'route show dev tl-a')
    echo '10.70.1.10 scope link src 10.70.1.2 linkdown'
    echo '10.70.1.11 scope link src 10.70.1.2 dead linkdown' ;;
  'addr restore') echo settled >>"$here/asked"; cat >/dev/null; ${settable ? `echo 0 >"$here/conf/eth1/arp_ignore"` : ':'} ;;
  'link del tl-a') ${del} ;;
  *) echo "$*" >>"$here/asked" ;;
esac
`,
    );
    await chmod(path('ip'), 0o755);
    const script = removeShimScript
      .replaceAll('/usr/sbin/ip', path('ip'))
      .replaceAll('/proc/sys/net/ipv4/conf', path('conf'))
      .replaceAll('/sys/class/net', path('net'));
    const ended = await new Promise<{ code: unknown; words: string }>((resolve) => {
      execFile('sh', ['-c', script, 'sh', 'tl-a', 'any'], (error, _out, words) =>
        resolve({ code: error?.code ?? 0, words }),
      );
    });
    return { ...ended, asked: (await readFile(path('asked'), 'utf8')).trim().split('\n') };
  };

  it('puts back its address, and its routes without what the kernel only says of them', async () => {
    const { code, asked } = await remove({ del: 'exit 2', settable: true });
    expect(code).toBe(1);
    expect(asked.slice(-4)).toEqual([
      'addr replace 10.70.1.2/32 dev tl-a',
      'link set tl-a up',
      'route replace 10.70.1.10 scope link src 10.70.1.2 dev tl-a',
      'route replace 10.70.1.11 scope link src 10.70.1.2 dev tl-a',
    ]);
  });

  it('touches nothing more once the link is gone, and says what the parent did not get back', async () => {
    const { code, asked, words } = await remove({ del: '>"$here/gone"', settable: false });
    // Without the address first: the parent would answer for it.
    const gone = ['addr del 10.70.1.2/32 dev tl-a', 'link set tl-a down', 'settled'];
    expect([code, asked]).toEqual([1, gone]);
    expect(words.trim()).toBe('arp_ignore of eth1 is 1 and could not be set to 0');
  });
});
