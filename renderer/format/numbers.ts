const cache = new Map<string, Intl.NumberFormat>();

/** A formatter made once per language and options: making one costs more than using it a thousand times. */
export function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language}|${JSON.stringify(options)}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(language, options);
  cache.set(key, made);
  return made;
}

/** Three digits that matter: `4.71`, `47.1`, `471`. */
export const significant = (value: number, language: string): string => {
  const size = Math.abs(value);
  const digits = size >= 99.95 || size === 0 ? 0 : size >= 9.995 ? 1 : 2;
  return numberFormat(language, { maximumFractionDigits: digits, minimumFractionDigits: 0 }).format(value);
};

export const integer = (value: number, language: string): string =>
  numberFormat(language, { maximumFractionDigits: 0 }).format(value);

/** A part of a whole, 0 to 1, as a percentage; what is there at all is never none: `< 0.1%`. */
export const formatShare = (part: number, language: string): string => {
  const percent = (value: number) =>
    numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  return part > 0 && part < 0.001 ? `< ${percent(0.001)}` : percent(part);
};

interface Scale {
  base: number;
  units: readonly string[];
}

/** The largest unit in which the value is at least one, after rounding: 999,950 bit/s is `1 Mbit/s`. */
export function scaled(value: number, { base, units }: Scale, language: string): string {
  let rest = value;
  let unit = 0;
  while (unit < units.length - 1 && Math.abs(rest) >= base * 0.9995) {
    rest /= base;
    unit += 1;
  }
  return `${unit === 0 ? integer(rest, language) : significant(rest, language)} ${units[unit] ?? ''}`;
}
