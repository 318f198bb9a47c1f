import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import type { SegmentView } from '../../shared/model';
import { useInventory } from './context';
import { useSegmentTags } from './segments';
import { findLans } from '../graph';
import { colourOfHue } from '../theme/lan-colours';

/** The segment's colour as the picture has it, in this theme. */
export function useSegmentColour({ segment }: SegmentView): string | undefined {
  const scheme = useComputedColorScheme('light');
  const networks = useInventory((state) => state.snapshot.networks);
  const { tags, colours } = useSegmentTags();
  const hue = useMemo(() => {
    const lan = findLans(networks, tags).find((one) => one.segment?.id === segment.id);
    return lan?.hue ?? tags.find((one) => one.id === segment.id)?.hue ?? -1;
  }, [networks, tags, segment.id]);
  return colourOfHue(hue, colours, scheme);
}
