/*
 * In its development build React takes a stack trace and makes an async task for each element, which name the element's
 * owner in a warning. That is more than a third of the processor time of the component tests, and none of them reads it.
 * A setup file: React asks for `createTask` once, when it is loaded.
 */
(console as { createTask?: unknown }).createTask = undefined;

const react = (await import('react')) as unknown as Record<string, object>;
// It counts them, and takes no more than ten thousand in a second.
Object.defineProperty(
  react['__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE'] ?? {},
  'recentlyCreatedOwnerStacks',
  { configurable: true, get: () => Infinity, set: () => undefined },
);

export {};
