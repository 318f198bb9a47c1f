import type { PlainSegmentRequest } from '../../store/ui';
import { SegmentAttachDialog } from './SegmentAttachDialog';
import { SegmentChangeDialog } from './SegmentChangeDialog';

interface Props {
  request: PlainSegmentRequest;
  filled?: boolean | undefined;
  onClose: () => void;
}

/** Previews a request about a segment: with an address to choose for an attach, as it is for the others. */
export function SegmentRequestDialog({ request, filled, onClose }: Props) {
  return request.kind === 'attach-to-segment' ? (
    <SegmentAttachDialog request={request} filled={filled} onClose={onClose} />
  ) : (
    <SegmentChangeDialog request={request} onClose={onClose} />
  );
}
