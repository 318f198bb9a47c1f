// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { problem } from '../../shared/rules';
import { prepareDom } from '../testing/dom';
import { engine, twoHosts } from '../testing/fixtures';
import { renderWindow } from '../testing/render';

prepareDom();

const simulated = {
  ...twoHosts(),
  engines: [
    { ...engine('a'), demo: true },
    { ...engine('b'), demo: true },
  ],
};
const absent = problem('engine_unreachable', {
  ...{ context: 'absent', host: 'DOCKER_HOST', endpoint: 'unix:///nope.sock' },
});

it.each([
  ['en', /No Docker engine answered. DOCKER_HOST: .*no socket at unix:\/\/\/nope.sock/],
  ['zh-CN', /没有 Docker 引擎应答。.*DOCKER_HOST：.*unix:\/\/\/nope.sock 处没有套接字/],
] as const)('says in %s what was tried before engines are simulated', async (language, text) => {
  const info = {
    demo: true,
    demoReason: problem('engine_unreachable', { context: 'none_answered' }),
    demoTried: [{ name: 'DOCKER_HOST', problem: absent }],
  };
  renderWindow(simulated, { info, preferences: { language } });
  const banner = await screen.findByTestId('demo-banner');
  expect(banner.textContent).toMatch(text);
  // In Chinese, no sentence of ours is left in English.
  if (language === 'zh-CN') expect(banner.textContent).not.toMatch(/\b(the|was|answered|can’t)\b/i);
});
