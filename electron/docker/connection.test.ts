import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { makeAgent } from './connection';

it.each([false, true])(
  'the agent (TLS: %s) costs nothing to inspect, as the modem does at each call',
  (secure) => {
    const agent = makeAgent(secure);
    expect(inspect({ agent }, { showHidden: true, depth: null })).toBe('{ agent: Agent }');
    agent.destroy();
  },
);
