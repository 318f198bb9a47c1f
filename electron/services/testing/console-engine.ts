import type { Delta } from '../../../shared/model';
import { Inventory } from '../inventory/inventory';
import { EngineSession } from '../inventory/session';
import { facts, type FakeEngine } from './fake-engine';

/** A session on a fake engine, started. */
export function createConsoleEngine(
  engine: FakeEngine,
  onDelta: (delta: Delta) => void,
  report: (error: unknown) => void = () => undefined,
  onRead?: (ms: number) => void,
) {
  const inventory = new Inventory(onDelta);
  const session = new EngineSession(
    engine,
    inventory,
    () => Date.now(),
    () => undefined,
    report,
    onRead,
  );
  inventory.addEngine({
    ...facts,
    id: 'e1',
    name: facts.hostName,
    position: 0,
    endpoint: engine.endpoint,
    demo: false,
    state: 'connecting',
    since: 0,
  });
  session.start();
  return { inventory, session };
}
