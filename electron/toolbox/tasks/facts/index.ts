import type { Task } from '../task';
import { parseFacts, type ReadFacts } from './parse';
import { factsScript } from './script';

/** Takes the names of the bridges of the engine's own networks. */
export const factsTask: Task<ReadonlySet<string>, ReadFacts> = {
  id: 'facts',
  words: {
    title: 'Read the interfaces',
    why: 'Reads the host’s network interfaces, addresses, routes, speeds and counters. The engine’s API lists none.',
    'zh-CN': {
      title: '读取网络接口',
      why: '读取主机的网络接口、地址、路由、速率和计数器。引擎的 API 不列出这些。',
    },
  },
  rights: {
    network: 'host',
    hostPids: false,
    capabilities: [],
    unconfined: false,
    changes: false,
    sends: false,
  },
  limitMs: 20_000,
  script: () => factsScript,
  args: () => [],
  parse: parseFacts,
};
