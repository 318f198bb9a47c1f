/** Waits until `check` gives something true. @throws Error naming `what` after `timeout` milliseconds. */
export async function until<T>(
  what: string,
  check: () => T | Promise<T>,
  timeout = 120_000,
): Promise<NonNullable<T>> {
  const end = performance.now() + timeout;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (performance.now() > end) throw new Error(`waited ${timeout / 1000} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The same, blocking, for exit handlers. Gives whether it came true in time. */
export function untilSync(check: () => boolean, timeout: number): boolean {
  const end = performance.now() + timeout;
  while (!check()) {
    if (performance.now() > end) return false;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  return true;
}
