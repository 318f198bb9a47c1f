import { z } from 'zod';
import { toolboxSettingsSchema, type ToolboxConsent, type ToolboxSettings } from '../../shared/model';
import { defaultToolboxSettings } from '../../shared/rules';
import type { Storage } from './storage';
import { openUserFile, type UserFileWriter } from './user-file';

const contentsSchema = z.object({
  version: z.literal(1),
  settings: toolboxSettingsSchema,
  /** What the admin said, by engine id; engines that are not here were not asked about. */
  engines: z.record(z.string(), z.object({ granted: z.boolean(), at: z.number() })),
});
type Contents = z.infer<typeof contentsSchema>;

const empty: Contents = { version: 1, settings: defaultToolboxSettings, engines: {} };

/**
 * Where the toolbox may run and how its image gets there. Written whole and atomically; a broken file is set aside, and
 * then nothing is allowed anywhere until the admin says so again.
 */
export class ToolboxFile {
  private constructor(
    private contents: Contents,
    private readonly writer: UserFileWriter,
  ) {}

  static async open(file: string, storage: Storage): Promise<ToolboxFile> {
    const { value, writer } = await read(file, storage);
    return new ToolboxFile(value, writer);
  }

  get settings(): ToolboxSettings {
    return this.contents.settings;
  }

  consent(engineId: string): { consent: ToolboxConsent; at: number } {
    const said = this.contents.engines[engineId];
    return said
      ? { consent: said.granted ? 'granted' : 'refused', at: said.at }
      : { consent: 'unasked', at: 0 };
  }

  setConsent(engineId: string, granted: boolean, at: number): Promise<void> {
    return this.write({
      ...this.contents,
      engines: { ...this.contents.engines, [engineId]: { granted, at } },
    });
  }

  /** As if nobody had been asked. */
  forgetConsent(engineId: string): Promise<void> {
    const { [engineId]: said, ...engines } = this.contents.engines;
    return said ? this.write({ ...this.contents, engines }) : this.writer.flush();
  }

  setSettings(settings: ToolboxSettings): Promise<void> {
    return this.write({ ...this.contents, settings });
  }

  /** Resolves when the last change is on disk. */
  flush(): Promise<void> {
    return this.writer.flush();
  }

  private write(contents: Contents): Promise<void> {
    this.contents = contents;
    const text = `${JSON.stringify(contents, null, 2)}\n`;
    return this.writer.write(text);
  }
}

const read = (file: string, storage: Storage) =>
  openUserFile<Contents>({
    file,
    parse: (text) => contentsSchema.parse(JSON.parse(text)),
    empty,
    storage,
  });
