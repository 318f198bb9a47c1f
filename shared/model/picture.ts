import { z } from 'zod';
import { stepSchema } from './step';

/**
 * What an engine's inspect says of one thing, as flat text: path → value. Without what can't be the same twice (ids, times,
 * the sandbox) and without what is empty. Two that are equal show things that are equal.
 */
export const pictureSchema = z.record(z.string(), z.string());
export type Picture = z.infer<typeof pictureSchema>;

/** What a change touches: a network, or a container's place on one. Networks by name, which one made anew keeps. */
export const pictureSubjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('network'), networkName: z.string() }),
  z.object({
    kind: z.literal('attachment'),
    containerId: z.string(),
    containerName: z.string(),
    networkName: z.string(),
  }),
]);
export type PictureSubject = z.infer<typeof pictureSubjectSchema>;

/** One that was taken before a change, or after it. */
export const takenPictureSchema = z.object({
  engineId: z.string(),
  subject: pictureSubjectSchema,
  picture: pictureSchema,
  /** It could not be read: the picture is empty, and says nothing. */
  unread: z.literal(true).optional(),
});
export type TakenPicture = z.infer<typeof takenPictureSchema>;

/** When a change was undone, and by whom. */
export const undoneSchema = z.object({
  /** Milliseconds since the epoch. */
  at: z.number(),
  who: z.string(),
  /** The attachments that it gave back on engines that do not tell what is fixed of them. */
  back: z.array(z.object({ engineId: z.string(), steps: z.array(stepSchema) })).optional(),
});

/** One thing that is not as it was before a change, though the change was taken back. */
export const undoExceptionSchema = z.object({
  /** Empty where the container itself is gone. */
  network: z.string(),
  /** Absent where it is about the network itself. */
  container: z.string().optional(),
  /**
   * Path in the engine's inspect; empty where nobody knows, since the engine could not be read, or is Podman, which does not
   * tell whether an attachment's address was fixed. `container-gone`, `network-gone`: somebody else has removed it. `left-unread`:
   * nobody could look how the change left it, and so not whether somebody else has changed it since. `lan-unasked`: nobody could ask
   * the LAN whether somebody else has `before`, which was given.
   * `hosts-late`: the hosts in `before` did not answer in time, and may have what was given back.
   */
  field: z.string(),
  /** Empty where there was nothing. */
  before: z.string(),
  after: z.string(),
});
export type UndoException = z.infer<typeof undoExceptionSchema>;
