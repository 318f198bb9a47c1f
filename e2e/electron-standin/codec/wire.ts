/**
 * Structured clone as JSON text. Plain JSON values stand for themselves; all else is an array that begins with a tag.
 * Objects carry the order in which they were met, so that shared references and cycles survive.
 */
export type Wire = null | boolean | string | number | WireTagged;

export type WireTagged =
  | ['undefined']
  | ['number', string]
  | ['bigint', string]
  | ['seen', number]
  | ['array', number, Wire[]]
  | ['date', number, number | null]
  | ['regexp', number, string, string]
  | ['map', number, [Wire, Wire][]]
  | ['set', number, Wire[]]
  | ['error', number, string, string, string, Wire]
  | ['buffer', number, string]
  | ['view', number, string, string]
  | ['boxed', number, string | number | boolean]
  | ['object', number, Record<string, Wire>];

/** The error classes that survive a structured clone; any other arrives as a plain Error. */
export const errorClasses: Record<string, ErrorConstructor> = {
  Error,
  TypeError,
  RangeError,
  SyntaxError,
  ReferenceError,
  EvalError,
  URIError,
};
