import { resolveWindowFile, type WindowFile } from '../window-files';
import { isOwnUrl } from './trusted-sender';

/** The file that an address of our own protocol stands for; null for foreign hosts and what is not served. */
export const resolveAsset = (rendererDir: string, url: string): WindowFile | null =>
  isOwnUrl(url) ? resolveWindowFile(rendererDir, new URL(url).pathname) : null;
