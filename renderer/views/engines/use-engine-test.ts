import { useEffect, useRef, useState } from 'react';
import type { EngineConnection, EngineTest, Problem } from '../../../shared/model';
import { useApp } from '../../context/context';

export type TestState =
  | { kind: 'idle' }
  | { kind: 'running' }
  | { kind: 'answered'; test: EngineTest }
  | { kind: 'failed'; problem: Problem };

/** What the admin typed while the connection was tried. Kept here alone, and no longer than the dialog is open. */
export interface Given {
  passphrase?: string;
  remember?: boolean;
}

const idle: TestState = { kind: 'idle' };

export interface EngineTrial {
  state: TestState;
  /** Tries the connection, with the passphrase that was given so far or now. */
  run(more?: Given): void;
  /** The same, once the SSH host's key with this fingerprint is accepted: the main process keeps it. */
  trust(fingerprint: string): void;
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
  const ask = (more: { trust?: string }) => {
    if (!connection) return;
    const { passphrase } = given.current;
    const turn = ++asked.current;
    setResult({ key, state: { kind: 'running' } });
    const own = { ...(engineId && { engineId }), ...(passphrase && { passphrase }), ...more };
    void api.invoke('engines.test', { connection, ...own }).then((answer) => {
      if (turn !== asked.current) return;
      const state: TestState = answer.ok
        ? { kind: 'answered', test: answer.value }
        : { kind: 'failed', problem: answer.error };
      setResult({ key, state });
    });
  };
  return {
    state: result.key === key ? result.state : idle,
    run: (more = {}) => {
      given.current = { ...given.current, ...more };
      ask({});
    },
    trust: (fingerprint) => ask({ trust: fingerprint }),
    given: () => given.current,
  };
}
