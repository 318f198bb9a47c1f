import type { ToolboxDescription, ToolboxSettings } from '../../../shared/model';
import { toolboxVersionLabel } from '../../../shared/rules';
import type { EngineClient } from '../../docker';
import { imageReference, type RootfsSource } from '../../toolbox';

/** Bytes of the image that the console makes itself; null when it can't be made here. */
export const sizeOf = (source: RootfsSource): Promise<number | null> =>
  source.get(source.own, '').then(
    (rootfs) => rootfs.length,
    () => null,
  );

/** The toolbox's image on an engine that answers; null where it is not there. */
export async function imageOn(
  client: EngineClient,
  settings: ToolboxSettings,
): Promise<ToolboxDescription['engines'][number]['image']> {
  const reference = imageReference(settings);
  const image = await client.images.find(reference).catch(() => null);
  if (!image) return null;
  return { reference, size: image.size, version: image.labels[toolboxVersionLabel] ?? '' };
}
