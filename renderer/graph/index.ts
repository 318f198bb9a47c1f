export { guessNicsOfNewSegment } from './guess-nics';
export { boundsOf, buildGraph, type GraphOptions } from './build';
export {
  canDrop,
  canDropOn,
  isTarget,
  requestFor,
  type DropVerdict,
  type MoveFrom,
  type NoTarget,
} from './can-drop';
export type { GraphFilters } from './filter';
export { GridIndex, grow, overlaps } from './grid-index';
export { findLans, hueCount } from './lans';
export { metrics } from './metrics';
export * from './model';
export { neighbour, type Direction } from './neighbours';
export { lanOf, lanWith, onLan, onNic, type Occupant, type Occupied } from './occupants';
export { searchGraph } from './search';
export {
  dropOnHost,
  dropOnSegment,
  guessNic,
  isHostTarget,
  seenNics,
  type HostDrop,
  type NoHost,
  type SegmentAttach,
} from './segment-drop';
export { keepTenants, noTags, tagSegments, tenantNetworks, type SegmentTags } from './segments';
export { spareNics, type SpareNic } from './spare';
export { nearestWire } from './wire-hit';
export { curveTo } from './wires';
