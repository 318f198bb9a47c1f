export { segmentCandidates } from './candidates';
export { planSegment } from './plan';
export { suggestInSegment } from './plan-attach';
export { allocateRanges, intervalOf, meets, reservedInterval, type Interval } from './ranges';
export { driftOf, fitsSegment, memberOf, networkOfMember, recogniseSegments } from './recognise';
export { requestOf } from './request-of';
export type { SegmentPlan, SegmentWorld } from './result';
export {
  furtherSubnets,
  memberParent,
  networkNameFor,
  plannedNetwork,
  SEGMENT_LABEL,
  specFor,
  subnetOf,
} from './spec';
export { sitesApart, siteOfSegment } from './site';
export { specOf } from './spec-of';
export { exportSegmentFiles } from './export';
export { importSegmentText, TooManyNetworksError, type ImportSource } from './import';
export type { ReadYaml, YamlReader } from './import-compose';
export { importFormatOf } from './import-text';
