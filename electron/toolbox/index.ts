export { imageReference, removeImage, type ImageTarget } from './install';
export { rootfsSource, type RootfsSource } from './rootfs-source';
export * from './tasks';
export { type ProbeAnswer } from './tasks/probe/parse';
export { Toolbox, type ToolboxOptions } from './toolbox';
