type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a state of a change of one engine says of its host. */
const hostStates: Readonly<Record<string, string>> = {
  applying: 'applying',
  applied: 'done',
  undone: 'done',
  failed: 'rollback-failed',
  'rolled-back': 'failed',
  interrupted: 'interrupted',
  kept: 'interrupted',
};

/** What was written of a host beside the change's own. */
const hostFields: readonly string[] = ['problem', 'networkId', 'ipv4', 'ipv6', 'stepsDone', 'recovery'];

/** Of the log of changes of one engine, which knew no other: the record was that of the host, too. */
function ofOneEngine({ record, inverse, ...beside }: Json & { record: Json }): Json {
  const { engineId, engineName, steps, ...both } = record;
  const isOfHost = ([field]: [string, unknown]) => hostFields.includes(field);
  const own = Object.entries(both).filter(isOfHost);
  const rest = Object.fromEntries(Object.entries(both).filter((each) => !isOfHost(each)));
  const state = hostStates[String(rest['state'])];
  const host: Json = { engineId, engineName, steps, state, ...Object.fromEntries(own) };
  return {
    ...beside,
    record: { ...rest, hosts: [host] },
    inverse: Array.isArray(inverse) ? [{ engineId, engineName, steps: inverse }] : inverse,
  };
}

/** The names of segment requests in their own log, where no other kind was. */
const segmentKinds: Readonly<Record<string, string>> = {
  create: 'create-segment',
  'add-host': 'add-segment-host',
  'remove-host': 'remove-segment-host',
  delete: 'delete-segment',
  edit: 'edit-segment',
  adopt: 'adopt-segment',
  forget: 'forget-segment',
  attach: 'attach-to-segment',
};

/** Of the log of segment changes. */
function ofSegment({ record, before, after, ...beside }: Json & { record: Json }): Json {
  const { segmentId: id, segmentName: name, request, hosts, ...rest } = record;
  const asked = isObject(request) ? { ...request, kind: segmentKinds[String(request['kind'])] } : request;
  const run = beside['run'];
  // While it was on its way only its run told which hosts it had.
  const begun = isObject(run) && Array.isArray(run['hosts']) && Array.isArray(hosts) && hosts.length === 0;
  const under = begun
    ? (run['hosts'] as unknown[]).filter(isObject).map(({ engineId, engineName, steps }) => ({
        ...{ engineId, engineName, steps, state: 'applying' },
      }))
    : hosts;
  return {
    ...beside,
    record: { ...rest, request: asked, hosts: under, segment: { id, name } },
    kept: { what: 'segment', id, name, before, after },
  };
}

/**
 * A line of the change log in the form that it has today. Earlier versions kept a log of changes of one engine, and one of
 * segment changes.
 */
export function inNewForm(line: unknown): unknown {
  if (!isObject(line) || !isObject(line['record'])) return line;
  const entry = { ...line, record: line['record'] };
  if ('segmentId' in entry.record) return ofSegment(entry);
  return 'hosts' in entry.record ? line : ofOneEngine(entry);
}

/** Whether a line has the form of an earlier version. */
export const isOlder = (line: unknown): boolean => inNewForm(line) !== line;
