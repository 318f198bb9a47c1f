/**
 * The alias on links that are shims; by it they are found again, whoever made them. What the parent had before the shim
 * changed it follows after a space: `io.trunkline.shim arp_ignore=0`.
 */
export const shimAlias = 'io.trunkline.shim';

/** Whether a link's alias says that it is a shim. */
export const isShimAlias = (alias: string | undefined): boolean => alias?.split(' ')[0] === shimAlias;

/** The address that a shim was made for, as its alias says; undefined where it does not. */
export const addressInAlias = (alias = ''): string | undefined => / for=(\S+)/.exec(alias)?.[1];

/** The shim of a network has always the same name, within the 15 characters that Linux allows. */
export const shimName = (networkId: string): string => `tl-${networkId.slice(0, 12)}`;
