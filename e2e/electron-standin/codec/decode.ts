import { errorClasses, type Wire, type WireTagged } from './wire';

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

type ViewClass = new (buffer: ArrayBuffer) => ArrayBufferView;

class Decoder {
  readonly #made: unknown[] = [];

  value(wire: Wire): unknown {
    return Array.isArray(wire) ? this.#tagged(wire) : wire;
  }

  /** Registered before its contents are read: they may refer back to it. */
  #keep<T>(id: number, made: T): T {
    this.#made[id] = made;
    return made;
  }

  #tagged(wire: WireTagged): unknown {
    switch (wire[0]) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(wire[1]);
      case 'bigint':
        return BigInt(wire[1]);
      case 'seen':
        return this.#made[wire[1]];
      case 'date':
        return this.#keep(wire[1], new Date(wire[2] ?? NaN));
      case 'regexp':
        return this.#keep(wire[1], new RegExp(wire[2], wire[3]));
      case 'boxed':
        return this.#keep(wire[1], Object(wire[2]));
      case 'buffer':
        return this.#keep(wire[1], bytesOf(wire[2]).buffer);
      case 'view':
        return this.#keep(wire[1], this.#view(wire[2], bytesOf(wire[3])));
      default:
        return this.#container(wire);
    }
  }

  #view(name: string, bytes: Uint8Array<ArrayBuffer>): ArrayBufferView {
    if (name === 'Uint8Array') return bytes;
    const View = (globalThis as unknown as Record<string, ViewClass>)[name] ?? DataView;
    return new View(bytes.buffer);
  }

  #container(
    wire: Extract<WireTagged, ['array' | 'map' | 'set' | 'object' | 'error', ...unknown[]]>,
  ): unknown {
    switch (wire[0]) {
      case 'array': {
        const array: unknown[] = this.#keep(wire[1], []);
        for (const item of wire[2]) array.push(this.value(item));
        return array;
      }
      case 'map': {
        const map = this.#keep(wire[1], new Map<unknown, unknown>());
        for (const [key, item] of wire[2]) map.set(this.value(key), this.value(item));
        return map;
      }
      case 'set': {
        const set = this.#keep(wire[1], new Set<unknown>());
        for (const item of wire[2]) set.add(this.value(item));
        return set;
      }
      case 'object':
        return this.#object(wire[1], wire[2]);
      case 'error':
        return this.#error(wire);
    }
  }

  #object(id: number, fields: Record<string, Wire>): object {
    const object = this.#keep(id, {});
    for (const [key, item] of Object.entries(fields)) {
      const value = this.value(item);
      Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
    }
    return object;
  }

  #error([, id, name, message, stack, cause]: Extract<WireTagged, ['error', ...unknown[]]>): Error {
    const error = this.#keep(id, new (errorClasses[name] ?? Error)(message));
    error.stack = stack;
    const reason = this.value(cause);
    if (reason !== undefined) error.cause = reason;
    return error;
  }
}

/** The value that `encode` was given, as a structured clone of it. */
export const decode = (text: string): unknown => new Decoder().value(JSON.parse(text) as Wire);
