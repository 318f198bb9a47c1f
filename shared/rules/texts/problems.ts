import type { ErrorCode } from '../../model';
import { attachmentTexts } from './attachments';
import { engineTexts } from './engines';
import { fileTexts } from './files';
import { generalTexts } from './general';
import { importTexts } from './imports';
import { networkTexts } from './networks';
import { segmentTexts } from './segments';
import type { TextWithVariants } from './text';
import { toolboxTexts } from './toolbox';

/** English for every error code. A code without a text does not compile. */
export const problemTexts = {
  ...generalTexts,
  ...fileTexts,
  ...engineTexts,
  ...attachmentTexts,
  ...networkTexts,
  ...segmentTexts,
  ...importTexts,
  ...toolboxTexts,
} as const satisfies Record<ErrorCode, TextWithVariants>;
