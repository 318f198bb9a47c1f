import { visible } from '../../basics/visible';

/**
 * A spreadsheet takes what begins so for a formula, and would run what a stranger has written into a name or a note. Behind an
 * apostrophe it is a text.
 */
const harmless = (cell: string): string => (/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string =>
  /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** A table as RFC 4180 has it, its header first. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map((cell) => quoted(harmless(visible(cell)))).join(',')}\r\n`).join('');

/** Text of one line that no program takes for more than text: neither what acts unseen nor a break. */
export const oneLine = (text: string): string => visible(text).replace(/\s+/g, ' ').trim();
