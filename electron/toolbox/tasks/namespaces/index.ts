import type { ForeignNamespace } from '../../../../shared/model';
import type { Task } from '../task';
import { parseNamespaces } from './parse';
import { namespacesScript } from './script';

/** Takes the process ids of the engine's own containers. */
export const namespacesTask: Task<ReadonlySet<number>, ForeignNamespace[]> = {
  id: 'namespaces',
  words: {
    title: 'Find other network namespaces',
    why: 'Finds network namespaces that are not Docker’s, by looking which one each process of the host is in.',
    'zh-CN': {
      title: '查找其他网络命名空间',
      why: '查看主机的每个进程位于哪个网络命名空间，从而找出不属于 Docker 的命名空间。',
    },
  },
  rights: {
    network: 'none',
    hostPids: true,
    capabilities: ['SYS_PTRACE'],
    unconfined: true,
    changes: false,
    sends: false,
  },
  limitMs: 30_000,
  script: () => namespacesScript,
  args: () => [],
  parse: parseNamespaces,
};
