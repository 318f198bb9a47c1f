import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { otherLink, putShimScript } from './script';

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
