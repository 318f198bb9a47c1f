import type { UserEvent } from '@testing-library/user-event';

/**
 * Writes into a field at once, as by pasting, at the end of what it holds. Each key that is typed draws the window anew,
 * which takes most of a test's time: typed is where the keys in between are what is tested, or the field's own way.
 */
export async function fill(user: UserEvent, field: HTMLElement, text: string): Promise<void> {
  await user.click(field);
  await user.paste(text);
}
