import type { EventEmitter } from 'node:events';

/** An event as Electron's are: listeners may stop what it announces. */
export function preventableEvent<T extends object>(details: T) {
  return {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

/** @returns true if a listener prevented it */
export function emitPreventable(emitter: EventEmitter, name: string, ...args: unknown[]): boolean {
  const event = preventableEvent({});
  emitter.emit(name, event, ...args);
  return event.defaultPrevented;
}
