/**
 * Stock Chromium can't register a scheme, so `app://host/path` is served as `https://host.app.standin/path`: main
 * and its handlers see the one, Chromium the other.
 */
const known = new Set<string>();

const suffix = 'standin';
const ownScheme = /^(?!https?:|file:|data:|about:|blob:|devtools:|chrome:)([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i;

export const addScheme = (scheme: string): void => {
  known.add(scheme);
};

/** What Chromium is told for a URL of ours. */
export const toChromium = (url: string): string =>
  url.replace(ownScheme, (whole, scheme: string, host: string) =>
    known.has(scheme) ? `https://${host}.${scheme}.${suffix}` : whole,
  );

/** What main is told for a URL of Chromium's. */
export const fromChromium = (url: string): string =>
  url.replace(/^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.standin/, '$2://$1');

/** A policy that names our schemes, in Chromium's terms; `'self'` needs no change. */
export function policyToChromium(policy: string): string {
  let result = policy;
  for (const scheme of known) {
    const source = new RegExp(`(^|[\\s;])${scheme}:(//[^\\s;,/]+)?`, 'g');
    result = result.replace(source, (_whole, before: string, host?: string) => {
      return `${before}https://${host ? host.slice(2) : '*'}.${scheme}.${suffix}`;
    });
  }
  return result;
}
