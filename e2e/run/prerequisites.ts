// Installs, or names, what the tests need beyond npm packages.
import { existsSync } from 'node:fs';
import { ensurePrerequisites } from '../lab';
import { installPackages } from '../lab/packages';

/** The end-to-end tests' browser, and glyphs for the Chinese screenshots. */
const browser = {
  path: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  packages: ['chromium', 'fonts-noto-cjk'],
};

try {
  const onProgress = (line: string) => console.log(line);
  await ensurePrerequisites({ install: true, onProgress });
  if (!existsSync(browser.path)) {
    if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
      onProgress(`installing ${browser.packages.join(', ')}`);
      await installPackages(browser.packages);
    } else {
      throw new Error(
        `The end-to-end tests need Chromium at ${browser.path}; on Debian: apt-get install ${browser.packages.join(' ')}`,
      );
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
