import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { thirdPartyNotices } from './electron/launch/licences.mjs';
import { defineConfig, type UserConfig } from 'vite';

const at = (path: string) => resolve(import.meta.dirname, path);

/** Everything that Node 20 and Electron have themselves, plus native add-ons that are optional. */
const external = [/^node:/, 'electron', 'cpu-features', /\.node$/];

/** CommonJS packages (ssh2, grpc) that land in an ES module still look for these. */
const commonJsNames = 'const __dirname = import.meta.dirname, __filename = import.meta.filename;';

const nodeBundle = (name: string, entry: string, format: 'es' | 'cjs', file: string): UserConfig => ({
  plugins: [thirdPartyNotices()],
  build: {
    ssr: at(entry),
    target: 'node20',
    outDir: at(`dist/${name}`),
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rollupOptions: {
      external,
      output: {
        format,
        entryFileNames: file,
        chunkFileNames: '[name]-[hash].js',
        ...(format === 'es' ? { banner: commonJsNames } : {}),
      },
    },
  },
  // Bundled, so that the package needs no node_modules beside it.
  ssr: { noExternal: true },
});

const renderer: UserConfig = {
  root: at('renderer'),
  base: './',
  plugins: [react(), thirdPartyNotices()],
  build: {
    outDir: at('dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    // Mantine and recharts make one large vendor chunk; it is read from disk, not from a network.
    chunkSizeWarningLimit: 2500,
  },
};

/** `vite build` makes the window, `--mode main|preload|serve|threads` the parts that run in Node or Electron. */
export default defineConfig(({ mode }) => {
  if (mode === 'main') return nodeBundle('main', 'electron/main.ts', 'es', 'main.js');
  if (mode === 'serve') return nodeBundle('serve', 'electron/serve.ts', 'es', 'serve.js');
  if (mode === 'preload') return nodeBundle('preload', 'electron/desktop/preload.ts', 'cjs', 'preload.cjs');
  if (mode === 'threads') return nodeBundle('threads', 'electron/import-thread.ts', 'cjs', 'import.cjs');
  return renderer;
});
