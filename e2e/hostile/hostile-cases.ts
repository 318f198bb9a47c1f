import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { info, version } from '../../electron/docker/fixtures/engine';
import { json } from '../../electron/docker/testing/test-engine';
import { endless, engineBut, type HostileEngine } from './hostile-engine';

type Answer = Parameters<HostileEngine['behave']>[0];

/** One way to behave, and the problem that the console has to tell of it. */
interface HostileCase {
  answer: Answer;
  problem: { code: string; params?: Record<string, unknown> };
}

const odd = (context: string, more: object = {}) => ({
  code: 'engine_error',
  params: { context, ...more },
});
const status = (number: number) => ({ code: 'engine_error', params: { status: number } });

const lists = (answer: Answer): Answer => engineBut({ '/networks': answer, '/containers/json': answer });
const noWords = { message: { toString: 1, valueOf: 1 } };
const raw = (text: string) => (response: ServerResponse) => void response.socket?.write(text);
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const longId = 'x'.repeat(1_000_000);
/** 64 MB of spaces in 64 kB. */
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));

/** Each kind of redirect to each place: one that would answer, and what is no place at all. */
function redirects(stranger: () => string): Record<string, HostileCase> {
  const places = ['http://127.0.0.1:1/', 'ftp://127.0.0.1/', 'http://[', '//'].map((place) => () => place);
  const cases = [stranger, ...places].flatMap((place, index) =>
    [301, 302, 303, 307, 308].map((number): [string, HostileCase] => [
      `status ${number} to ${index === 0 ? 'what would answer' : place()}`,
      {
        answer: (response) => void response.writeHead(number, { location: place() }).end('gone'),
        problem: odd('redirect', { status: number }),
      },
    ]),
  );
  return Object.fromEntries(cases);
}

/** A sign every now and then, so that a connection never falls silent. */
const dripping: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"Version":"');
  const drops = setInterval(() => response.write('v'), 200);
  response.on('close', () => clearInterval(drops));
};

const statuses: Record<string, HostileCase> = Object.fromEntries(
  [600, 777, 999].map((number) => [
    `status ${number}`,
    {
      answer: (response: ServerResponse) => json(response, noWords, number),
      problem: odd('odd_status', { status: number }),
    },
  ]),
);

const bodies: Record<string, HostileCase> = {
  'an error whose words are none': {
    answer: (response) => json(response, noWords, 500),
    problem: status(500),
  },
  'an error of 100,000 letters': {
    answer: (response) => void response.writeHead(500).end('m'.repeat(100_000)),
    problem: status(500),
  },
  'an error without end': { answer: endless('', 'm'.repeat(65_536), 500), problem: status(500) },
  'mistyped facts': {
    answer: engineBut({ '/version': (response) => json(response, [noWords]) }),
    problem: odd('unreadable'),
  },
  'lists that are none': { answer: lists((response) => json(response, noWords)), problem: odd('unreadable') },
  'a body that is cut off': {
    answer: (response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"Version":', () => response.destroy());
    },
    problem: { code: 'engine_unreachable' },
  },
  'a body that drips without end': { answer: dripping, problem: { code: 'engine_timeout' } },
  'a body without end': {
    answer: endless('{"Version":"', Buffer.alloc(65_536, 'v')),
    problem: { code: 'engine_error' },
  },
  'JSON without a bottom': {
    answer: lists(endless('', '['.repeat(65_536))),
    problem: { code: 'engine_error' },
  },
  'JSON that is nested deeply': {
    answer: engineBut({ '/version': (response) => void response.end(nested(100_000)) }),
    problem: odd('unreadable'),
  },
  'a compressed body': {
    answer: lists((response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)),
    problem: { code: 'engine_error' },
  },
  'millions of empty entries': {
    answer: lists(endless('[{}', ',{}'.repeat(100_000))),
    problem: odd('too_many_entries'),
  },
  'ids of 1 MB': {
    answer: lists((response) => json(response, [{ Id: longId }])),
    problem: odd('unreadable'),
  },
  'an event without end': {
    answer: engineBut({ '/events': endless('{"id":"', Buffer.alloc(65_536, 'e')) }),
    problem: odd('unreadable'),
  },
};

/** Everything that keeps an engine from being one; `stranger` gives the address of a server that would answer. */
export const hostileCases = (stranger: () => string): Record<string, HostileCase> => ({
  ...redirects(stranger),
  'status 101': {
    answer: raw('HTTP/1.1 101 OK\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nx'),
    problem: odd('odd_status', { status: 101 }),
  },
  ...statuses,
  ...bodies,
});

/** Names that act on what shows them: HTML, turned writing, an end of text, a terminal’s colours, title and clearing. */
export const actingName =
  '<img src=x onerror=alert(1)>\u202Egnp\u200F\u0000\r\n[trunkline] \u001b[31m\u001b]0;owned\u0007\u001b[2J\u009b2J';

const container = (id: string, name: string) => ({
  Id: id,
  Names: [`/${name}`],
  Image: name,
  State: 'running',
  Labels: { [name]: name },
  NetworkSettings: { Networks: { [name]: { NetworkID: name, IPAddress: name } } },
});

/** An engine of such names, which fails with them on whatever is asked further. */
export const actingNames: Answer = engineBut({
  '/containers/json': (response) =>
    json(response, [container('c1', actingName), container(actingName, 'c2')]),
  '/networks': (response) => json(response, [{ Id: 'n1', Name: actingName, Driver: actingName }]),
  '/containers/c1/json': (response) => json(response, { message: actingName }, 500),
  '/networks/n1': (response) => json(response, { message: actingName }, 500),
});

/** Events of things that nobody knows, as fast as they are read. */
export function eventFlood(): { answer: Answer; sent(): number } {
  let last = 0;
  const event = () => {
    last += 1;
    const action = ['start', 'die', 'destroy', actingName][last % 4];
    const type = ['container', 'network', 'daemon', actingName][Math.floor(last / 4) % 4];
    const id = last % 1000 === 0 ? longId.slice(0, 100_000) : `c${last}`;
    const actor = { ID: id, Attributes: { name: actingName } };
    return `${JSON.stringify({ Type: type, Action: action, Actor: actor })}\n`;
  };
  return {
    sent: () => last,
    answer: engineBut({
      '/events': (response) => {
        const more = () =>
          void (response.destroyed || response.write(Array.from({ length: 500 }, event).join(''), more));
        more();
      },
    }),
  };
}

/** An engine whose own name, and whose container’s, are of 1 MB. */
export const longNames: Answer = engineBut({
  '/version': (response) => json(response, { ...version, Version: longId, KernelVersion: longId }),
  '/info': (response) => json(response, { ...info, Name: longId, OperatingSystem: longId }),
  '/containers/json': (response) => json(response, [container('c1', longId)]),
});
