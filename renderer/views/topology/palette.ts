import type { EngineColour } from '../../../shared/model';
import { engineShades } from '../../theme/engine-colours';
import { lanColours, legible } from '../../theme/lan-colours';

/** Colours that canvas and CSS share: the canvas can't read variables while it draws. */
export interface Palette {
  canvas: string;
  surface: string;
  raised: string;
  line: string;
  lineStrong: string;
  text: string;
  dim: string;
  good: string;
  warn: string;
  accent: string;
  /** Networks that are no LAN: bridges, overlays. */
  neutral: string;
  /** One for each LAN, and after them the segments' own colours. */
  hues: readonly string[];
  /** The admin's colours of hosts. */
  engines: Readonly<Record<EngineColour, string>>;
}

export const palettes: Record<'light' | 'dark', Palette> = {
  light: {
    canvas: '#f5f7f9',
    surface: '#ffffff',
    raised: '#f8f9fb',
    line: '#e0e5ea',
    lineStrong: '#c9d1da',
    text: '#1c232c',
    dim: '#5f6a78',
    good: '#1a7646',
    warn: '#955800',
    accent: '#0f5f86',
    neutral: '#8c98a6',
    hues: lanColours.light,
    engines: engineShades.light,
  },
  dark: {
    canvas: '#0f1317',
    surface: '#14191f',
    raised: '#1a2027',
    line: '#272f39',
    lineStrong: '#3a4551',
    text: '#dde2e9',
    dim: '#8f99a7',
    good: '#4cbf85',
    warn: '#dba24a',
    accent: '#6fb6da',
    neutral: '#5f6b79',
    hues: lanColours.dark,
    engines: engineShades.dark,
  },
};

/** The palette of a theme with the colours that segments have of their own. */
export const paletteWith = (scheme: 'light' | 'dark', colours: readonly string[]): Palette => {
  const palette = palettes[scheme];
  if (colours.length === 0) return palette;
  return { ...palette, hues: [...palette.hues, ...colours.map((colour) => legible(colour, scheme))] };
};

export const hueColour = (palette: Palette, hue: number): string => palette.hues[hue] ?? palette.neutral;

/** The hues as CSS variables, `--lan-0` and so on; `--lan--1` is the neutral one. */
export const hueVariables = (palette: Palette): Record<string, string> =>
  Object.fromEntries([
    ['--lan--1', palette.neutral],
    ...palette.hues.map((colour, index) => [`--lan-${index}`, colour]),
  ]);
