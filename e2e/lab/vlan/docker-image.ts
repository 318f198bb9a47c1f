/** Gives an engine what `savedImage` made. @throws Error with the engine's words. */
export async function loadImage(endpoint: string, tar: Buffer): Promise<void> {
  const response = await fetch(`${endpoint.replace('tcp:', 'http:')}/images/load?quiet=1`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-tar' },
    body: new Uint8Array(tar),
    signal: AbortSignal.timeout(180_000),
  });
  const text = await response.text();
  // Failures after the first byte come in the body of a 200.
  if (!response.ok || text.includes('errorDetail'))
    throw new Error(`loading the image on ${endpoint}: ${text}`);
}
