import type { ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import type { CountersSample, EngineEvent } from './engine-client';
import { engine, json, problem, silent } from './testing/test-engine';

describe('events', () => {
  const start = {
    Type: 'container',
    Action: 'start',
    Actor: { ID: 'c1', Attributes: { name: 'grüße-网络' } },
  };
  const line = Buffer.from(`${JSON.stringify(start)}\n`);

  async function subscribe(write: (response: ServerResponse) => void) {
    const { client } = await engine({
      'GET /events': (response) => {
        response.flushHeaders();
        write(response);
      },
    });
    const seen: EngineEvent[] = [];
    const ended = vi.fn<(reason: Error) => void>();
    const subscription = await client.events((event) => seen.push(event), ended);
    return { client, seen, ended, subscription };
  }

  it('are read across chunks, even inside a character, and several in one', async () => {
    const { seen, ended } = await subscribe((response) => {
      const bytes = [...Buffer.concat([line, line, line])];
      const next = () => {
        const part = bytes.splice(0, 7);
        if (part.length === 0) response.end();
        else response.write(Buffer.from(part), () => setImmediate(next));
      };
      next();
    });
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    expect(seen).toEqual(Array(3).fill({ kind: 'container', action: 'start', containerId: 'c1' }));
  });

  it('end once, with a reason, when the engine goes', async () => {
    const { ended } = await subscribe((response) => void response.write(line, () => response.destroy()));
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    expect(ended.mock.calls[0]?.[0]).toEqual(problem('engine_unreachable'));
  });

  it('end when one can’t be read: it may be lost', async () => {
    const { ended, seen } = await subscribe(
      (response) => void response.write('{"Type":\n' + line.toString()),
    );
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    expect(ended.mock.calls[0]?.[0]).toEqual(problem('engine_error'));
    expect(seen).toEqual([]);
  });

  it('say nothing more once disposed of, nor when the client is closed', async () => {
    let gone = 0;
    const count = (response: ServerResponse) => void response.on('close', () => gone++);
    const one = await subscribe(count);
    one.subscription.dispose();
    one.subscription.dispose();
    const two = await subscribe(count);
    two.client.close();
    await vi.waitFor(() => expect(gone).toBe(2));
    expect(one.ended).not.toHaveBeenCalled();
    expect(two.ended).not.toHaveBeenCalled();
  });

  it('reject when the engine refuses the subscription', async () => {
    const { client } = await engine({ 'GET /events': (response) => json(response, { message: 'no' }, 500) });
    await expect(client.events(silent, silent)).rejects.toThrow(
      problem('engine_error', { engineText: 'no' }),
    );
  });
});

describe('counters', () => {
  const frame = (rx: number) =>
    `${JSON.stringify({ read: '2026-11-22T23:02:33.5Z', networks: { eth0: { rx_bytes: rx } } })}\n`;

  it('come one by one; frames without any are passed over', async () => {
    const { client } = await engine({
      'GET /containers/c/stats': (response) => {
        response.write(frame(1).slice(0, 9));
        response.write(`${frame(1).slice(9)}{"read":"0001-01-01T00:00:00Z"}\nbroken\n${frame(2)}`);
        response.end();
      },
    });
    const samples: CountersSample[] = [];
    const ended = vi.fn();
    client.counters('c', (sample) => samples.push(sample), ended);
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    expect(samples.map((sample) => sample.interfaces[0]?.rxBytes)).toEqual([1, 2]);
  });

  it('end with the reason when there is no such container', async () => {
    const { client } = await engine({
      'GET /containers/c/stats': (response) => json(response, { message: 'No such container: c' }, 404),
    });
    const reason = await new Promise<Error>((done) => client.counters('c', silent, done));
    expect(reason).toEqual(problem('container_not_found'));
    const bad = await new Promise<Error>((done) => client.counters('', silent, done));
    expect(bad).toEqual(problem('container_not_found'));
  });

  it('stop when disposed of before the engine has answered', async () => {
    let begun = 0;
    let gone = 0;
    const { client } = await engine({
      'GET /containers/c/stats': (response) => {
        begun++;
        response.on('close', () => gone++);
        response.write(frame(1));
      },
    });
    const onSample = vi.fn();
    const onEnd = vi.fn();
    client.counters('c', onSample, onEnd).dispose();
    await vi.waitFor(() => expect([begun, gone]).toEqual([1, 1]));
    expect(onSample).not.toHaveBeenCalled();
    expect(onEnd).not.toHaveBeenCalled();
  });
});

describe('interfaceMacs', () => {
  it('asks the container', async () => {
    const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 23]);
    const { client } = await engine({
      'POST /containers/c/exec': (response) => json(response, { Id: 'x' }, 201),
      'POST /exec/x/start': (response) =>
        void response.end(Buffer.concat([head, Buffer.from('eth0 02:42:AC:11:00:02\n')])),
    });
    expect([...(await client.interfaceMacs('c'))]).toEqual([['eth0', '02:42:ac:11:00:02']]);
  });

  it('gives nothing where it can’t', async () => {
    const { client } = await engine({
      'POST /containers/c/exec': (response) => json(response, { message: 'Container c is paused' }, 409),
    });
    expect(await client.interfaceMacs('c')).toEqual(new Map());
    expect(await client.interfaceMacs('')).toEqual(new Map());
  });
});
