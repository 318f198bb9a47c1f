import { useEffect, useRef, useState } from 'react';
import type { EngineConnection, EngineTest, Problem } from '../../../shared/model';
import { useApp } from '../../app/context';

export type TestState =
  | { kind: 'idle' }
  | { kind: 'running' }
  | { kind: 'answered'; test: EngineTest }
  | { kind: 'failed'; problem: Problem };

/** What the admin gave while the connection was tried. Kept here alone, and no longer than the dialog is open. */
export interface Given {
  /** The fingerprint that was accepted. */
  trust?: string;
  passphrase?: string;
  remember?: boolean;
}

const idle: TestState = { kind: 'idle' };

export interface EngineTrial {
  state: TestState;
  /** Tries the connection with everything given so far and this. */
  run(given?: Given): void;
  given(): Given;
}

/** Tries a connection before it is kept. Another connection begins anew: an answer to the one before tells nothing. */
export function useEngineTest(
  connection: EngineConnection | null,
  engineId: string | undefined,
): EngineTrial {
  const { api } = useApp();
  const key = JSON.stringify(connection);
  const [result, setResult] = useState<{ key: string; state: TestState }>({ key, state: idle });
  const given = useRef<Given>({});
  const asked = useRef(0);
  useEffect(() => {
    return () => {
      given.current = {};
      asked.current += 1;
    };
  }, [key]);
  const run = (more: Given = {}) => {
    if (!connection) return;
    given.current = { ...given.current, ...more };
    const { trust, passphrase } = given.current;
    const turn = ++asked.current;
    setResult({ key, state: { kind: 'running' } });
    const own = { ...(engineId && { engineId }), ...(trust && { trust }), ...(passphrase && { passphrase }) };
    void api.invoke('engines.test', { connection, ...own }).then((answer) => {
      if (turn !== asked.current) return;
      const state: TestState = answer.ok
        ? { kind: 'answered', test: answer.value }
        : { kind: 'failed', problem: answer.error };
      setResult({ key, state });
    });
  };
  return { state: result.key === key ? result.state : idle, run, given: () => given.current };
}
