import type { ForeignNamespace } from '../../../../shared/model';
import { sectionsOf } from '../sections';

/** A container's cgroup as Docker names it with either driver; Podman's (`libpod-`) and CRI's have other prefixes. */
const dockerCgroup = /(?:^|\/|\bdocker-)[0-9a-f]{64}(?:\.scope)?(?:\/|$)/;

const inode = (text: string | undefined): string => /\d+/.exec(text ?? '')?.[0] ?? '';

/** `4026532201 blue` for each file in /run/netns; a name whose namespace is gone has an ordinary inode. */
function parseNames(text: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, id, name] = /^\s*(\d+)\s+(\S+)$/.exec(line) ?? [];
    if (id && name) names.set(id, name);
  }
  return names;
}

/**
 * Reads what the namespaces script wrote, and leaves out the host's own, the helper's own and Docker's.
 *
 * @param containerPids process ids of the engine's own containers.
 */
export function parseNamespaces(output: string, containerPids: ReadonlySet<number>): ForeignNamespace[] {
  const sections = sectionsOf(output);
  const known = new Set([inode(sections.get('own')), inode(sections.get('host'))]);
  const names = parseNames(sections.get('names') ?? '');
  const found = new Map<string, ForeignNamespace>();
  for (const line of (sections.get('processes') ?? '').split('\n')) {
    const [id = '', lowest = '', command = '', cgroup = '', all = ''] = line.split('\t');
    // Without a name: it ended while we looked, and most likely its namespace with it.
    if (id === '' || command === '') continue;
    const pids = all.trim().split(/\s+/).map(Number);
    if (pids.some((pid) => containerPids.has(pid)) || dockerCgroup.test(cgroup)) known.add(id);
    const name = names.get(id);
    found.set(id, { id, ...(name && { name }), pid: Number(lowest), command, processes: pids.length });
  }
  for (const [id, name] of names) if (!found.has(id)) found.set(id, { id, name, processes: 0 });
  return [...found.values()]
    .filter(({ id }) => !known.has(id))
    .sort((a, b) => (a.pid ?? Infinity) - (b.pid ?? Infinity) || a.id.localeCompare(b.id));
}
