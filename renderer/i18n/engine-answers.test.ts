import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorPatterns } from '../../electron/docker/errors/error-patterns';
import {
  failureCodes,
  problemOfAnswer,
  problemOfDeadline,
  problemOfFailure,
  problemOfGarbage,
  problemOfLength,
  problemOfNumber,
} from '../../electron/docker/errors/errors';
import { refuseUnable } from '../../electron/docker/wire/limits';
import { onNoneNetwork } from '../../electron/docker/json/none-network';
import { endpointConfig } from '../../electron/docker/json/request-bodies';
import { engine, json, pausedOnPodman, type Routes } from '../../electron/docker/testing/test-engine';
import { dockerWordings, podmanWordings } from '../../electron/docker/testing/wordings';
import { errorCodes, ProblemError, type Network, type NetworkSpec, type Problem } from '../../shared/model';
import { atHost, capabilitiesOf, reason } from '../../shared/rules';
import { createI18n } from '.';
import { createSentences } from './sentences';

/**
 * What engines and the ways to them say must be told in the window's language. A problem that `problem()` builds has all values
 * of its sentence, or does not compile; here is every one that is built of an answer.
 */
const context = { engineId: 'e1', endpoint: 'unix:///x.sock', method: 'POST' };
const podman = capabilitiesOf('1.41', 'podman', '4.3.1');
const spec: NetworkSpec = {
  name: 'lan',
  driver: 'macvlan',
  parent: 'eth0',
  mode: 'bridge',
  subnet: '10.0.0.0/24',
  exclusions: ['10.0.0.5'],
  internal: false,
};

const answer = (text: string, status = 500): Problem =>
  problemOfAnswer(status, JSON.stringify({ message: text }), context).problem;
const failure = (code: string, text = code): Problem =>
  problemOfFailure(Object.assign(new Error(text), { code }), context).problem;

async function thrown(work: () => unknown): Promise<Problem> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

const words = [...dockerWordings.map(([, text]) => text), ...podmanWordings.map(([text]) => text)];
const none = dockerWordings.find(([, , code]) => code === 'none_mode')?.[1] ?? '';

const told: readonly [what: string, problem: Problem][] = [
  ...words.map((text): [string, Problem] => [text, answer(text)]),
  ['words that nobody knows', answer('the flux capacitor is empty')],
  ['an error without words', problemOfAnswer(500, '', context).problem],
  ['an authorisation plugin', answer('authorization denied', 401)],
  ['a proxy', problemOfAnswer(403, '<html>no</html>', context).problem],
  ['garbage', problemOfGarbage(reason('answer_json'), '{', context).problem],
  ['an endless answer', problemOfLength(64 * 1024 * 1024, context).problem],
  ['a redirect', problemOfAnswer(302, '', context, 'http://example.test/').problem],
  ['a status of no engine', problemOfAnswer(777, '{}', context).problem],
  ...(['entries', 'endpoints', 'values', 'bytes'] as const).map((what): [string, Problem] => [
    `too many ${what}`,
    problemOfNumber({ what, limit: 8_388_608 }, context).problem,
  ]),
  ['no answer in time', problemOfDeadline(15_000, context).problem],
  ...failureCodes.map((code): [string, Problem] => [code, failure(code)]),
  ['a TLS failure', failure('ERR_TLS_CERT_ALTNAME_INVALID')],
  ['no HTTP', failure('HPE_INVALID_CONSTANT')],
  ['a hang-up', failure('', 'socket hang up')],
  ['a failure that nobody knows', failure('EMADEUP')],
];

const zh = createSentences(createI18n('zh-CN'));
const en = createSentences(createI18n('en'));

function expectTold(bare: Problem): void {
  const one = atHost(bare, 'h1');
  // What the engine itself calls things stays as it is; no English sentence is left around it.
  const said = `${zh.problem(one)} ${zh.hint(one) ?? ''}`;
  expect(said).not.toContain('{{');
  expect(zh.problem(one), said).toMatch(/\p{Script=Han}/u);
  expect(zh.problem(one)).not.toBe(one.message);
  if (one.hint !== undefined) {
    expect(zh.hint(one)).toMatch(/\p{Script=Han}/u);
    expect(zh.hint(one)).not.toBe(one.hint);
  }
  // Who reads no window (scripts, the log) reads a whole sentence, too.
  for (const text of [bare.message, bare.hint, one.message, one.hint]) expect(text ?? '').not.toContain('{{');
  for (const text of [en.problem(one), en.hint(one)]) expect(text ?? '').not.toContain('{{');
}

describe('in a Chinese window', () => {
  it.each(told)('%s', (_what, problem) => expectTold(problem));

  it('what our own client refuses to send', async () => {
    const routes: Routes = {
      ...pausedOnPodman,
      'GET /containers/c2/json': (response) => json(response, { Id: 'c2', Name: '/db', State: {} }),
      'GET /v4.0.0/libpod/networks/json': (response) => json(response, []),
      'GET /networks/cfg': (response) => json(response, { Id: 'cfg', Name: 'cfg', ConfigOnly: true }),
      'POST /images/load': (response) => json(response, { error: 'no space left' }),
    };
    const { client } = await engine(routes);
    const refused = [
      () => client.connect('lan', 'c1', {}),
      () => client.connect('cfg', 'c2', {}),
      () => client.network('..'),
      () => client.container(''),
      () => client.images.load(Buffer.from('x')),
      () => client.createNetwork(spec),
      () => refuseUnable({ ...spec, exclusions: [], driver: 'ipvlan' }, podman, 'e1'),
      () => endpointConfig({ ipv4: 'nonsense' }, podman, 'e1'),
      () => client.runHelper({ ...helper, signal: AbortSignal.abort() }),
      () => {
        throw onNoneNetwork(new ProblemError(answer(none)), { name: 'none' } as Network);
      },
    ];
    const codes: string[] = [];
    for (const work of refused) {
      const problem = await thrown(work);
      codes.push(problem.code);
      expectTold(problem);
    }
    expect(codes).toEqual([
      'engine_unsupported',
      'network_config_only',
      'network_not_found',
      'container_not_found',
      'engine_error',
      'engine_unsupported',
      'engine_unsupported',
      'address_invalid',
      'toolbox_unavailable',
      'none_network',
    ]);
    built.push(...codes);
  });

  it('nothing is left out: each wording has an example, each code that is built by hand a case', () => {
    for (const { match } of errorPatterns)
      expect(
        words.some((text) => match.test(text)),
        String(match),
      ).toBe(true);
    const all: readonly string[] = errorCodes;
    const seen = new Set([...told.map(([, { code }]) => code as string), ...built]);
    const root = new URL('../../electron/docker/', import.meta.url).pathname;
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || /(\.test\.ts$|^testing\/|^fixtures\/)/.test(file)) continue;
      for (const [, code = ''] of readFileSync(root + file, 'utf8').matchAll(/\bcode: '(\w+)'/g))
        if (all.includes(code)) expect(seen, `${file} gives ${code}`).toContain(code);
    }
  });
});

const built: string[] = [];
const helper = {
  task: 'facts',
  image: 'x',
  command: ['true'],
  network: 'none',
  hostPids: false,
  capabilities: [],
  unconfined: false,
  timeoutMs: 1000,
};
