import { z } from 'zod';
import { toolboxSettingsSchema, type ToolboxConsent, type ToolboxSettings } from '../../../shared/model';
import { defaultToolboxSettings } from '../../../shared/rules';
import { tasksBeyond, toolboxRights, toolboxTasks } from '../../toolbox';
import type { Storage } from '../storage/storage';
import { openUserFile, type UserFileWriter } from '../storage/user-file';

const contentsSchema = z.object({
  version: z.literal(1),
  settings: toolboxSettingsSchema,
  /** What the admin said, by engine id; engines that are not here were not asked about. */
  engines: z.record(
    z.string(),
    z.object({
      granted: z.boolean(),
      at: z.number(),
      /**
       * The key of the address that it was said of. Earlier versions wrote none: what they wrote counts for the address that the
       * id was made of.
       */
      address: z.string().optional(),
      /** What each task might do when it was allowed. */
      rights: z.record(z.string(), z.array(z.string())).optional(),
    }),
  ),
});
type Contents = z.infer<typeof contentsSchema>;

/** What the admin said of one engine. */
export interface Consent {
  consent: ToolboxConsent;
  /** Milliseconds since the epoch. */
  at: number;
  /** The tasks because of which what was allowed must be asked anew. */
  grown?: string[];
  /** What was said is of another address, and counts no more. */
  moved?: true;
}

/** An engine, and the key of the address that its id leads to now. */
export interface ConsentPlace {
  engineId: string;
  /** Undefined while it leads nowhere: then nothing is allowed. */
  address: string | undefined;
}

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

  /** Consent for another address, or to less than what the tasks may do now, is none. */
  consent({ engineId, address }: ConsentPlace): Consent {
    const said = this.contents.engines[engineId];
    if (!said) return { consent: 'unasked', at: 0 };
    const { granted, at, rights } = said;
    if ((said.address ?? engineId) !== address) return { consent: 'unasked', at, moved: true };
    if (!granted) return { consent: 'refused', at };
    const grown = tasksBeyond(rights, toolboxTasks);
    return grown.length > 0 ? { consent: 'unasked', at, grown } : { consent: 'granted', at };
  }

  /** Counts at once. Rejects with `storage_failed` (`waiting`) while the next start would not know of it. */
  setConsent({ engineId, address }: ConsentPlace, granted: boolean, at: number): Promise<void> {
    const rights = granted ? { rights: toolboxRights(toolboxTasks) } : {};
    const said = { granted, at, ...(address !== undefined && { address }), ...rights };
    this.contents = { ...this.contents, engines: { ...this.contents.engines, [engineId]: said } };
    return this.writer.writeKept(this.text());
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
    return this.writer.write(this.text());
  }

  private text(): string {
    return `${JSON.stringify(this.contents, null, 2)}\n`;
  }
}

const read = (file: string, storage: Storage) =>
  openUserFile<Contents>({
    file,
    parse: (text) => contentsSchema.parse(JSON.parse(text)),
    empty,
    storage,
  });
