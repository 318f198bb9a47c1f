import { extname, join, normalize, sep } from 'node:path';

/**
 * What the window may do, over either transport. Inline styles only, because Mantine positions by style attributes;
 * scripts come from our own files alone.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Every answer carries these, errors too. */
export const securityHeaders: Record<string, string> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Only what Vite puts into a build; source maps and anything else are not served. */
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** A file of the built window. */
export interface WindowFile {
  path: string;
  type: string;
}

/** `%2e%2e%2f` and `%5c` survive the URL parser, so the check is on the decoded path. */
function decoded(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    return path.includes('\0') || path.includes('\\') ? null : path;
  } catch {
    return null;
  }
}

/**
 * The file that a URL's path stands for.
 *
 * @param rendererDir absolute path of the built window
 * @returns null for paths that lead out of the folder and types that no build has; the file may still be missing
 */
export function resolveWindowFile(rendererDir: string, pathname: string): WindowFile | null {
  const path = decoded(pathname);
  if (path === null) return null;
  const root = normalize(rendererDir);
  const file = normalize(join(root, path === '/' || path === '' ? 'index.html' : path));
  const type = types[extname(file)];
  return type && file.startsWith(root + sep) ? { path: file, type } : null;
}
