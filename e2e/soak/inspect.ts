import { WebSocket } from 'ws';

/** What a process holds at one moment, after a garbage collection. Bytes and counts. */
export type Sample = Record<string, number>;

interface Answer {
  id: number;
  result?: unknown;
  error?: { message: string };
}

/** Counts the listeners of a list of emitters. Runs inside of the process that is looked at. */
const countListeners = `function () {
  let count = 0;
  for (const each of this) {
    try {
      for (const name of each.eventNames()) count += each.listenerCount(name);
    } catch {}
  }
  return count;
}`;

const readProcess = `(() => {
  const { arrayBuffers, rss } = process.memoryUsage();
  const resources = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  return { arrayBuffers, rss, resources };
})()`;

/** Node's inspector of another process: looks without a hook in the product. */
export class Inspector {
  private next = 1;
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => {
      const answer = JSON.parse((data as Buffer).toString()) as Answer;
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
  }

  /** @param url as the process prints it: `ws://127.0.0.1:…` */
  static async open(url: string): Promise<Inspector> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new Inspector(socket);
  }

  /** The process after a garbage collection. */
  async sample(): Promise<Sample> {
    await this.send('HeapProfiler.collectGarbage');
    const { usedSize } = (await this.send('Runtime.getHeapUsage')) as { usedSize: number };
    const { arrayBuffers, rss, resources } = (await this.evaluate(readProcess)) as {
      arrayBuffers: number;
      rss: number;
      resources: Record<string, number>;
    };
    const count = (...names: string[]) => names.reduce((sum, name) => sum + (resources[name] ?? 0), 0);
    return {
      heap: usedSize,
      buffers: arrayBuffers,
      rss,
      sockets: count('TCPSocketWrap', 'PipeWrap', 'TLSWrap'),
      timers: count('Timeout', 'Immediate'),
      handles: Object.values(resources).reduce((sum, each) => sum + each, 0),
      listeners: await this.listeners(),
    };
  }

  close(): void {
    this.socket.close();
  }

  /** Of every EventEmitter that is alive. */
  private async listeners(): Promise<number> {
    const objectGroup = 'soak';
    const prototype = await this.send('Runtime.evaluate', {
      expression: `process.getBuiltinModule('node:events').EventEmitter.prototype`,
      objectGroup,
    });
    const { objectId } = (prototype as { result: { objectId: string } }).result;
    const found = await this.send('Runtime.queryObjects', { prototypeObjectId: objectId, objectGroup });
    const { objects } = found as { objects: { objectId: string } };
    const counted = await this.send('Runtime.callFunctionOn', {
      functionDeclaration: countListeners,
      objectId: objects.objectId,
      returnByValue: true,
    });
    await this.send('Runtime.releaseObjectGroup', { objectGroup });
    return (counted as { result: { value: number } }).result.value;
  }

  private async evaluate(expression: string): Promise<unknown> {
    const answer = await this.send('Runtime.evaluate', { expression, returnByValue: true });
    return (answer as { result: { value: unknown } }).result.value;
  }

  private send(method: string, params: object = {}): Promise<unknown> {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result),
      );
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
