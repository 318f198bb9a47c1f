/** A refusal as the engine words it: the HTTP status and the `message` of its JSON answer. */
export class EngineError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'EngineError';
    this.status = status;
  }
}

/** The parent can't be used: found out once the endpoint is made, so that engines up to v28 keep that. */
export class ParentError extends EngineError {
  constructor(message: string) {
    super(500, message);
  }
}

export const badRequest = (message: string): EngineError => new EngineError(400, message);
export const forbidden = (message: string): EngineError => new EngineError(403, message);
export const notFound = (message: string): EngineError => new EngineError(404, message);
export const conflict = (message: string): EngineError => new EngineError(409, message);
export const systemError = (message: string): EngineError => new EngineError(500, message);
