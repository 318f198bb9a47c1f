import {
  createTheme,
  mergeThemeOverrides,
  rem,
  type CSSVariablesResolver,
  type MantineThemeOverride,
} from '@mantine/core';
import { engineVariables } from './engine-colours';
import { dark, gray, line } from './palette';

const sans = [
  '"Inter Variable"',
  'system-ui',
  '-apple-system',
  '"Segoe UI"',
  'Roboto',
  '"PingFang SC"',
  '"Microsoft YaHei"',
  '"Noto Sans CJK SC"',
  '"Noto Sans SC"',
  'sans-serif',
].join(', ');

const mono = [
  '"JetBrains Mono Variable"',
  'ui-monospace',
  '"SF Mono"',
  '"Cascadia Mono"',
  'Menlo',
  'Consolas',
  '"DejaVu Sans Mono"',
  '"Noto Sans CJK SC"',
  'monospace',
].join(', ');

const small = { defaultProps: { size: 'xs' } } as const;

/** One type scale (11 to 20 px), one spacing scale (4 to 24 px), small radii: a tool, not a brochure. */
const theme = createTheme({
  colors: { line, gray, dark },
  primaryColor: 'line',
  primaryShade: { light: 7, dark: 5 },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  headings: { fontFamily: sans, fontWeight: '600' },
  fontSizes: { xxs: rem(11), xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(20) },
  lineHeights: { xxs: '1.4', xs: '1.45', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xxs: rem(2), xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  radius: { xs: rem(3), sm: rem(4), md: rem(6), lg: rem(8), xl: rem(12) },
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Text: { defaultProps: { size: 'sm' } },
    // By its name: the colour of a button's ground is not the one of lines and words (see `variables`).
    Button: { defaultProps: { size: 'xs', color: 'line' }, styles: { label: { fontWeight: 500 } } },
    TextInput: small,
    NumberInput: small,
    Select: small,
    TagsInput: small,
    Autocomplete: small,
    Textarea: small,
    SegmentedControl: small,
    Checkbox: small,
    Switch: small,
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, transitionProps: { duration: 80 } } },
    Menu: {
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 80 },
        position: 'bottom-end',
        // The focus goes to the first entry: what Mantine puts before it is no part of a menu.
        withInitialFocusPlaceholder: false,
      },
    },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 100 },
        overlayProps: { backgroundOpacity: 0.35 },
        padding: 'lg',
        // A `header` outside of the page's parts is the page's banner, and there is one already.
        attributes: { header: { role: 'presentation' } },
      },
      styles: {
        title: { fontSize: 'var(--mantine-font-size-md)', fontWeight: 600 },
        // What the focus goes to is not under the buttons that stay at the bottom.
        content: { border: '1px solid var(--tl-line-strong)', scrollPaddingBottom: 72 },
      },
    },
    Notification: {
      defaultProps: { withBorder: true, radius: 'md' },
      // The mark stays with the title where the text has several lines.
      styles: {
        root: { alignItems: 'flex-start', paddingBlock: 'var(--mantine-spacing-md)' },
      },
    },
    InputWrapper: {
      styles: {
        description: { fontSize: 'var(--mantine-font-size-xxs)' },
        error: { fontSize: 'var(--mantine-font-size-xs)' },
      },
    },
    Badge: { defaultProps: { variant: 'default', radius: 'sm', size: 'sm' } },
  },
});

/** The theme with the words that Mantine's own parts need: a cross has no name by itself. */
export function themeFor({ close }: { close: string }): MantineThemeOverride {
  const named = { defaultProps: { closeButtonProps: { 'aria-label': close } } };
  return mergeThemeOverrides(theme, { components: { Modal: named, Notification: named } });
}

/** What Mantine's own palette leaves too faint to read (under 4.5 : 1), the same in both themes. */
const legible = {
  '--mantine-color-red-6': 'var(--tl-bad)',
  '--mantine-color-red-filled': '#c6323a',
  '--mantine-color-red-filled-hover': '#ac2930',
  '--mantine-color-error': 'var(--tl-bad)',
  '--mantine-color-placeholder': 'var(--mantine-color-dimmed)',
};

/** Our surfaces, told to Mantine's own variables so that every component sits on them. */
export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--tl-rx': 'var(--mantine-color-line-6)',
    '--tl-tx': '#b4570c',
    '--tl-good': '#1a7646',
    '--tl-warn': '#955800',
    '--tl-bad': '#c6323a',
  },
  light: {
    ...engineVariables('light'),
    ...legible,
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1c232c',
    '--mantine-color-dimmed': '#5f6a78',
    '--mantine-color-default-border': '#dfe3e9',
    '--tl-canvas': '#f5f7f9',
    '--tl-surface': '#ffffff',
    '--tl-raised': '#f8f9fb',
    '--tl-hover': '#eff3f6',
    '--tl-selected': '#e3f0f8',
    '--tl-line': '#e3e7ec',
    '--tl-line-strong': '#cfd6de',
  },
  dark: {
    ...engineVariables('dark'),
    ...legible,
    '--mantine-color-body': '#14191f',
    '--mantine-color-text': '#dde2e9',
    '--mantine-color-dimmed': '#8f99a7',
    '--mantine-color-default-border': '#2c343e',
    '--tl-canvas': '#0f1317',
    '--tl-surface': '#14191f',
    '--tl-raised': '#1a2027',
    '--tl-hover': '#1e252d',
    '--tl-selected': '#173041',
    '--tl-line': '#262d36',
    '--tl-line-strong': '#38424e',
    // Darker where white words lie on it than where it is a line or a word on the dark ground itself.
    '--mantine-color-line-filled': 'var(--mantine-color-line-6)',
    '--mantine-color-line-filled-hover': 'var(--mantine-color-line-7)',
    '--mantine-primary-color-filled': 'var(--mantine-color-line-4)',
    '--mantine-color-line-light': 'rgba(67, 157, 203, 0.16)',
    '--mantine-color-line-light-hover': 'rgba(67, 157, 203, 0.24)',
    '--mantine-color-line-light-color': 'var(--mantine-color-line-2)',
    '--tl-rx': 'var(--mantine-color-line-4)',
    '--tl-tx': '#e0954f',
    '--tl-good': '#4cbf85',
    '--tl-warn': '#dba24a',
    '--tl-bad': '#ef6b70',
  },
});
