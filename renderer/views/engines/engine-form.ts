import type { z } from 'zod';
import {
  engineConnectionSchema,
  engineLabelsSchema,
  type EngineColour,
  type EngineConnection,
  type EngineLabels,
  type Problem,
} from '../../../shared/model';

export type ConnectionKind = EngineConnection['kind'];
export const connectionKinds = ['socket', 'tcp', 'ssh', 'context'] as const satisfies ConnectionKind[];

/** What is typed, of all kinds at once, so that looking at another kind loses nothing. */
export interface EngineForm {
  kind: ConnectionKind;
  path: string;
  host: string;
  port: string;
  tls: boolean;
  ca: string;
  cert: string;
  key: string;
  serverName: string;
  plainAccepted: boolean;
  sshHost: string;
  sshPort: string;
  user: string;
  keyFile: string;
  jump: string;
  socket: string;
  context: string;
  /** As `plainAccepted`, should the context say plain TCP. */
  contextPlain: boolean;
  name: string;
  colour: EngineColour | null;
  group: string;
  site: string;
  /** `eth1=Office, eth2=Cellar`. */
  lans: string;
}
export type FieldKey = keyof EngineForm;

export const emptyForm: EngineForm = {
  kind: 'socket',
  path: '',
  host: '',
  port: '2376',
  tls: true,
  ca: '',
  cert: '',
  key: '',
  serverName: '',
  plainAccepted: false,
  sshHost: '',
  sshPort: '',
  user: '',
  keyFile: '',
  jump: '',
  socket: '',
  context: '',
  contextPlain: false,
  name: '',
  colour: null,
  group: '',
  site: '',
  lans: '',
};

const given = (port: number | undefined): string => (port === undefined ? '' : String(port));

/** The form with a connection that exists or was found. */
export function withConnection(form: EngineForm, connection: EngineConnection): EngineForm {
  const { kind } = connection;
  switch (kind) {
    case 'socket':
      return { ...form, kind, path: connection.path };
    case 'context':
      return { ...form, kind, context: connection.context, contextPlain: connection.plainAccepted };
    case 'tcp': {
      const { host, port, tls, plainAccepted } = connection;
      const { ca = '', cert = '', key = '', serverName = '' } = tls ?? {};
      const files = { ca, cert, key, serverName };
      return { ...form, kind, host, port: String(port), tls: tls !== null, ...files, plainAccepted };
    }
    case 'ssh': {
      const { host, port, user = '', keyFile = '', jump = '', socket = '' } = connection;
      return { ...form, kind, sshHost: host, sshPort: given(port), user, keyFile, jump, socket };
    }
  }
}

export const formOf = ({ connection, ...labels }: EngineLabels & { connection: EngineConnection }) =>
  withConnection(
    {
      ...emptyForm,
      name: labels.name ?? '',
      colour: labels.colour ?? null,
      group: labels.group ?? '',
      site: labels.site ?? '',
      lans: Object.entries(labels.lans ?? {})
        .map(([nic, site]) => `${nic}=${site}`)
        .join(', '),
    },
    connection,
  );

/** Empty is left out, and so is space around it. */
const optional = <K extends string>(texts: Record<K, string>): Partial<Record<K, string>> =>
  Object.fromEntries(
    Object.entries<string>(texts).flatMap(([key, text]) => (text.trim() === '' ? [] : [[key, text.trim()]])),
  ) as Partial<Record<K, string>>;

/** Digits only: `12e1` and `0x10` are numbers too, and no ports. */
const port = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text) : NaN);

/** What was typed, not yet checked. */
function draftOf(form: EngineForm): unknown {
  const { kind } = form;
  switch (kind) {
    case 'socket':
      return { kind, path: form.path.trim().replace(/^unix:\/\//, '') };
    case 'context':
      return { kind, context: form.context.trim(), plainAccepted: form.contextPlain };
    case 'tcp': {
      const { ca, cert, key, serverName } = form;
      const tls = form.tls ? optional({ ca, cert, key, serverName }) : null;
      const plainAccepted = !form.tls && form.plainAccepted;
      return { kind, host: form.host.trim(), port: port(form.port), tls, plainAccepted };
    }
    case 'ssh': {
      const { user, keyFile, jump, socket } = form;
      const own = form.sshPort.trim() === '' ? {} : { port: port(form.sshPort) };
      return { kind, host: form.sshHost.trim(), ...own, ...optional({ user, keyFile, jump, socket }) };
    }
  }
}

/** The NICs with their sites; null while what is typed can't be read. */
function lansOf(text: string): Record<string, string> | null {
  const parts = text.split(/[,\n]/).filter((part) => part.trim() !== '');
  const pairs = parts.map((part) => /^\s*([^\s=]+)\s*=\s*(\S.*?)\s*$/.exec(part));
  const read = pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? ''] as const] : []));
  const names = new Set(read.map(([nic]) => nic));
  return names.size < parts.length ? null : Object.fromEntries(read);
}

function labelsDraft({ name, colour, group, site, lans }: EngineForm) {
  const nics = lansOf(lans) ?? {};
  return {
    ...optional({ name, group, site }),
    ...(colour ? { colour } : {}),
    ...(Object.keys(nics).length > 0 ? { lans: nics } : {}),
  };
}

export type FieldError =
  | 'missing'
  | 'tooLong'
  | 'port'
  | 'socketPath'
  | 'host'
  | 'password'
  | 'pair'
  | 'jump'
  | 'plainAccepted'
  | 'lans';

const otherNames: Partial<Record<ConnectionKind, Readonly<Record<string, FieldKey>>>> = {
  ssh: { host: 'sshHost', port: 'sshPort' },
  context: { plainAccepted: 'contextPlain' },
};

/** Where a connection's property stands in the form. */
export const fieldOfProperty = (kind: ConnectionKind, property: string): FieldKey =>
  otherNames[kind]?.[property] ?? (property as FieldKey);

/** The field that the main process found wrong; null when the form has none for it. */
export function fieldOfProblem(kind: ConnectionKind, problem: Problem): FieldKey | null {
  const property = problem.field?.split('.').at(-1) ?? '';
  const field = fieldOfProperty(kind, property);
  return field in emptyForm && property !== 'kind' ? field : null;
}

const errorOfIssue = ({ code, path }: z.core.$ZodIssue): FieldError =>
  path.at(-1) === 'port' ? 'port' : code === 'too_big' ? 'tooLong' : 'missing';

/** A Unix socket is an absolute path; a pipe of Windows is on this or another machine. */
const isSocketPath = (path: string): boolean => /^\/[^/]|^(\/\/|\\\\)[^/\\]+[/\\]pipe[/\\]./.test(path);

/** A name or an address and nothing else: no scheme, no user, no port. */
const isHost = (host: string): boolean => /^[^\s/@?#:[\]\\,]+$/.test(host) || isIpv6(host);
/** A whole address with a password in it is not taken apart: that has no place in one. */
const addressError = <E extends FieldError>(text: string, otherwise: E): E | 'password' =>
  /^([a-z][a-z0-9+.-]*:\/\/)?[^/@:]*:[^/@]*@/i.test(text) ? 'password' : otherwise;
const isIpv6 = (host: string): boolean => /^(?=.*:.*:)[\da-f:.]+(%\w+)?$/i.test(host.replace(/^\[|\]$/g, ''));

const isHop = (hop: string): boolean => /^([^\s@:/,]+@)?(\[[\da-f:.]+\]|[^\s@:/,]+)(:\d{1,5})?$/i.test(hop);

/** What the schema can't know: how the parts belong together, and what the main process refuses later. */
function ownErrors(form: EngineForm): Partial<Record<FieldKey, FieldError>> {
  const errors: Partial<Record<FieldKey, FieldError>> = lansOf(form.lans) ? {} : { lans: 'lans' };
  const draft = draftOf(form) as EngineConnection;
  switch (draft.kind) {
    case 'socket':
      if (!isSocketPath(draft.path)) errors.path = addressError(draft.path, 'socketPath');
      break;
    case 'tcp':
      if (!isHost(draft.host)) errors.host = addressError(draft.host, 'host');
      if (draft.tls && !draft.tls.cert !== !draft.tls.key) errors[draft.tls.cert ? 'key' : 'cert'] = 'pair';
      if (!draft.tls && !draft.plainAccepted) errors.plainAccepted = 'plainAccepted';
      break;
    case 'ssh':
      if (!isHost(draft.host)) errors.sshHost = addressError(draft.host, 'host');
      if (draft.jump && !draft.jump.split(',').every((hop) => isHop(hop.trim()))) errors.jump = 'jump';
      if (draft.socket && !isSocketPath(draft.socket)) errors.socket = 'socketPath';
      break;
    case 'context':
      break;
  }
  return errors;
}

const issuesOf = (form: EngineForm): z.core.$ZodIssue[] => [
  ...(engineConnectionSchema.safeParse(draftOf(form)).error?.issues ?? []),
  ...(engineLabelsSchema.safeParse(labelsDraft(form)).error?.issues ?? []),
];
const fieldOfIssue = ({ path }: z.core.$ZodIssue, kind: ConnectionKind): FieldKey =>
  fieldOfProperty(kind, String(path[0] === 'lans' ? 'lans' : path.at(-1)));

/** How many characters a field takes that has too many. */
export function mostIn(form: EngineForm, field: FieldKey): number | undefined {
  const issue = issuesOf(form).find(
    (one) => one.code === 'too_big' && fieldOfIssue(one, form.kind) === field,
  );
  return issue?.code === 'too_big' ? Number(issue.maximum) : undefined;
}

/** NICs that a site is told of and that are not among a host's own; a VLAN link may be made later. */
export const strangeNics = (form: EngineForm, known: readonly string[]): string[] =>
  Object.keys(lansOf(form.lans) ?? {}).filter(
    (nic) => !known.includes(nic) && !known.includes(nic.split('.')[0] ?? nic),
  );

/** What is wrong with each field, by the shared schemas first. */
export function formErrors(form: EngineForm): Partial<Record<FieldKey, FieldError>> {
  const errors = ownErrors(form);
  for (const issue of issuesOf(form)) errors[fieldOfIssue(issue, form.kind)] = errorOfIssue(issue);
  return errors;
}

/** The connection as it is typed; null while something about it is wrong. */
export function connectionOf(form: EngineForm): EngineConnection | null {
  // What is said of its NICs is no part of the way to it.
  if (Object.keys(ownErrors({ ...form, lans: '' })).length > 0) return null;
  return engineConnectionSchema.safeParse(draftOf(form)).data ?? null;
}

/** Names, colour, group and sites; what is empty is left out. */
export const labelsOf = (form: EngineForm): EngineLabels =>
  engineLabelsSchema.safeParse(labelsDraft(form)).data ?? {};

/** Whether two connections are the same in every word; what was accepted of them does not count. */
export const sameConnection = (a: EngineConnection, b: EngineConnection): boolean =>
  JSON.stringify(sorted({ ...a, plainAccepted: false })) ===
  JSON.stringify(sorted({ ...b, plainAccepted: false }));

const sorted = (value: unknown): unknown =>
  typeof value !== 'object' || value === null
    ? value
    : Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, sorted(inner)]);
