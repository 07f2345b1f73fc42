/**
 * Picks a block up and carries it over the grid: from anywhere on it with a mouse, by its grip with a finger, so that
 * a finger anywhere else still scrolls.
 *
 * While it moves, `over` says where it would come to stand: column, minute in steps of a quarter of an hour. Letting go
 * gives that place to `onDrop`; Escape and a lost pointer give nothing.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Block, Column } from './grid-columns.ts';

export const STEP_MINUTES = 15;
/** A press that moves less than this is a press. */
const SLACK_PX = 5;

export interface Carried {
  readonly block: Block;
  readonly column: Column;
  readonly from: number;
  readonly to: number;
}

export interface GridGeometry {
  /** Column under a point, and how far below the first shown minute the point is. */
  readonly at: (clientX: number, clientY: number) => { readonly column: Column; readonly minute: number } | null;
}

interface Grab {
  readonly block: Block;
  readonly pointerId: number;
  readonly startX: number;
  readonly startY: number;
  /** Of the block under the pointer when it was picked up. */
  readonly offsetMinutes: number;
  hasMoved: boolean;
}

export function useDrag(geometry: () => GridGeometry | null, onDrop: (carried: Carried) => void) {
  const [over, setOver] = useState<Carried | null>(null);
  const grab = useRef<Grab | null>(null);
  const latest = useRef<Carried | null>(null);
  const drop = useRef(onDrop);
  drop.current = onDrop;

  const show = (carried: Carried | null): void => {
    latest.current = carried;
    setOver(carried);
  };

  useEffect(() => {
    const move = (event: PointerEvent): void => {
      const held = grab.current;
      if (!held || event.pointerId !== held.pointerId) return;
      held.hasMoved ||= Math.hypot(event.clientX - held.startX, event.clientY - held.startY) > SLACK_PX;
      if (!held.hasMoved) return;
      event.preventDefault();
      const place = geometry()?.at(event.clientX, event.clientY);
      if (!place) return;
      const length = held.block.to - held.block.from;
      const wished = Math.round((place.minute - held.offsetMinutes) / STEP_MINUTES) * STEP_MINUTES;
      const from = Math.min(Math.max(wished, 0), 1440 - length);
      show({ block: held.block, column: place.column, from, to: from + length });
    };
    const end = (event: PointerEvent): void => {
      const held = grab.current;
      if (!held || event.pointerId !== held.pointerId) return;
      grab.current = null;
      const carried = latest.current;
      show(null);
      if (event.type === 'pointerup' && held.hasMoved && carried) {
        // The press that ends a drag is no press on the block.
        window.addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
        setTimeout(() => drop.current(carried));
      }
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      grab.current = null;
      show(null);
    };
    window.addEventListener('pointermove', move, { passive: false });
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', escape);
    return () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', escape);
    };
  }, []);

  /** @param isGrip whether the pointer is on the grip; a finger picks up only there */
  const pickUp = (event: PointerEvent, block: Block, isGrip: boolean): void => {
    if (event.button !== 0 || (event.pointerType !== 'mouse' && !isGrip)) return;
    const place = geometry()?.at(event.clientX, event.clientY);
    if (!place) return;
    grab.current = {
      block,
      pointerId: event.pointerId,
      startX: event.clientX,
      startY: event.clientY,
      offsetMinutes: place.minute - block.from,
      hasMoved: false,
    };
  };

  return { over, pickUp };
}
