/**
 * What contextBridge does, between the two JavaScript worlds of one document. They share the window as an
 * EventTarget: a CustomEvent's `detail` is structured-cloned by Blink when the other world reads it, synchronously.
 */
type Parcel =
  | { kind: 'value'; value: unknown }
  | { kind: 'function' | 'promise'; id: string }
  | { kind: 'array'; items: Parcel[] }
  | { kind: 'object'; fields: Record<string, Parcel> };

type Message =
  | { op: 'expose'; key: string; parcel: Parcel }
  | { op: 'call'; id: string; callId: string; args: Parcel[] }
  | { op: 'return'; callId: string; done: boolean; parcel: Parcel }
  | { op: 'settle'; id: string; done: boolean; parcel: Parcel };

type AnyFunction = (...args: unknown[]) => unknown;
type Settle = { resolve(value: unknown): void; reject(reason: unknown): void };

const uncloneable = () => new Error('An object could not be cloned.');

function isPlain(value: object): boolean {
  const proto: unknown = Object.getPrototypeOf(value);
  if (proto === null || proto === Object.prototype) return true;
  return Object.prototype.toString.call(value) === '[object Object]' && !(value instanceof Error);
}

export class WorldBridge {
  readonly #functions = new Map<string, AnyFunction>();
  readonly #promises = new Map<string, Settle>();
  readonly #returns = new Map<string, Extract<Message, { op: 'return' }>>();
  readonly #dispatch = window.dispatchEvent.bind(window);
  #ids = 0;

  /**
   * @param secret event names that the page can't guess
   * @param self   one letter for this world, `other` for the one across
   */
  constructor(
    readonly secret: string,
    readonly self: string,
    readonly other: string,
    readonly onExpose: (key: string, value: unknown) => void,
  ) {
    window.addEventListener(secret + self, (event) => this.#receive(event as CustomEvent), true);
  }

  /** Makes `value` appear in the other world: objects frozen, functions and promises as proxies. */
  expose(key: string, value: unknown): void {
    this.#post({ op: 'expose', key, parcel: this.#wrap(value) });
  }

  #post(detail: Message): void {
    this.#dispatch(new CustomEvent(this.secret + this.other, { detail }));
  }

  #receive(event: CustomEvent): void {
    event.stopImmediatePropagation();
    const message = event.detail as Message | null;
    // Null where Blink could not clone it: the caller finds no answer and throws.
    if (!message) return;
    switch (message.op) {
      case 'expose':
        return this.onExpose(message.key, this.#unwrap(message.parcel, true));
      case 'call':
        return this.#answer(message);
      case 'return':
        this.#returns.set(message.callId, message);
        return;
      case 'settle': {
        const promise = this.#promises.get(message.id);
        this.#promises.delete(message.id);
        return promise?.[message.done ? 'resolve' : 'reject'](this.#unwrap(message.parcel));
      }
    }
  }

  #answer({ id, callId, args }: Extract<Message, { op: 'call' }>): void {
    let parcel: Parcel;
    let done = true;
    try {
      const target = this.#functions.get(id);
      parcel = this.#wrap(target?.(...args.map((arg) => this.#unwrap(arg))));
    } catch (error) {
      done = false;
      parcel = this.#wrap(error);
    }
    this.#post({ op: 'return', callId, done, parcel });
  }

  #nextId(): string {
    return this.self + String(++this.#ids);
  }

  #wrap(value: unknown, seen = new Map<object, Parcel>()): Parcel {
    if (typeof value === 'symbol') throw uncloneable();
    if (typeof value === 'function') {
      const id = this.#nextId();
      this.#functions.set(id, value as AnyFunction);
      return { kind: 'function', id };
    }
    if (value === null || typeof value !== 'object') return { kind: 'value', value };
    if (value instanceof Promise) return this.#wrapPromise(value);
    const known = seen.get(value);
    if (known) return known;
    return this.#wrapObject(value, seen);
  }

  #wrapPromise(promise: Promise<unknown>): Parcel {
    const id = this.#nextId();
    const settle = (done: boolean, value: unknown) => {
      try {
        this.#post({ op: 'settle', id, done, parcel: this.#wrap(value) });
      } catch (error) {
        this.#post({ op: 'settle', id, done: false, parcel: this.#wrap(error) });
      }
    };
    void promise.then(
      (value) => settle(true, value),
      (reason: unknown) => settle(false, reason),
    );
    return { kind: 'promise', id };
  }

  #wrapObject(value: object, seen: Map<object, Parcel>): Parcel {
    if (Array.isArray(value)) {
      const parcel = { kind: 'array' as const, items: [] as Parcel[] };
      seen.set(value, parcel);
      for (const item of value) parcel.items.push(this.#wrap(item, seen));
      return parcel;
    }
    if (!isPlain(value)) return { kind: 'value', value };
    const parcel = { kind: 'object' as const, fields: {} as Record<string, Parcel> };
    seen.set(value, parcel);
    for (const [key, item] of Object.entries(value)) parcel.fields[key] = this.#wrap(item, seen);
    return parcel;
  }

  #unwrap(parcel: Parcel, freeze = false, seen = new Map<Parcel, unknown>()): unknown {
    if (seen.has(parcel)) return seen.get(parcel);
    switch (parcel.kind) {
      case 'value':
        return parcel.value;
      case 'function':
        return this.#proxy(parcel.id);
      case 'promise':
        return new Promise((resolve, reject) => this.#promises.set(parcel.id, { resolve, reject }));
      case 'array': {
        const array: unknown[] = [];
        seen.set(parcel, array);
        for (const item of parcel.items) array.push(this.#unwrap(item, freeze, seen));
        return freeze ? Object.freeze(array) : array;
      }
      case 'object': {
        const object: Record<string, unknown> = {};
        seen.set(parcel, object);
        for (const [key, item] of Object.entries(parcel.fields))
          object[key] = this.#unwrap(item, freeze, seen);
        return freeze ? Object.freeze(object) : object;
      }
    }
  }

  #proxy(id: string): AnyFunction {
    return (...args) => {
      const callId = this.#nextId();
      this.#post({ op: 'call', id, callId, args: args.map((arg) => this.#wrap(arg)) });
      const answer = this.#returns.get(callId);
      this.#returns.delete(callId);
      if (!answer) throw uncloneable();
      const value = this.#unwrap(answer.parcel);
      if (answer.done) return value;
      throw value;
    };
  }
}
