import { useLayoutEffect, useRef, useState } from 'react';
import type { Problem } from '../../../shared/model';
import type { EngineGroup } from '../../../shared/rules';
import { useApp } from '../../context/context';
import type { HostEntry } from '../../store/engines';
import { placeGroup, placeHost } from './arrange';

/** What is moved: a host in its group, or a whole group. */
export type Held = { kind: 'host'; id: string } | { kind: 'group'; name: string };

export const keyOfHeld = (held: Held): string =>
  held.kind === 'host' ? `host ${held.id}` : `group ${held.name}`;

const gripOf = (key: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('[data-grip]')].find((each) => each.dataset.grip === key);

interface Drag {
  held: Held;
  /** Where it would go if it was let go now: the key of what stands there. */
  over: string | null;
}

/** Moves hosts and groups, by hand and by the arrow keys. */
export function useArrange(groups: readonly EngineGroup<HostEntry>[]) {
  const { api } = useApp();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  /** The grip that keeps the focus: the browser drops it when the row goes elsewhere in the page. */
  const refocus = useRef<string | null>(null);
  useLayoutEffect(() => {
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (lost && refocus.current) gripOf(refocus.current)?.focus();
  }, [groups]);

  const indexOf = (held: Held): number =>
    held.kind === 'group'
      ? groups.findIndex((group) => group.name === held.name)
      : Math.max(...groups.map((group) => group.engines.findIndex((each) => each.id === held.id)));

  const place = (held: Held, to: number) => {
    const order = held.kind === 'host' ? placeHost(groups, held.id, to) : placeGroup(groups, held.name, to);
    if (!order) return;
    refocus.current = keyOfHeld(held);
    void api
      .invoke('engines.arrange', { order })
      .then((result) => setProblem(result.ok ? null : result.error));
  };

  const mates = (held: Held): Held[] =>
    held.kind === 'group'
      ? groups.map(({ name }) => ({ kind: 'group', name }))
      : (groups.find((group) => group.engines.some((each) => each.id === held.id))?.engines ?? []).map(
          ({ id }) => ({ kind: 'host', id }),
        );

  const drop = () => {
    if (drag?.over)
      place(drag.held, indexOf(mates(drag.held).find((each) => keyOfHeld(each) === drag.over) ?? drag.held));
    setDrag(null);
  };

  /** For the grip of one host or group. */
  const grip = (held: Held) => ({
    'data-grip': keyOfHeld(held),
    onKeyDown: (event: React.KeyboardEvent) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      place(held, indexOf(held) + by);
    },
    onPointerDown: (event: React.PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ held, over: null });
    },
    onPointerMove: (event: React.PointerEvent) => {
      if (drag) setDrag({ ...drag, over: overAt(event, mates(held)) });
    },
    onPointerUp: drop,
    onPointerCancel: () => setDrag(null),
  });
  return { grip, drag, problem };
}

/** Which of them lies under the pointer. */
function overAt({ clientX, clientY }: React.PointerEvent, mates: readonly Held[]): string | null {
  const keys = new Set(mates.map(keyOfHeld));
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const key = element instanceof HTMLElement ? element.dataset.place : undefined;
    if (key !== undefined && keys.has(key)) return key;
  }
  return null;
}
