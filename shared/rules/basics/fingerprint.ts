/** Multiplies and mixes: what goes in differs by a bit, and about half of what comes out does. */
function mixed(text: string, seed: number): number {
  let hash = seed ^ 0x9e3779b9;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x85ebca6b);
    hash = (hash << 13) | (hash >>> 19);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/**
 * Hexadecimal digits by which equal texts are known to be equal, and others in all likelihood to differ. Against nobody who tries to make
 * two of them alike.
 */
export function fingerprint(text: string, digits: number): string {
  let made = '';
  for (let seed = 1; made.length < digits; seed += 1)
    made += mixed(text, Math.imul(seed, 0x27d4eb2f)).toString(16).padStart(8, '0');
  return made.slice(0, digits);
}
