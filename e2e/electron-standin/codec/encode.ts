import { errorClasses, type Wire } from './wire';

const uncloneable = (): never => {
  throw new Error('An object could not be cloned.');
};

function base64(bytes: Uint8Array): string {
  let text = '';
  // In pieces: String.fromCharCode takes its bytes as arguments, and the stack is finite.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}

/** Own enumerable properties, `__proto__` included as the ordinary name it is in JSON. */
function mapFields(from: object, change: (value: unknown) => Wire): Record<string, Wire> {
  const fields: Record<string, Wire> = {};
  for (const [key, value] of Object.entries(from)) {
    Object.defineProperty(fields, key, {
      value: change(value),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return fields;
}

class Encoder {
  readonly #seen = new Map<object, number>();

  value(value: unknown): Wire {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        if (Object.is(value, -0)) return ['number', '-0'];
        return Number.isFinite(value) ? value : ['number', String(value)];
      case 'undefined':
        return ['undefined'];
      case 'bigint':
        return ['bigint', String(value)];
      case 'object':
        return value === null ? null : this.#object(value);
      default:
        return uncloneable();
    }
  }

  #object(value: object): Wire {
    const known = this.#seen.get(value);
    if (known !== undefined) return ['seen', known];
    const id = this.#seen.size;
    this.#seen.set(value, id);
    return this.#collection(id, value) ?? this.#bytes(id, value) ?? this.#rest(id, value);
  }

  #collection(id: number, value: object): Wire | undefined {
    const each = (item: unknown) => this.value(item);
    if (Array.isArray(value)) return ['array', id, Array.from(value, each)];
    if (value instanceof Map)
      return ['map', id, Array.from(value, ([key, item]): [Wire, Wire] => [each(key), each(item)])];
    if (value instanceof Set) return ['set', id, Array.from(value, each)];
    return undefined;
  }

  #bytes(id: number, value: object): Wire | undefined {
    if (value instanceof ArrayBuffer) return ['buffer', id, base64(new Uint8Array(value))];
    if (!ArrayBuffer.isView(value)) return undefined;
    // A Buffer arrives as Uint8Array, as it does in Electron.
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const name = Object.prototype.toString.call(value).slice(8, -1);
    return ['view', id, name === 'Buffer' ? 'Uint8Array' : name, base64(bytes)];
  }

  #rest(id: number, value: object): Wire {
    if (value instanceof Date) return ['date', id, Number.isNaN(value.getTime()) ? null : value.getTime()];
    if (value instanceof RegExp) return ['regexp', id, value.source, value.flags];
    if (value instanceof Error) {
      const name = Object.hasOwn(errorClasses, value.name) ? value.name : 'Error';
      const cause = 'cause' in value ? this.value(value.cause) : this.value(undefined);
      return ['error', id, name, value.message, value.stack ?? '', cause];
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean)
      return ['boxed', id, value.valueOf()];
    // Promise, WeakMap, DOM nodes and the like; an instance of a class of one's own loses its prototype.
    if (Object.prototype.toString.call(value) !== '[object Object]') return uncloneable();
    return ['object', id, mapFields(value, (item) => this.value(item))];
  }
}

/** @throws what structured clone throws, for functions, symbols, promises and the like. */
export const encode = (value: unknown): string => JSON.stringify(new Encoder().value(value));
