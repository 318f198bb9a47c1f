import type { EngineColour } from '../../shared/model';

/** How the admin's colours of hosts look; on both grounds at least 3 : 1, as stripes and dots are no text. */
export const engineShades: Record<'light' | 'dark', Record<EngineColour, string>> = {
  light: {
    teal: '#0b7d86',
    blue: '#1e66b8',
    violet: '#6a4fc0',
    pink: '#b5306f',
    orange: '#c4620f',
    green: '#3c7d22',
    grey: '#7b8694',
  },
  dark: {
    teal: '#3bb9c4',
    blue: '#69adf0',
    violet: '#a590f2',
    pink: '#ea7fb2',
    orange: '#e3954d',
    green: '#7cc35a',
    grey: '#8c96a4',
  },
};

/** The same as CSS variables, `--engine-teal` and so on. */
export const engineVariables = (scheme: 'light' | 'dark'): Record<string, string> =>
  Object.fromEntries(
    Object.entries(engineShades[scheme]).map(([name, shade]) => [`--engine-${name}`, shade]),
  );

/** The variable of a host's colour; nothing where the admin gave none. */
export const engineColour = (colour: EngineColour | undefined): string | undefined =>
  colour && `var(--engine-${colour})`;
