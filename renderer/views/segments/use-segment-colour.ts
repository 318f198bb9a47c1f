import { useComputedColorScheme } from '@mantine/core';
import type { SegmentView } from '../../../shared/model';
import { tagSegments } from '../../graph';
import { colourOfHue, segmentSwatches } from '../../theme/lan-colours';

/** The segment's colour as the picture has it, in this theme. */
export function useSegmentColour(view: SegmentView): string | undefined {
  const scheme = useComputedColorScheme('light');
  const { tags, colours } = tagSegments([view], segmentSwatches);
  return colourOfHue(tags[0]?.hue ?? -1, colours, scheme);
}
