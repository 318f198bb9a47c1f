// What vitest's tests need beside this is in ./vitest: importing vitest here would break every other user.
export { removableVlanLab } from './down';
export type { VlanHost } from './host';
export { ensureVlanPrerequisites, missingVlanPrerequisites } from './prerequisites';
export { findVlanLabs, type VlanLabRecord } from './record';
export { removeVlanLab, removeVlanLeftovers } from './remove';
export { openVlanLab, startVlanLab, type VlanLab } from './start';
export type { CaptureLimit, Trunk } from './trunk';
