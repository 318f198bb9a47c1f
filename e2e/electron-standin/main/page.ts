import { bindingName, isolatedWorldName } from '../world/messages';
import type { Cdp, EventName, Events } from './cdp';
import { cdp } from './registry';
import type { Protocol } from './protocol-types';

type Method = Parameters<Cdp['send']>[0];

/** One Chromium page and our session with it. */
export class Page {
  private constructor(
    readonly targetId: string,
    readonly sessionId: string,
  ) {}

  static async attach(targetId: string): Promise<Page> {
    const { sessionId } = await cdp().send('Target.attachToTarget', { targetId, flatten: true });
    return new Page(targetId, sessionId);
  }

  send<M extends Method>(
    method: M,
    params: Protocol.CommandParameters[M],
  ): Promise<Protocol.CommandReturnValues[M]> {
    return cdp().send(method, params, this.sessionId);
  }

  on<N extends EventName>(name: N, listener: (params: Events[N]) => void): void {
    cdp().on(name, listener, this.sessionId);
  }

  /** Starts the events, stops every request for us to look at, and gives each new document its two scripts. */
  async prepare(scripts: { mainWorld: string; isolatedWorld: string }): Promise<void> {
    const patterns = (['Request', 'Response'] as const).map((requestStage) => ({
      urlPattern: '*',
      requestStage,
    }));
    await Promise.all([
      this.send('Page.enable', {}),
      this.send('Runtime.enable', {}),
      this.send('Inspector.enable', {}),
      this.send('Fetch.enable', { patterns }),
      this.send('Runtime.addBinding', { name: bindingName, executionContextName: isolatedWorldName }),
      this.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.mainWorld }),
      this.send('Page.addScriptToEvaluateOnNewDocument', {
        source: scripts.isolatedWorld,
        worldName: isolatedWorldName,
      }),
      // Popups of this page show up as targets of their own.
      this.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }),
    ]);
  }
}
