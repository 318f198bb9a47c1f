import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures/web';

/** Every card of the picture is made like every other: one of each kind is looked at instead of all of them. */
const cards = '.react-flow__node';

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
  constructor(readonly page: Page) {}

  /** Axe finds nothing within `include`, or in the whole window without its cards. */
  async finds(state: string, include?: string): Promise<void> {
    await settled(this.page);
    // Legacy: in this one window, without another page in which the results are put together.
    const axe = new AxeBuilder({ page: this.page }).setLegacyMode().options({ preload: false });
    const { violations } = await (include ? axe.include(include) : axe.exclude(cards)).analyze();
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
  }

  async close(): Promise<void> {
    await this.page.locator('.mantine-Modal-close').click();
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }
}
