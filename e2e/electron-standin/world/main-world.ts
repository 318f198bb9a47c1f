import { WorldBridge } from './bridge';

type Open = (url?: string | URL, name?: string, features?: string) => Window | null;

/** Runs in the page's own world before any of its scripts: receives what the preload exposes, and guards window.open. */
export function start(secret: string): void {
  if (window !== window.top) return;
  new WorldBridge(secret, 'M', 'I', (key, value) => {
    Object.defineProperty(window, key, { value, enumerable: true, writable: false, configurable: false });
  });
  const dispatch = window.dispatchEvent.bind(window);
  const open: Open = (url, frameName = '', features = '') => {
    const target = url ? new URL(url, document.baseURI).href : 'about:blank';
    dispatch(new CustomEvent(`${secret}open`, { detail: { url: target, frameName, features } }));
    return null;
  };
  window.open = open as typeof window.open;
}
