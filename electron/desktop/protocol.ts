import { readFile } from 'node:fs/promises';
import { securityHeaders } from '../window-files';
import { resolveAsset } from './assets';
import { scheme } from './trusted-sender';

/** The part of Electron's `protocol` that is used. */
export interface ProtocolServer {
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void;
}

/** To be registered before the app is ready; `standard` gives the scheme origins, and `'self'` a meaning. */
export const privilegedSchemes = [
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
];

const refuse = (status: number, text: string): Response =>
  new Response(text, { status, headers: { ...securityHeaders, 'content-type': 'text/plain' } });

/** Answers one request for a file of the built window. */
export async function serveAsset(rendererDir: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'method not allowed');
  const asset = resolveAsset(rendererDir, request.url);
  if (!asset) return refuse(403, 'not served');
  try {
    // Electron's fs reads inside app.asar, too.
    const body = new Uint8Array(await readFile(asset.path));
    const headers = { ...securityHeaders, 'content-type': asset.type, 'cache-control': 'no-cache' };
    return new Response(request.method === 'HEAD' ? null : body, { headers });
  } catch {
    return refuse(404, 'not found');
  }
}

/** Serves the built window at `app://trunkline/`. */
export function serveRenderer(protocol: ProtocolServer, rendererDir: string): void {
  protocol.handle(scheme, (request) => serveAsset(rendererDir, request));
}
