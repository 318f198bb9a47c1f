// By floor, the lowest first: none imports from one above it (.dependency-cruiser.cjs).
export * from '../texts';

export { addressText } from './basics/address-text';
export * from './basics/cidr';
export { isImageReference } from './basics/image-reference';
export { isUnicastMac } from './basics/mac';
export * from './basics/names';
export * from './basics/shape-reason';
export { groupBy } from './basics/group-by';
export { splitBy } from './basics/split-by';
export * from './basics/system-reason';
export * from './basics/visible';

export type {
  Answering,
  Beside,
  GivenAddress,
  GivenMac,
  LastTold,
  LeasedAddress,
  LoggedAddress,
  OnAttachment,
} from './inventory/beside';
export * from './inventory/compare-pictures';
export * from './inventory/inventory';

export * from './engines/capabilities';
export { addressOf, connectionOf } from './engines/engine-address';
export * from './engines/engines';

export { cloudOf } from './lans/cloud';
export * from './lans/lan';
export * from './lans/parent';
export { parentTroubles, type ParentTrouble } from './lans/parent-trouble';
export * from './lans/parent-verdict';
export * from './lans/shim-link';
export * from './lans/site';

export * from './membership/attention';
export * from './membership/fixed-mac';
export { claimantsOf, guardKey, identityKey, identityName, identityOf } from './membership/identity';
export { isLeftover, isLive } from './membership/leftover';
export {
  membersOf,
  networkFinder,
  networkFinders,
  networkOf,
  recordedEndpoint,
} from './membership/on-network';
export { pinsOf, type Pins } from './membership/pins';
export { driftOf, fitsSegment, memberOf, networkOfMember, recogniseSegments } from './membership/recognise';
export * from './membership/route';
export { sitesApart, siteOfSegment } from './membership/segment-site';
export {
  furtherSubnets,
  memberParent,
  networkNameFor,
  rangesOfMember,
  SEGMENT_LABEL,
  specFor,
  subnetOf,
} from './membership/segment-spec';
export { specOf } from './membership/segment-spec-of';
export { poolsOf } from './membership/spec-pools';

export { rangeBetween, rangeUse, type RangeEnds } from './addresses/address-range';
export * from './addresses/address-grid';
export { heldRows, type HeldRow } from './addresses/held-rows';
export { exportAddresses, exportFamily, type AddressExport } from './addresses/export/address-export';
export { exportDomain } from './addresses/export/host-names';
export {
  exportFormats,
  type ExportChoice,
  type ExportFormat,
  type ExportSource,
  type LeftOutReason,
} from './addresses/export/kinds';
export { notReserved, reservationsOf, sortImport } from './addresses/import/address-import';
export {
  mostCharacters,
  mostReservations,
  mostRows,
  type AddressImport,
  type Complaint,
  type Differing,
  type Holding,
  type ImportFormat,
  type ImportLan,
  type Piece,
} from './addresses/import/kinds';
export { readAddressTable } from './addresses/import/read';
export { guardRivals } from './addresses/guard-rivals';
export * from './addresses/subnet-map';
export { addressPlan } from './addresses/address-plan';
export { strangersAt } from './addresses/answering';
export * from './addresses/check';
export { lanOf } from './addresses/lan-read';
export { allocateRanges, intervalOf, meets, reservedInterval, type Interval } from './addresses/ranges';
export { lateOnLan, silentOnLan } from './addresses/last-told';
export * from './addresses/suggest';

export * from './networks/network-form';
export * from './networks/network-spec';
export { plannedNetwork } from './networks/planned-network';
export { lanNotices, type SpecContext } from './networks/spec-notices';
export { gatewayShape, rangeShape, subnetShape } from './networks/spec-subnet';

export * from './policies';
export * from './guard';
export * from './host';

export * from './plan/lan-claims';
export { madeWith } from './plan/made-with';
export * from './plan/making-steps';
export * from './plan/plan';
export * from './plan/parents-back';
export { planProblems } from './plan/plan-problems';
export { restorable } from './plan/restore';
export { hostPlan, type Plan } from './plan/result';
export { planDhcp } from './plan/dhcp';
export * from './plan/shim';
export { stepLine, stepWords } from './plan/step-words';

export * from './segments';

export { changeFinder, exactly } from './log/find-changes';
