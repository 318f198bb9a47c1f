import { expect, type Locator, type Page } from '@playwright/test';
import { steadyBox } from './steady';

/** The window as a user sees it, for specs: names of things instead of selectors. */
export class ConsolePage {
  readonly topology: Locator;
  readonly table: Locator;
  readonly inspector: Locator;
  readonly dialog: Locator;
  readonly addressField: Locator;
  readonly apply: Locator;

  constructor(readonly page: Page) {
    this.topology = page.getByTestId('topology');
    this.table = page.getByTestId('table');
    this.inspector = page.getByTestId('inspector');
    this.dialog = page.getByTestId('change-dialog');
    this.addressField = page.getByTestId('address-field');
    this.apply = page.getByTestId('apply');
  }

  container(name: string): Locator {
    return this.page.getByTestId(`container-${name}`);
  }
  network(host: string, name: string): Locator {
    return this.page.getByTestId(`network-${host}-${name}`);
  }
  host(name: string): Locator {
    return this.page.getByTestId(`host-${name}`);
  }
  /** Drawn on the canvas, and told to assistive technology by this. */
  edge(container: string, network: string): Locator {
    return this.page.getByTestId(`edge-${container}-${network}`);
  }
  row(container: string, network: string): Locator {
    return this.page.getByTestId(`row-${container}-${network}`);
  }

  /** Waits until what would be done stands there to be read: pressed sooner, Apply shows it first. */
  async planShown(): Promise<void> {
    await expect(this.apply).toBeEnabled();
    await expect(this.apply).not.toHaveAttribute('aria-busy', 'true');
  }

  /** Waits until the picture shows something, at a zoom at which cards are real elements. */
  async ready(firstContainer: string): Promise<void> {
    await expect(this.topology).toBeVisible();
    await this.zoomTo(firstContainer);
  }

  /** As a user finds something: by searching for it. */
  async zoomTo(text: string): Promise<void> {
    await this.page.keyboard.press('/');
    await this.page.getByTestId('search').fill(text);
    // Its host may not have told of it yet.
    await expect(
      this.page.getByTestId('search-results').getByText(text, { exact: true }).first(),
    ).toBeVisible();
    await this.page.keyboard.press('Enter');
    await expect(this.inspector.getByRole('heading', { level: 2 })).toHaveText(text);
    await expect(this.container(text)).toBeVisible();
    await this.page.getByTestId('search').fill('');
    await this.page.keyboard.press('Escape');
  }

  /** Goes on by Tab until something has the focus, as one without a mouse does. */
  async tabTo(target: Locator): Promise<void> {
    for (let pressed = 0; pressed < 40; pressed++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${target.toString()}`);
  }

  /** Drags with the mouse, in steps, as a hand does; gives back before letting go. */
  async dragTo(from: Locator, to: Locator): Promise<void> {
    const start = await centre(from);
    const end = await centre(to);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(start.x + 8, start.y + 8, { steps: 3 });
    await this.page.mouse.move(end.x, end.y, { steps: 12 });
  }

  async drop(): Promise<void> {
    await this.page.mouse.up();
  }
}

async function centre(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await steadyBox(locator);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
