/** Something that is kept in step with the main process. */
export interface Part {
  /** The connection is open, for the first time or again: what was known before may be so no more. */
  load(): Promise<void>;
  end(): void;
}
