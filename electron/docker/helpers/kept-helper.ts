import type { Readable } from 'node:stream';
import type { Connection } from '../wire/connection';
import type { KeptHelper, KeptHelperRequest } from '../engine-client';
import { HELPER_KEPT_LABEL, HELPER_LABEL } from '../json/helper-label';
import { asList, asRecord, asText } from '../json/json';
import { unframed } from '../wire/unframed';
import { helperBody, path, removeHelper } from './helper';
import { isAbsent } from './images';

/** Seconds that one is given to end in order. */
const graceSeconds = 8;

const ended = /^(?:created|exited|dead)$/;

/** The body of the create. It writes nothing but what its script keeps in /run, and its log stays small. */
export function keptHelperBody(request: KeptHelperRequest): object {
  const body = helperBody(request);
  return {
    ...body,
    Labels: { ...body.Labels, [HELPER_KEPT_LABEL]: JSON.stringify(request.made) },
    HostConfig: {
      ...body.HostConfig,
      RestartPolicy: { Name: 'unless-stopped' },
      Tmpfs: { '/run': 'rw,exec,nosuid,nodev,mode=755,size=256k' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '128k', 'max-file': '2' } },
    },
  };
}

/** Ends it, as an engine does that is ended itself, and removes it. */
async function takeAway(connection: Connection, name: string): Promise<void> {
  const stop = { method: 'POST', path: `${path(name)}/stop`, query: { t: graceSeconds } } as const;
  // One that does not run, or is not there, has no end to wait for.
  await connection.bytes({ ...stop, timeoutMs: 60_000 }).catch(() => undefined);
  await removeHelper(connection, name).catch((error: unknown) => {
    if (!isAbsent(error)) throw error;
  });
}

/** See `EngineClient.removeKeptHelper`. */
export async function removeKeptHelper(connection: Connection, name: string): Promise<void> {
  // By this it knows that it is for good. One that does not run can give nothing back: its lease ends by itself.
  const forGood = { method: 'POST', path: `${path(name)}/kill`, query: { signal: 'SIGINT' } } as const;
  await connection.bytes(forGood).catch(() => undefined);
  await takeAway(connection, name);
}

/** See `EngineClient.keepHelper`. */
export async function keepHelper(connection: Connection, request: KeptHelperRequest): Promise<void> {
  const { name } = request;
  await takeAway(connection, name);
  const body = keptHelperBody(request);
  await connection.json({ method: 'POST', path: '/containers/create', query: { name }, body });
  try {
    await connection.bytes({ method: 'POST', path: `${path(name)}/start` });
  } catch (error) {
    await removeHelper(connection, name).catch(() => undefined);
    throw error;
  }
}

function madeFor(label: string): unknown {
  try {
    return JSON.parse(label) as unknown;
  } catch {
    return null;
  }
}

/** See `EngineClient.keptHelpers`. */
export async function keptHelpers(connection: Connection, task: string): Promise<KeptHelper[]> {
  const filters = JSON.stringify({ label: [HELPER_KEPT_LABEL] });
  const listed = await connection.json({ path: '/containers/json', query: { all: true, filters } });
  return asList(listed).flatMap((each) => {
    const { Labels, Names, State } = asRecord(each);
    const labels = asRecord(Labels);
    const name = asText(asList(Names)[0]).replace(/^\//, '');
    // An engine that knows no such filter lists them all.
    if (asText(labels[HELPER_LABEL]) !== task || !(HELPER_KEPT_LABEL in labels) || name === '') return [];
    return [{ name, made: madeFor(asText(labels[HELPER_KEPT_LABEL])), ended: ended.test(asText(State)) }];
  });
}

/** See `EngineClient.helperLines`. */
export const linesOf = async (connection: Connection, name: string): Promise<Readable> =>
  unframed(
    await connection.stream({
      path: `${path(name)}/logs`,
      query: { stdout: true, follow: true, tail: 1 },
    }),
  );
