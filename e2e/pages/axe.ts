import { createRequire } from 'node:module';
import type { Locator, Page } from '@playwright/test';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import { expect } from '../fixtures/web';

/** Every card of the picture is made like every other: one of each kind is looked at instead of all of them. */
const cards = '.react-flow__node';

/** That part of axe-core which is used within the window. */
interface AxeInWindow {
  run(context: ElementContext, options: RunOptions): Promise<AxeResults>;
}

/** Nothing may be half faded in, as its contrast is another one until it is there. Some turn for ever. */
const settled = (page: Page) =>
  page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
        .map((each) => each.finished.catch(() => undefined)),
    ),
  );

/** Looks at one state of the window after another, and goes on when something is found. */
export class Axe {
  private constructor(readonly page: Page) {}

  /** @param page not yet gone to its window: axe is in it from its start, as bringing it for each state takes longer than it looks. */
  static async on(page: Page): Promise<Axe> {
    await page.addInitScript({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
    return new Axe(page);
  }

  /** Axe finds nothing within `include`, or in the whole window without its cards. */
  async finds(state: string, include?: string): Promise<void> {
    await settled(this.page);
    const violations = await this.page.evaluate(
      async ({ within, without }) => {
        const { axe } = globalThis as unknown as { axe: AxeInWindow };
        return (
          await axe.run(
            { include: within, exclude: without },
            { preload: false, resultTypes: ['violations'] },
          )
        ).violations;
      },
      include ? { within: [include], without: [] } : { within: ['html'], without: [cards] },
    );
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, any, all, none }) => {
        const [why] = [...any, ...all, ...none];
        return `${id}: ${target.join(' ')}: ${why?.message ?? ''}`;
      }),
    );
    expect.soft(found, state).toEqual([]);
  }

  /** Cards of one kind in the picture. */
  cards(kind: string, which = ''): Locator {
    return this.page.locator(`${cards} [data-testid^=${kind}-]${which}`);
  }

  /** The first card of its kind that is `which`, by itself. */
  async card(kind: string, which: string): Promise<void> {
    const one = this.cards(kind, which).first();
    await expect(one).toBeVisible();
    const name = (await one.getAttribute('data-testid')) ?? '';
    await this.finds(`card ${name} ${which}`, `[data-testid="${name}"]`);
  }

  /** The dialog that is open. */
  async dialog(state: string): Promise<void> {
    await expect(this.page.getByRole('dialog').first()).toBeVisible();
    await this.finds(state, '[role=dialog]');
  }

  /** The menu that is open; it is closed after. */
  async menu(state: string): Promise<void> {
    await expect(this.page.getByRole('menu')).toBeVisible();
    await this.finds(state, '[role=menu]');
    await this.page.keyboard.press('Escape');
    await expect(this.page.getByRole('menu')).toHaveCount(0);
    // The pointer is still over the button: its tooltip belongs to none of the states.
    await this.page.mouse.move(0, 0);
    await expect(this.page.getByRole('tooltip')).toHaveCount(0);
  }

  async close(): Promise<void> {
    await this.page.locator('.mantine-Modal-close').click();
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }
}
