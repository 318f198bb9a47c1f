import { connectionOf } from '../../../shared/rules';
import type { EngineConnection } from '../../../shared/model';
import { withConnection, type ConnectionKind, type EngineForm } from './engine-form';

/** Docker's port without TLS: who writes it means plain TCP, which has to be accepted all the same. */
const PLAIN_PORT = 2375;

const hasScheme = (text: string): boolean => /^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text);

/** What `ada@atlas:2222` or `atlas:2376` would be with its scheme; nothing for what is a host alone, as IPv6 is. */
function spelledOut(text: string, kind: ConnectionKind): string | null {
  if (hasScheme(text)) return text;
  const more = kind === 'tcp' ? /:\d/ : /[@:]/;
  return (kind === 'tcp' || kind === 'ssh') && more.test(text) ? `${kind}://${text.trim()}` : null;
}

/** Whether the text itself decides between TLS and plain TCP; other ports than Docker's own two tell nothing. */
const decidesTls = (text: string, { port, tls }: Extract<EngineConnection, { kind: 'tcp' }>): boolean =>
  tls !== null || port === PLAIN_PORT || /^\s*http:/i.test(text);

/**
 * The form with a whole address taken apart into its fields, where the text is one: `ssh://ada@atlas:2222`,
 * `tcp://atlas:2376`, `unix:///run/docker.sock`. What an address does not speak of, as files and names, stays as it was
 * typed. Null for any other text.
 */
export function withAddress(form: EngineForm, text: string): EngineForm | null {
  const whole = spelledOut(text, form.kind);
  const read = whole === null ? null : connectionOf(whole);
  if (!whole || !read?.ok) return null;
  const connection = read.value;
  const filled = withConnection(form, connection);
  const { ca, cert, key, serverName, keyFile, jump, socket } = form;
  switch (connection.kind) {
    case 'tcp': {
      const tls = decidesTls(whole, connection) ? filled.tls : form.tls;
      return { ...filled, tls, ca, cert, key, serverName };
    }
    case 'ssh':
      return {
        ...filled,
        keyFile,
        jump: connection.jump === undefined ? jump : filled.jump,
        socket: connection.socket === undefined ? socket : filled.socket,
      };
    case 'socket':
    case 'context':
      return filled;
  }
}
