export { imageReference, removeImage, type ImageTarget } from './install';
export { rootfsSource, type RootfsSource } from './rootfs-source';
export { Toolbox, type ToolboxOptions } from './toolbox';
