import { toolboxVersion, toolboxVersionLabel } from '../../../shared/rules';

/** Name of the file system in the build context. */
export const rootfsName = 'rootfs.tar';

/** Name of the compressed file system that a package brings along. Architectures are as `uname -m` says. */
export const packedName = (architecture: string): string =>
  `toolbox-${toolboxVersion}-${architecture}.tar.gz`;

/** The search path inside: the real `ip` and `tc` first, for busybox has smaller ones of the same names. */
export const imageEnv = 'PATH=/usr/sbin:/bin';

/** Labels of the image. */
export const imageLabels = { [toolboxVersionLabel]: toolboxVersion } as const;

/**
 * The image's definition, as `build` sends it. The copy in assets/toolbox/Dockerfile is for people; a test keeps the
 * two equal.
 */
export const dockerfile = `# The toolbox of Trunkline: what it looks at and works on a host's network with.
#
# ${rootfsName} holds busybox (with all its applets as links in /bin), ip and tc of iproute2 and ndisc6 in /usr/sbin, and
# the shared libraries that they need. The console makes it of its own machine's programs, or brings it along, and needs no
# registry; to offer the image in one of your own, build this and have it pulled (it is known by its label).
FROM scratch
ADD ${rootfsName} /
ENV ${imageEnv}
LABEL ${toolboxVersionLabel}=${toolboxVersion}
CMD ["sh"]
`;
