import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, preview } from 'vite';

/** Builds the gallery's page into a folder. It is no part of the product: `dist` never has it. */
export const buildGallery = (outDir: string) =>
  build({
    root: import.meta.dirname,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 4000 },
  });

/** Serves what was built, on this machine alone. */
export const serveGallery = (outDir: string, port?: number) =>
  preview({
    ...{ root: import.meta.dirname, configFile: false, logLevel: 'warn', build: { outDir } },
    preview: { host: '127.0.0.1', ...(port !== undefined && { port }) },
  });

/** `npm run gallery` */
if (process.argv[1] === import.meta.filename) {
  const outDir = join(import.meta.dirname, '../../test-results/gallery');
  await buildGallery(outDir);
  (await serveGallery(outDir)).printUrls();
}
