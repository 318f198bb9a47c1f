import { createHash } from 'node:crypto';

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif;--line:#c9cfd6;--text:#1a2027;--page:#f4f6f8;--card:#fff;--accent:#0b7285;--bad:#b42318}
@media (prefers-color-scheme:dark){:root{--line:#39424d;--text:#e6eaee;--page:#12161b;--card:#1a2027;--accent:#3bc9db;--bad:#ff8a80}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--page);color:var(--text)}
main{width:min(22rem,calc(100vw - 4rem));padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:10px}
h1{margin:0 0 .25rem;font-size:1.25rem}p{margin:0 0 1.25rem}
label{display:block;font-weight:600;margin-bottom:.35rem}
input,button{box-sizing:border-box;width:100%;font:inherit;padding:.55rem .7rem;border-radius:6px;border:1px solid var(--line);background:transparent;color:inherit}
button{margin-top:1rem;border-color:var(--accent);background:var(--accent);color:var(--card);font-weight:600;cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
[role=alert]{color:var(--bad);font-weight:600}`;

/** The page's own policy: no script at all, this one style, and a form that speaks to us alone. */
export const signInHeaders: Record<string, string> = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  // With no-referrer a browser would send “Origin: null” with the form, which we take for a stranger's.
  'referrer-policy': 'same-origin',
};

const texts = {
  en: {
    language: 'en',
    title: 'Sign in',
    lead: 'Trunkline on this host asks for its password.',
    label: 'Password',
    button: 'Sign in',
    wrong: 'That is not the password.',
    wait: (seconds: number) => `Too many tries. Wait ${seconds} s, then try again.`,
  },
  'zh-CN': {
    language: 'zh-CN',
    title: '登录',
    lead: '此主机上的 Trunkline 需要密码。',
    label: '密码',
    button: '登录',
    wrong: '密码不正确。',
    wait: (seconds: number) => `尝试次数过多。请等待 ${seconds} 秒后再试。`,
  },
};

/** What went wrong with the last try: a wrong password, or a wait in seconds. */
export type SignInFailure = 'wrong' | number | null;

/** The sign-in page, in the first of our languages that the browser asks for. Nothing of the request goes into it. */
export function signInPage(acceptLanguage: string, failure: SignInFailure): string {
  const first = /\b(zh|en)\b/i.exec(acceptLanguage)?.[1]?.toLowerCase();
  const t = texts[first === 'zh' ? 'zh-CN' : 'en'];
  const alert =
    failure === null ? '' : `<p role="alert">${failure === 'wrong' ? t.wrong : t.wait(failure)}</p>`;
  return `<!doctype html><html lang="${t.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Trunkline – ${t.title}</title><style>${style}</style>
<main><h1>Trunkline</h1><p>${t.lead}</p>${alert}<form method="post" action="/sign-in"><label for="password">${t.label}</label><input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required autofocus><button>${t.button}</button></form></main></html>
`;
}
