import { expect, type Locator, type Page } from '@playwright/test';
import { steadyBox } from './steady';

/** The list of hosts and the form for one, as a user sees them. */
export class HostsPage {
  readonly list: Locator;
  readonly form: Locator;
  readonly save: Locator;

  constructor(readonly page: Page) {
    this.list = page.getByTestId('engines-dialog');
    this.form = page.getByTestId('engine-form');
    this.save = page.getByTestId('apply');
  }

  async open(): Promise<void> {
    await this.page.getByTestId('hosts').click();
    await expect(this.list).toBeVisible();
  }

  async close(): Promise<void> {
    // A dialog that has only just come back from its form may not listen yet.
    await expect(async () => {
      await this.page.keyboard.press('Escape');
      await expect(this.list).toBeHidden({ timeout: 1_000 });
    }).toPass();
  }

  /** The form for a new host, from the list. */
  async add(kind: 'socket' | 'tcp' | 'ssh' | 'context'): Promise<void> {
    await this.list.getByTestId('add-host').click();
    await expect(this.form).toBeVisible();
    await this.page.getByTestId(`kind-${kind}`).click();
  }

  async edit(name: string): Promise<void> {
    await this.page.getByTestId(`engine-edit-${name}`).click();
    await expect(this.form).toBeVisible();
  }

  /** Fills fields by their names in the form: `path`, `sshHost`, `group`. */
  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(fields))
      await this.page.getByTestId(`engine-${name}`).fill(text);
  }

  async saved(): Promise<void> {
    await this.save.click();
    await expect(this.list).toBeVisible();
  }

  async test(): Promise<void> {
    await this.page.getByTestId('engine-test').click();
  }

  row(name: string): Locator {
    return this.list.getByTestId(`engine-row-${name}`);
  }

  /** Of a host, or of `the group NAME`. */
  grip(name: string): Locator {
    return this.list.getByRole('button', { name: `Move ${name}`, exact: true });
  }

  async drag(grip: Locator, onto: Locator): Promise<void> {
    const [from, to] = [await steadyBox(grip), await steadyBox(onto)];
    await this.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x + 60, to.y + to.height / 2, { steps: 8 });
    await this.page.mouse.up();
  }

  /** The rows' names from the top. */
  async names(): Promise<string[]> {
    const rows = await this.list.locator('[data-testid^=engine-row-]').all();
    const ids = await Promise.all(rows.map((row) => row.getAttribute('data-testid')));
    return ids.map((id) => id?.replace('engine-row-', '') ?? '');
  }
}
