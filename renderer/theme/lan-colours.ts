/** One for each LAN, told apart in both themes, and by label and line style too. The same place is the same hue. */
export const lanColours = {
  light: ['#0b7d86', '#b4570c', '#6a4fc0', '#3c7d22', '#b5306f', '#1e66b8', '#8a6a00', '#a23b34'],
  dark: ['#3bb9c4', '#e3954d', '#a590f2', '#7cc35a', '#ea7fb2', '#69adf0', '#cfae46', '#e8857b'],
} as const;

/** What a segment's colour is chosen from: a segment keeps one of these, and has the same hue's other shade in the dark. */
export const segmentSwatches: readonly string[] = lanColours.light;

type Rgb = [number, number, number];

const channels = (colour: string): Rgb => {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

/** Relative luminance as WCAG 2 defines it, 0 to 1. */
const luminance = (rgb: Rgb): number => {
  const [r, g, b] = rgb.map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const mix = (rgb: Rgb, other: number, part: number): Rgb =>
  rgb.map((each) => Math.round(each + (other - each) * part)) as Rgb;

const hex = (rgb: Rgb): string => `#${rgb.map((each) => each.toString(16).padStart(2, '0')).join('')}`;

/** Lightest on white and darkest on the dark ground that text can still be read in (4.5 : 1). */
const bounds = { light: 0.18, dark: 0.22 } as const;

/** A colour of somebody's own choice (`#rrggbb`), made as light or as dark as the theme's ground asks for. */
export function legible(colour: string, scheme: 'light' | 'dark'): string {
  const rgb = channels(colour);
  const fits = (each: Rgb) =>
    scheme === 'light' ? luminance(each) <= bounds.light : luminance(each) >= bounds.dark;
  for (let part = 0; part < 1; part += 0.05) {
    const tried = mix(rgb, scheme === 'light' ? 0 : 255, part);
    if (fits(tried)) return hex(tried);
  }
  return scheme === 'light' ? '#000000' : '#ffffff';
}

/** The colour of a hue: the theme's, or a segment's own from `more` beyond them; undefined for what is no LAN. */
export const colourOfHue = (
  hue: number,
  more: readonly string[],
  scheme: 'light' | 'dark',
): string | undefined => {
  const own = more[hue - lanColours[scheme].length];
  return lanColours[scheme][hue] ?? (own === undefined ? undefined : legible(own, scheme));
};
