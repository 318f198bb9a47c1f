import { visible } from '../shared/rules';

/**
 * Text as it may stand in a log or on a terminal: nothing in it acts, and what comes after a line end is indented, so that no
 * words of an engine or a file can pass for a line of our own.
 */
export const logText = (text: string): string => visible(text).replace(/\r\n?|\n/g, '\n  ');

/** Puts a line into the process's own log: the one door to standard error. */
export const log = (text: string): void => void process.stderr.write(`[trunkline] ${logText(text)}\n`);
