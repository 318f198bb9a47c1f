import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DemoEngine } from '../engine/engine';
import type { Execs } from '../engine/exec';
import type { Ticker } from '../stats/ticker';

/** One request with everything that a handler may need. */
export interface Call {
  engine: DemoEngine;
  execs: Execs;
  ticker: Ticker;
  query: URLSearchParams;
  /** The path's variable parts, decoded, in order. */
  params: string[];
  request: IncomingMessage;
  response: ServerResponse;
}

export type Handler = (call: Call) => void | Promise<void>;

interface Route {
  method: string;
  pattern: RegExp;
  handler: Handler;
}

/** Finds the handler by method and path; `{}` in a path stands for one variable part. */
export class Router {
  private readonly routes: Route[] = [];

  on(method: string, path: string, handler: Handler): this {
    const pattern = new RegExp(`^${path.replaceAll('{}', '([^/]+)')}$`);
    this.routes.push({ method, pattern, handler });
    return this;
  }

  match(method: string, path: string): { handler: Handler; params: string[] } | null {
    for (const { method: verb, pattern, handler } of this.routes) {
      const found = verb === method ? pattern.exec(path) : null;
      if (found) return { handler, params: found.slice(1).map(decodeURIComponent) };
    }
    return null;
  }
}

/** Go's reading of a boolean query value: anything but these is true. */
export const isTrue = (value: string | null): boolean =>
  value !== null && !['', '0', 'no', 'false', 'none'].includes(value.trim().toLowerCase());
