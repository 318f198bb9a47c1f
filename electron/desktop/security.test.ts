import { EventEmitter } from 'node:events';
import type { App, Session, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { isAllowedExternal, secure } from './security';

type Answer = (granted: boolean) => void;
type Request = (
  contents: unknown,
  permission: string,
  answer: Answer,
  details: { requestingUrl: string },
) => void;
type Check = (contents: unknown, permission: string, origin: string) => boolean;

function secured() {
  const app = new EventEmitter();
  const openExternal = vi.fn().mockResolvedValue(undefined);
  const session = {
    setPermissionRequestHandler: vi.fn<(handler: Request) => void>(),
    setPermissionCheckHandler: vi.fn<(handler: Check) => void>(),
    setDevicePermissionHandler: vi.fn<(handler: () => boolean) => void>(),
  };
  secure(app as unknown as App, session as unknown as Session, { openExternal });
  let open: (details: { url: string }) => { action: string } = () => ({ action: 'none' });
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof open) => {
      open = handler;
    },
  });
  app.emit('web-contents-created', {}, contents as unknown as WebContents);
  const navigate = (name: string, url: string, isMainFrame = true) => {
    const event = { url, isMainFrame, preventDefault: vi.fn() };
    contents.emit(name, event);
    return event.preventDefault.mock.calls.length > 0;
  };
  return { session, openExternal, open: (url: string) => open({ url }), navigate };
}

describe('isAllowedExternal', () => {
  it.each([
    ['https://docs.docker.com/engine/network/', true],
    ['https://docs.docker.com', true],
    ['http://docs.docker.com/', false],
    ['https://docs.docker.com.evil.example/', false],
    ['https://docs.docker.com@evil.example/', false],
    ['https://evil.example/https://docs.docker.com/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('%s: %s', (url, allowed) => expect(isAllowedExternal(url)).toBe(allowed));
});

describe('secure', () => {
  it('opens no windows; listed documentation goes to the browser', () => {
    const { open, openExternal } = secured();
    expect(open('https://docs.docker.com/x')).toEqual({ action: 'deny' });
    expect(openExternal).toHaveBeenCalledExactlyOnceWith('https://docs.docker.com/x');
    expect(open('https://evil.example/')).toEqual({ action: 'deny' });
    expect(open('app://trunkline/index.html')).toEqual({ action: 'deny' });
    expect(openExternal).toHaveBeenCalledTimes(1);
  });

  it('stays on its own pages, whoever wants to leave and by whatever way', () => {
    const { navigate, openExternal } = secured();
    expect(navigate('will-navigate', 'app://trunkline/index.html')).toBe(false);
    expect(navigate('will-navigate', 'https://evil.example/')).toBe(true);
    expect(navigate('will-redirect', 'https://evil.example/')).toBe(true);
    expect(navigate('will-frame-navigate', 'https://evil.example/', false)).toBe(true);
    expect(navigate('will-attach-webview', 'app://trunkline/')).toBe(true);
    expect(openExternal).not.toHaveBeenCalled();
    expect(navigate('will-navigate', 'https://docs.docker.com/y')).toBe(true);
    expect(openExternal).toHaveBeenCalledOnce();
  });

  it('grants no permission but copying, and that to itself alone', () => {
    const { session } = secured();
    const request = session.setPermissionRequestHandler.mock.calls[0]![0];
    const check = session.setPermissionCheckHandler.mock.calls[0]![0];
    const asked = (permission: string, requestingUrl: string) => {
      const answer = vi.fn<Answer>();
      request({}, permission, answer, { requestingUrl });
      return [answer.mock.calls[0]![0], check({}, permission, requestingUrl)];
    };
    const own = 'app://trunkline/';
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'serial',
    ])
      expect(asked(permission, own)).toEqual([false, false]);
    expect(asked('clipboard-sanitized-write', own)).toEqual([true, true]);
    expect(asked('clipboard-sanitized-write', 'https://evil.example/')).toEqual([false, false]);
    expect(session.setDevicePermissionHandler.mock.calls[0]![0]()).toBe(false);
  });
});
