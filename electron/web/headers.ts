import type { FastifyHelmetOptions } from '@fastify/helmet';
import { contentSecurityPolicy } from '../window-files';

/** A year, as browsers' own lists ask for. Seconds. */
const hstsSeconds = 31_536_000;

/** The policy's text as helmet takes it: `script-src 'self'; …` → `{script-src: ["'self'"], …}`. */
const directives = Object.fromEntries(
  contentSecurityPolicy.split('; ').map((each) => {
    const [name = '', ...values] = each.split(' ');
    return [name, values];
  }),
);

/** Every answer carries these headers, errors too; behind TLS a browser comes back by TLS alone. */
export const helmetOptions = (secure: boolean): FastifyHelmetOptions => ({
  contentSecurityPolicy: { useDefaults: false, directives },
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  strictTransportSecurity: secure ? { maxAge: hstsSeconds, includeSubDomains: false } : false,
});
