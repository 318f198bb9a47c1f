import { expect, it } from 'vitest';
import { themeFor } from './theme';

it('gives toasts of several lines room above and below', () => {
  const { Notification } = themeFor({ close: 'Close' }).components ?? {};
  expect(Notification?.styles).toMatchObject({
    root: { alignItems: 'flex-start', paddingBlock: 'var(--mantine-spacing-md)' },
  });
  expect(Notification?.defaultProps).toMatchObject({ withBorder: true });
});
