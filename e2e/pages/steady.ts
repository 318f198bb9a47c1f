import type { Locator } from '@playwright/test';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Where something is, CSS pixels, once it stands still: views fly and dialogs grow, and a place taken on the way is where
 * nothing is later.
 */
export function steadyBox(locator: Locator): Promise<Box> {
  return locator.evaluate(async (element) => {
    const place = () => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    };
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    let last = place();
    for (let same = 0; same < 3;) {
      await frame();
      const now = place();
      same = JSON.stringify(now) === JSON.stringify(last) ? same + 1 : 0;
      last = now;
    }
    return last;
  });
}
