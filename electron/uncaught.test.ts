import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { catchTheRest } from './uncaught';

function net(write?: (line: string) => void) {
  const from = new EventEmitter();
  const lines: string[] = [];
  catchTheRest(write ?? ((line) => lines.push(line)), from);
  return { from, lines };
}

describe('what nobody caught', () => {
  it('is one line, from an exception as from a rejection, and nothing of it speaks to a terminal', () => {
    const { from, lines } = net();
    from.emit('uncaughtException', new Error('one\u001b]0;X\u0007\nmore of it'));
    from.emit('unhandledRejection', { odd: true });
    from.emit('unhandledRejection', undefined);
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).not.toMatch(/\p{Cc}/u);
    expect(lines[0]).toContain('one');
  });

  it('does not fill the log', () => {
    const { from, lines } = net();
    for (let count = 0; count < 1_000; count++) from.emit('uncaughtException', new Error('x'.repeat(10_000)));
    expect(lines.length).toBeLessThan(120);
    for (const line of lines) expect(line.length).toBeLessThan(1_000);
  });

  it('is lost where the log can’t be written, and ends nothing', () => {
    const { from } = net(() => {
      throw new Error('EPIPE');
    });
    expect(() => from.emit('uncaughtException', new Error('x'))).not.toThrow();
  });
});
