/** Version of the toolbox image that this console needs; part of its tag and its label. Rises with its contents. */
export const toolboxVersion = '1';

/** The image that the console makes itself. */
export const ownToolboxImage = `trunkline-toolbox:${toolboxVersion}`;

/** The label by which a toolbox image is known, on images of one's own and pulled ones; its value is the version. */
export const toolboxVersionLabel = 'io.trunkline.toolbox';

/** How the image gets onto engines unless the admin says otherwise. */
export const defaultToolboxSettings = { method: 'load', image: ownToolboxImage } as const;
