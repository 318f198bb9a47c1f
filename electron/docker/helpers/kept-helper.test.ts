import { expect, it } from 'vitest';
import { engine, facts, json } from '../testing/test-engine';

const name = 'trunkline-lease-1';
const request = {
  name,
  task: 'dhcp',
  image: 'toolbox:1',
  command: ['true'],
  network: 'container:c1',
  hostPids: true,
  capabilities: ['NET_ADMIN'],
  unconfined: false,
  made: {},
};

/** An engine on which all of it succeeds; `asked` are the calls that change something. */
async function quiet() {
  const { client, server } = await engine({
    ...facts,
    'POST /containers/create': (response) => json(response, { Id: 'h1' }, 201),
    [`POST /containers/${name}/kill`]: (response) => json(response, null, 204),
    [`POST /containers/${name}/stop`]: (response) => json(response, null, 204),
    [`POST /containers/${name}/start`]: (response) => json(response, null, 204),
    [`DELETE /containers/${name}`]: (response) => json(response, null, 204),
  });
  const asked = () =>
    server.asked
      .filter((line) => !line.startsWith('GET'))
      .map((line) => line.replace(/\/v1\.\d+/, '').replace(/^(\S+) \/containers\//, '$1 '));
  return { client, asked };
}

it('a helper that goes for good is told so before it is stopped', async () => {
  const { client, asked } = await quiet();
  await client.removeKeptHelper(name);
  expect(asked()).toEqual([
    `POST ${name}/kill?signal=SIGINT`,
    `POST ${name}/stop?t=8`,
    expect.stringMatching(`^DELETE ${name}\\?`),
  ]);
});

it('one that makes way for the next is only stopped: what it holds is the next one’s', async () => {
  const { client, asked } = await quiet();
  await client.keepHelper(request);
  expect(asked()).toEqual([
    `POST ${name}/stop?t=8`,
    expect.stringMatching(`^DELETE ${name}\\?`),
    `POST create?name=${name}`,
    `POST ${name}/start`,
  ]);
});
