import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const inHome = (name: string) => () => join(homedir(), name);

/** `app.getPath` and `app.setPath`. */
export class AppPaths {
  readonly #set = new Map<string, string>();
  readonly #defaults: Record<string, () => string>;

  /** @param userDataSwitch what `--user-data-dir` says, if anything */
  constructor(appName: () => string, userDataSwitch: () => string | undefined) {
    this.#defaults = {
      home: homedir,
      temp: tmpdir,
      appData: () => process.env.XDG_CONFIG_HOME || join(homedir(), '.config'),
      userData: () => userDataSwitch() || join(this.get('appData'), appName()),
      sessionData: () => this.get('userData'),
      logs: () => join(this.get('userData'), 'logs'),
      crashDumps: () => join(this.get('userData'), 'Crashpad'),
      exe: () => process.execPath,
      desktop: inHome('Desktop'),
      documents: inHome('Documents'),
      downloads: inHome('Downloads'),
    };
  }

  get(name: string): string {
    const fallback = this.#defaults[name];
    if (!fallback) throw new Error(`Failed to get '${name}' path`);
    return this.#set.get(name) ?? fallback();
  }

  set(name: string, path: string): void {
    if (!this.#defaults[name]) throw new Error(`Failed to set path '${name}'`);
    this.#set.set(name, path);
  }
}
