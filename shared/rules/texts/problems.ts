import type { ErrorCode } from '../../model';
import { attachmentTexts } from './attachments';
import { generalTexts } from './general';
import { networkTexts } from './networks';
import { importTexts } from './imports';
import type { TextWithVariants } from './text';
import { segmentTexts } from './segments';
import { toolboxTexts } from './toolbox';

/** English for every error code. A code without a text does not compile. */
export const problemTexts = {
  ...generalTexts,
  ...attachmentTexts,
  ...networkTexts,
  ...toolboxTexts,
} as const satisfies Record<ErrorCode, TextWithVariants>;
  ...segmentTexts,
  ...importTexts,
