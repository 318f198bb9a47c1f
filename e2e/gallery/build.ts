import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

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

/** `npm run gallery`: builds it and serves it on this machine. */
if (process.argv[1] === import.meta.filename) {
  const outDir = join(import.meta.dirname, '../../test-results/gallery');
  await buildGallery(outDir);
  const { preview } = await import('vite');
  const server = await preview({
    root: outDir,
    configFile: false,
    build: { outDir },
    preview: { host: '127.0.0.1' },
  });
  server.printUrls();
}
