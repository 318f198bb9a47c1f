/** Every call that only got written down because there is no native UI; tests read it through `electron.standin`. */
export const calls: { api: string; args: unknown[] }[] = [];

export const record =
  (api: string) =>
  (...args: unknown[]): void => {
    calls.push({ api, args });
  };
