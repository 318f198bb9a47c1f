import { readFileSync } from 'node:fs';

/** A file's text; empty when it isn't there. */
export function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
