export type { LabHost } from './host';
export { openLab, startLab, type Lab, type LabOptions } from './start';
