/** What stands where no MAC is known. */
const noMac = '00:00:00:00:00:00';

/** MACs of all who answered, each once, lower case. */
export const macsIn = (text: string): string[] => {
  const found = [...text.matchAll(/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi)].map(([mac]) => mac.toLowerCase());
  return [...new Set(found)].filter((mac) => mac !== noMac);
};
