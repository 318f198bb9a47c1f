import type { Feature } from '../../context/feature';
import { ExportDialog } from './ExportDialog';
import { ImportDialog, type ImportStart } from './ImportDialog';
import { SegmentFormDialog } from './SegmentFormDialog';
import { SegmentRequestDialog } from './SegmentRequestDialog';
import en from './words/en';
import zh from './words/zh-CN';

declare module '../../i18n/words' {
  interface Words {
    segments: typeof en;
  }
}

declare module '../../store/ui' {
  interface Dialogs {
    /** `next`: what follows when it was applied, given the segment's id; `back`, where it was not. */
    'segment-form': { purpose: SegmentPurpose; back?: Back; next?: (segmentId: string) => Back };
    /** `filled`: part of it was filled in before. */
    'segment-change': { request: PlainSegmentRequest; filled?: boolean; back?: Back };
    'segment-export': { segmentId: string };
    'segment-import': { start?: ImportStart };
  }
}

export const segments = {
  words: { segments: { en, 'zh-CN': zh } },
  dialogs: {
    'segment-form': { component: SegmentFormDialog, changes: true },
    'segment-change': { component: SegmentRequestDialog, changes: true },
    'segment-export': { component: ExportDialog, changes: false },
    'segment-import': { component: ImportDialog, changes: true },
  },
  commands: {
    segments: {
      key: 's',
      run: ({ stores }) => stores.ui.setState((state) => ({ segmentsOpen: !state.segmentsOpen })),
    },
  },
} as const satisfies Feature;
