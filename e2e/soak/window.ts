import { existsSync } from 'node:fs';
import { chromium, type CDPSession, type Page } from '@playwright/test';
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
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) return null;
  const browser = await chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--disable-background-networking', '--disable-component-update', '--disable-quic'],
    ],
  });
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
