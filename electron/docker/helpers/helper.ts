import { randomBytes } from 'node:crypto';
import { ProblemError } from '../../../shared/model';
import { hostless } from '../../../shared/texts';
import type { Connection } from '../wire/connection';
import { demultiplex } from '../wire/demultiplex';
import { isAbsent } from './images';
import type { HelperRequest, HelperResult } from '../engine-client';
import { HELPER_LABEL, HELPER_LIMIT_LABEL, HELPER_RUN_LABEL } from '../json/helper-label';
import { asList, asNumber, asRecord, asText } from '../json/json';

/** A helper may be swept when its time has been over for so long: its own console ends it in time. Milliseconds. */
const grace = 600_000;

/** Nobody of Debian and most others; it owns nothing. */
const nobody = '65534:65534';

/** Names of the helpers that this process has under way. */
export const underWay = new Set<string>();

/** Names of those that it has made and could not remove: nobody waits for them. */
export const leftOver = new Set<string>();

export const path = (name: string) => `/containers/${encodeURIComponent(name)}`;

/** The body of the create: everything is taken away that the request does not name. */
export function helperBody(request: Omit<HelperRequest, 'timeoutMs'> & { timeoutMs?: number }) {
  const { network, capabilities } = request;
  const inHost = network === 'host' || request.hostPids;
  return {
    Image: request.image,
    Entrypoint: [],
    Cmd: request.command,
    // Capabilities of a container's command count for root only.
    User: capabilities.length > 0 ? '0:0' : nobody,
    Labels: {
      [HELPER_LABEL]: request.task,
      ...(request.timeoutMs !== undefined && { [HELPER_LIMIT_LABEL]: String(request.timeoutMs + grace) }),
      ...(request.run && { [HELPER_RUN_LABEL]: request.run }),
    },
    HostConfig: {
      NetworkMode: network,
      ...(request.hostPids && { PidMode: 'host' }),
      // With userns-remap the engine refuses the host's namespaces to any other.
      ...(inHost && { UsernsMode: 'host' }),
      CapDrop: ['ALL'],
      CapAdd: capabilities,
      SecurityOpt: ['no-new-privileges', ...(request.unconfined ? ['apparmor=unconfined'] : [])],
      ReadonlyRootfs: true,
      // The answer is read from the log, which the engine's own default driver may send elsewhere.
      LogConfig: { Type: 'json-file', Config: {} },
    },
  };
}

function timedOut({ timeoutMs, task }: HelperRequest, engineId: string): ProblemError {
  const seconds = timeoutMs / 1000;
  return new ProblemError(
    hostless('toolbox_unavailable', { context: 'timeout', seconds }, { engineId, more: { task } }),
  );
}

/** Why it was ended early, where whoever did it says so. */
function ended({ signal, task }: HelperRequest, engineId: string): ProblemError {
  const reason: unknown = signal?.reason;
  if (reason instanceof ProblemError) return reason;
  return new ProblemError(
    hostless('toolbox_unavailable', { context: 'ended' }, { engineId, more: { task } }),
  );
}

/** Exit code of the container once it has ended. */
async function exitOf(connection: Connection, name: string, request: HelperRequest): Promise<number> {
  const { engineId } = connection.contextOf({ path: '' });
  const exited = connection.json({
    method: 'POST',
    path: `${path(name)}/wait`,
    timeoutMs: request.timeoutMs + 60_000,
  });
  // Removal ends the wait too, with whatever the engine then says.
  exited.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  let drop: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timedOut(request, engineId)), request.timeoutMs);
    const cancel = () => reject(ended(request, engineId));
    drop = () => request.signal?.removeEventListener('abort', cancel);
    if (request.signal?.aborted) cancel();
    request.signal?.addEventListener('abort', cancel, { once: true });
  });
  try {
    return asNumber(asRecord(await Promise.race([exited, late])).StatusCode);
  } finally {
    clearTimeout(timer);
    drop?.();
  }
}

/** @param name or id */
export async function removeHelper(connection: Connection, name: string): Promise<void> {
  await connection.bytes({ method: 'DELETE', path: path(name), query: { force: true, v: true } });
}

/** Runs one helper to its end. See `EngineClient.runHelper`. */
export async function runHelper(connection: Connection, request: HelperRequest): Promise<HelperResult> {
  // Ended while its image was still on the way: nothing need be made.
  if (request.signal?.aborted) throw ended(request, connection.contextOf({ path: '' }).engineId);
  // A name of ours, so that it can be removed even when the answer to the create never came.
  const name = `trunkline-${request.task}-${randomBytes(6).toString('hex')}`;
  underWay.add(name);
  try {
    const body = helperBody(request);
    await connection.json({ method: 'POST', path: '/containers/create', query: { name }, body });
    await connection.bytes({ method: 'POST', path: `${path(name)}/start` });
    const exitCode = await exitOf(connection, name, request);
    const log = { path: `${path(name)}/logs`, query: { stdout: true, stderr: true } };
    return { exitCode, ...demultiplex(await connection.bytes(log)) };
  } finally {
    // What can't be removed now (the engine is gone) is swept later; the caller wants to hear of the first failure.
    const left = await removeHelper(connection, name).then(
      () => false,
      (error: unknown) => !isAbsent(error),
    );
    underWay.delete(name);
    if (left) {
      leftOver.add(name);
      request.onLeft?.();
    }
  }
}

/** The helpers of one run that the engine has. */
async function helpersOf(connection: Connection, run: string): Promise<{ id: string; name: string }[]> {
  const filters = JSON.stringify({ label: [`${HELPER_RUN_LABEL}=${run}`] });
  const listed = await connection.json({ path: '/containers/json', query: { all: true, filters } });
  return (
    asList(listed)
      .map(asRecord)
      // An engine that knows no such filter lists them all.
      .filter(({ Labels }) => asText(asRecord(Labels)[HELPER_RUN_LABEL]) === run)
      .map(({ Id, Names }) => {
        const id = asText(Id);
        return { id, name: asText(asList(Names)[0]).replace(/^\//, '') || id };
      })
  );
}

/** See `EngineClient.clearHelpers`. */
export async function clearHelpers(connection: Connection, run: string): Promise<string[]> {
  const found = await helpersOf(connection, run);
  if (found.length === 0) return [];
  // One that can't be removed is there at the second look.
  await Promise.allSettled(found.map(({ id }) => removeHelper(connection, id)));
  return (await helpersOf(connection, run)).map(({ name }) => name);
}
