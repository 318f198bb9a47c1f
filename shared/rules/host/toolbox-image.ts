/** Version of the toolbox image that this console needs; part of its tag and its label. Rises with its contents. */
export const toolboxVersion = '2';

/** The image that the console makes itself. */
export const ownToolboxImage = `trunkline-toolbox:${toolboxVersion}`;

/** Those that consoles of earlier versions made. */
export const earlierToolboxImages = ['trunkline-toolbox:1'] as const;

/** The label by which a toolbox image is known, on images of one's own and pulled ones; its value is the version. */
export const toolboxVersionLabel = 'io.trunkline.toolbox';

/** How the image gets onto engines unless the admin says otherwise. */
export const defaultToolboxSettings = { method: 'load', image: ownToolboxImage } as const;
