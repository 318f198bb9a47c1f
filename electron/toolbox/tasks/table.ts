import type { AnyTask } from './task';

const networks = {
  host: 'the host’s',
  container: 'the container’s',
  'host-or-container': 'the host’s or a container’s',
  none: 'none',
} as const;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function rowOf({ id, words, rights, limitMs }: AnyTask): string {
  const more = [
    rights.hostPids && 'sees the host’s processes',
    rights.unconfined && 'without AppArmor’s profile',
    rights.changes && 'changes the host',
    rights.sends && 'sends to the LAN',
    rights.stays && 'its container stays until it is removed, and the engine starts it again',
    !rights.changes && !rights.sends && 'only reads',
  ];
  return row([
    `\`${id}\``,
    words.why,
    networks[rights.network],
    rights.capabilities.map((each) => `\`${each}\``).join(', ') || 'none',
    more.filter(Boolean).join('; '),
    `${limitMs / 1_000} s`,
  ]);
}

/** The tasks as a table in Markdown. */
export const taskTable = (tasks: readonly AnyTask[]): string =>
  [
    row(['task', 'what for', 'network', 'capabilities', 'besides', 'limit']),
    row(['-', '-', '-', '-', '-', '-']),
    ...tasks.map(rowOf),
  ].join('\n');
