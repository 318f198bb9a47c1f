export { imageReference, removeImage, type ImageTarget } from './install';
export { type ProbeAnswer } from './parse-probe';
export { rootfsSource, type RootfsSource } from './rootfs-source';
export { Toolbox, type ToolboxOptions } from './toolbox';
