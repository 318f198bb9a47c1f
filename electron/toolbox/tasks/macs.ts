/** MACs of all who answered, each once, lower case. */
export const macsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi)].map(([mac]) => mac.toLowerCase())),
];
