// `npm run bench`: how fast, as ratios measured side by side in one run, because machines differ and drift.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchPicture } from './picture';
import { benchTick } from './tick';
import { launchBrowser, serve } from '../fixtures/web';

const containers = Number(process.argv[2] ?? 1000);
const userData = await mkdtemp(join(tmpdir(), 'trunkline-bench-'));
const served = await serve(
  ['--demo', '--demo-hosts', '5', '--demo-containers', String(containers)],
  userData,
);
const browser = await launchBrowser();
try {
  console.log(`${containers} containers on 5 simulated hosts, ${browser.version()}, software rendering\n`);
  for (const line of [...benchTick(containers), ...(await benchPicture(browser, served))]) console.log(line);
} finally {
  await browser.close();
  await served.end();
  await rm(userData, { recursive: true, force: true });
}
