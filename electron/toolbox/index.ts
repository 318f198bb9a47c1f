export { imageReference, removeImage, type ImageTarget } from './image/install';
export { rootfsSource, type RootfsSource } from './image/rootfs-source';
export * from './tasks';
export { type Announcement } from './tasks/announce';
export { readLeaseLine, type GiveBack } from './tasks/dhcp';
export { type HeldBy } from './tasks/probe';
export { type ProbeAnswer } from './tasks/probe/parse';
export { Toolbox, type ToolboxOptions } from './toolbox';
