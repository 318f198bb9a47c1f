import type { CDPSession, Page } from '@playwright/test';
import { installedChromium } from '../electron-standin/main/find-chromium';
import { launchBrowser } from '../fixtures/web';
import type { Sample } from './inspect';

/** A browser's window on the console, as an admin leaves it open. */
export interface SoakWindow {
  page: Page;
  /** After a garbage collection. */
  sample(): Promise<Sample>;
  close(): Promise<void>;
}

/** Null where there is no Chromium. */
export async function openWindow(url: string): Promise<SoakWindow | null> {
  if (!installedChromium()) return null;
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    await page.getByTestId('topology').waitFor();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    return { page, sample: () => sampleOf(cdp), close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function sampleOf(cdp: CDPSession): Promise<Sample> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? 0;
  return { heap: usedSize, nodes: metric('Nodes'), listeners: metric('JSEventListeners') };
}
