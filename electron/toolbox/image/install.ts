import { ProblemError, type ToolboxSettings } from '../../../shared/model';
import {
  earlierToolboxImages,
  ownToolboxImage,
  problem,
  toolboxVersion,
  toolboxVersionLabel,
} from '../../../shared/rules';
import type { EngineClient, EngineImage } from '../../docker';
import { buildContext, imageArchive } from './image-archive';
import type { RootfsSource } from './rootfs-source';

/** The host that an image is for. */
export interface ImageTarget {
  client: EngineClient;
  /** As the engine names itself, for sentences. */
  host: string;
  /** As `uname -m` names it. */
  architecture: string;
}

/** Which image an engine is to have. */
export const imageReference = ({ method, image }: ToolboxSettings): string =>
  method === 'pull' ? image : ownToolboxImage;

const isOurs = (image: EngineImage): boolean => image.labels[toolboxVersionLabel] === toolboxVersion;

async function put(target: ImageTarget, settings: ToolboxSettings, source: RootfsSource): Promise<void> {
  const { client, host, architecture } = target;
  if (settings.method === 'pull') return client.images.pull(settings.image);
  const rootfs = await source.get(architecture, host);
  if (settings.method === 'build') return client.images.build(await buildContext(rootfs), ownToolboxImage);
  await client.images.load(await imageArchive(rootfs, ownToolboxImage, architecture));
}

/** The toolbox's own failures pass; the engine's get the sentence that says what was being done. */
function asUnavailable(error: unknown, { client, host }: ImageTarget, image: string): unknown {
  if (!(error instanceof ProblemError) || error.problem.code !== 'engine_error') return error;
  const { engineText = error.problem.message } = error.problem;
  return new ProblemError(
    problem(
      'toolbox_unavailable',
      { context: 'image', image, host },
      { engineId: client.engineId, engineText },
    ),
    { cause: error },
  );
}

/**
 * Makes sure that the engine has the image, and gives its reference.
 *
 * @throws ProblemError `toolbox_unavailable`, context `image` when it can't be put there, `foreign` when what bears its
 * name is something else.
 */
export async function ensureImage(
  target: ImageTarget,
  settings: ToolboxSettings,
  source: RootfsSource,
): Promise<string> {
  const { client, host } = target;
  const reference = imageReference(settings);
  const present = await client.images.find(reference);
  if (present && isOurs(present)) return reference;
  // An older one of ours under this name is replaced; somebody else's stays, and is not run either.
  if (!present || toolboxVersionLabel in present.labels) {
    await put(target, settings, source).catch((error: unknown) => {
      throw asUnavailable(error, target, reference);
    });
    const made = await client.images.find(reference);
    if (made && isOurs(made)) {
      // A console of an earlier version may be using its own at this moment: then it stays.
      for (const each of earlierToolboxImages) await removeToolbox(client, each).catch(() => false);
      return reference;
    }
    // What a registry has under that name was brought here by us alone, and may be large.
    if (made && !present) await client.images.remove(reference);
  }
  throw new ProblemError(
    problem(
      'toolbox_unavailable',
      { context: 'foreign', image: reference, host },
      { engineId: client.engineId },
    ),
  );
}

async function removeToolbox(client: EngineClient, reference: string): Promise<boolean> {
  const present = await client.images.find(reference);
  if (!present || !(toolboxVersionLabel in present.labels)) return false;
  await client.images.remove(reference);
  return true;
}

/** Takes the image away again, if it is the toolbox, and those of earlier versions. Gives whether there was one. */
export async function removeImage(client: EngineClient, settings: ToolboxSettings): Promise<boolean> {
  const removed = [];
  for (const each of [imageReference(settings), ...earlierToolboxImages])
    removed.push(await removeToolbox(client, each));
  return removed.includes(true);
}
