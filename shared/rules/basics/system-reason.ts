import type { Reason } from '../../model';
import { reason, type ReasonCode } from '../../texts/reason';

/** Codes that need no value. */
type Plain = Extract<ReasonCode, `file_${string}` | `write_${string}`>;

/** What a system's error code means of a file that is read, and of one that is written (errno(3)). */
const reading: Partial<Record<string, Exclude<Plain, 'file_unread'>>> = {
  ENOENT: 'file_absent',
  EACCES: 'file_denied',
  EPERM: 'file_denied',
  EISDIR: 'file_folder',
  ENOTDIR: 'file_no_folder',
  ELOOP: 'file_loop',
  ENAMETOOLONG: 'file_name_long',
  EMFILE: 'file_many_open',
  ENFILE: 'file_many_open',
  EIO: 'file_device',
  // Our own, of a file that is not read for what it is.
  NOT_PLAIN: 'file_special',
  TOO_LARGE: 'file_large',
};
const writing: typeof reading = {
  ...reading,
  EACCES: 'write_denied',
  EPERM: 'write_denied',
  ENOSPC: 'write_full',
  EDQUOT: 'write_full',
  EROFS: 'write_read_only',
};

/** The system's words without Node's trimmings: `ENOSPC: no space left on device`. Other errors in their own. */
export function systemWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'syscall' in error ? (error.message.split(', ')[0] ?? '') : error.message;
}

/** Why a file could not be read or written, from what Node throws. What nobody knows is quoted. */
export function systemReason(error: unknown, doing: 'reading' | 'writing' = 'reading'): Reason {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = (doing === 'reading' ? reading : writing)[code];
  if (known !== undefined) return reason(known);
  const words = systemWords(error);
  return error instanceof Error && 'syscall' in error
    ? reason('system', { words })
    : reason('said', { words });
}
