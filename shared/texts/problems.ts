import { addressTexts } from './addresses';
import { attachmentTexts } from './attachments';
import { changeTexts } from './changes';
import { engineTexts } from './engines';
import { fileTexts } from './files';
import { generalTexts } from './general';
import { importTexts } from './imports';
import { leaseTexts } from './leases';
import { networkTexts } from './networks';
import { outcomeTexts } from './outcomes';
import { segmentTexts } from './segments';
import type { TextWithVariants } from './text';
import { toolboxTexts } from './toolbox';

/**
 * Everything that can go wrong and that a person can act on, in English. The keys are the codes. The union is closed: an
 * engine’s answer that fits none of these is `engine_error`, and carries the engine’s own text.
 */
export const problemTexts = {
  ...generalTexts,
  ...changeTexts,
  ...outcomeTexts,
  ...fileTexts,
  ...engineTexts,
  ...attachmentTexts,
  ...leaseTexts,
  ...addressTexts,
  ...networkTexts,
  ...segmentTexts,
  ...importTexts,
  ...toolboxTexts,
} as const satisfies Record<string, TextWithVariants>;
