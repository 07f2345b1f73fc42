import type { PhotoPlace } from '@stipple/core/plan/plan-request.ts';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Magnifier } from './magnifier.tsx';
import { MarkShapes } from './mark-shapes.tsx';
import { handlesOf, type Handle, type MarkSession } from './mark-session.ts';
import { fitted, onScreen, placeUnder, zoomedBy, type Size, type Zoomed } from './zoomed.ts';

interface MarkCanvasProps {
  readonly url: string;
  readonly session: MarkSession;
  /** What a tap does now, for whoever does not see it. */
  readonly task: string;
  readonly onTap: (place: PhotoPlace) => void;
  readonly onMove: (handle: Handle, to: PhotoPlace, isFirst: boolean) => void;
  readonly onUndo: () => void;
  readonly onFinish: () => void;
}

type ScreenPoint = readonly [x: number, y: number];

/** A finger is as wide as this; a mouse is exact. */
const GRIP_PX = { touch: 24, other: 12 };
/** Less than this is a tap and no drag. */
const STILL_PX = 4;
const STEP_PX = 2;
const LARGE_STEP_PX = 20;
const CLOSER = 1.5;
const ARROWS: Readonly<Record<string, ScreenPoint>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Press {
  readonly id: number;
  readonly from: ScreenPoint;
  readonly handle: Handle | null;
  /** From the finger to the handle it holds. */
  readonly grip: ScreenPoint;
  isMoved: boolean;
}

/**
 * The photo to be marked. Press, aim under the magnifier, let go: the place counts where it is let go. Whatever is
 * there already can be dragged; two fingers or the wheel come closer. By keyboard, arrows move a cross and Enter taps.
 */
export function MarkCanvas({ url, session, task, onTap, onMove, onUndo, onFinish }: MarkCanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 });
  const [photo, setPhoto] = useState<Size | null>(null);
  const [zoomed, setZoomed] = useState<Zoomed | null>(null);
  /** Where the next tap would land; of the frame. */
  const [aim, setAim] = useState<ScreenPoint | null>(null);
  const press = useRef<Press | null>(null);
  const fingers = useRef(new Map<number, ScreenPoint>());

  useEffect(() => {
    const box = frame.current!;
    const watch = new ResizeObserver(() => setRoom({ width: box.clientWidth, height: box.clientHeight }));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  // Another room shows the whole photo again.
  useEffect(() => setZoomed(photo && room.width > 0 ? fitted(room, photo) : null), [photo, room]);

  const at = (event: PointerEvent | WheelEvent): ScreenPoint => {
    const { left, top } = frame.current!.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const closer = (factor: number, about: ScreenPoint, by: ScreenPoint = [0, 0]): void => {
    if (photo) setZoomed((view) => view && zoomedBy(view, factor, about, by, room, photo));
  };
  const middle: ScreenPoint = [room.width / 2, room.height / 2];

  const nearestHandle = (point: ScreenPoint, gripPx: number): Handle | null => {
    if (!zoomed) return null;
    let nearest: Handle | null = null;
    let least = gripPx;
    for (const handle of handlesOf(session)) {
      const [x, y] = onScreen(zoomed, handle.at);
      const gap = Math.hypot(point[0] - x, point[1] - y);
      if (gap < least) [nearest, least] = [handle, gap];
    }
    return nearest;
  };

  const onPointerDown = (event: PointerEvent): void => {
    if (!zoomed || !photo || (event.pointerType === 'mouse' && event.button !== 0)) return;
    frame.current!.setPointerCapture(event.pointerId);
    const point = at(event);
    fingers.current.set(event.pointerId, point);
    if (fingers.current.size > 1) {
      press.current = null;
      setAim(null);
      return;
    }
    const handle = nearestHandle(point, event.pointerType === 'touch' ? GRIP_PX.touch : GRIP_PX.other);
    const held = handle ? onScreen(zoomed, handle.at) : point;
    press.current = {
      id: event.pointerId,
      from: point,
      handle,
      grip: [held[0] - point[0], held[1] - point[1]],
      isMoved: false,
    };
    setAim(held);
  };

  const onPointerMove = (event: PointerEvent): void => {
    const point = at(event);
    const before = fingers.current.get(event.pointerId);
    if (!before || !zoomed || !photo) return;
    if (fingers.current.size > 1) {
      const other = [...fingers.current].find(([id]) => id !== event.pointerId)![1];
      const spread = (p: ScreenPoint): number => Math.max(1, Math.hypot(p[0] - other[0], p[1] - other[1]));
      const half: ScreenPoint = [(point[0] - before[0]) / 2, (point[1] - before[1]) / 2];
      closer(spread(point) / spread(before), [(before[0] + other[0]) / 2, (before[1] + other[1]) / 2], half);
      fingers.current.set(event.pointerId, point);
      return;
    }
    fingers.current.set(event.pointerId, point);
    const held = press.current;
    if (!held || held.id !== event.pointerId) return;
    const isFirst = !held.isMoved;
    if (isFirst && Math.hypot(point[0] - held.from[0], point[1] - held.from[1]) < STILL_PX) return;
    held.isMoved = true;
    const target: ScreenPoint = [point[0] + held.grip[0], point[1] + held.grip[1]];
    setAim(target);
    if (held.handle) onMove(held.handle, placeUnder(zoomed, target, photo), isFirst);
  };

  const onPointerUp = (event: PointerEvent): void => {
    fingers.current.delete(event.pointerId);
    const held = press.current;
    if (!held || held.id !== event.pointerId) return;
    press.current = null;
    setAim(null);
    if (event.type === 'pointercancel' || !zoomed || !photo || (held.handle && held.isMoved)) return;
    const isStartOfOutline = held.handle?.of.list === 'open' && held.handle.of.item === 0;
    if (isStartOfOutline) onFinish();
    else onTap(placeUnder(zoomed, at(event), photo));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!zoomed || !photo) return;
    const arrow = ARROWS[event.key];
    const point = aim ?? middle;
    if (arrow) {
      const step = event.shiftKey ? LARGE_STEP_PX : STEP_PX;
      const held = (v: number, size: number): number => Math.min(size - 1, Math.max(0, v));
      setAim([held(point[0] + step * arrow[0], room.width), held(point[1] + step * arrow[1], room.height)]);
    } else if (event.key === 'Enter' || event.key === ' ') onTap(placeUnder(zoomed, point, photo));
    else if (event.key === 'Backspace' || event.key === 'Delete') onUndo();
    else if (event.key === '+' || event.key === '=') closer(CLOSER, point);
    else if (event.key === '-') closer(1 / CLOSER, point);
    else return;
    event.preventDefault();
  };

  return (
    <div class="mark-frame">
      <div
        ref={frame}
        class="mark-canvas"
        role="application"
        tabIndex={0}
        aria-label={`The photo to mark. ${task}`}
        aria-describedby="mark-keys"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onKeyDown={onKeyDown}
        onBlur={() => setAim(null)}
        onWheel={(event) => {
          event.preventDefault();
          closer(event.deltaY < 0 ? 1.15 : 1 / 1.15, at(event));
        }}
      >
        <img
          src={url}
          alt=""
          draggable={false}
          onLoad={({ currentTarget: img }) => setPhoto({ width: img.naturalWidth, height: img.naturalHeight })}
          style={
            zoomed && photo
              ? {
                  width: `${photo.width * zoomed.scale}px`,
                  height: `${photo.height * zoomed.scale}px`,
                  transform: `translate(${zoomed.x}px, ${zoomed.y}px)`,
                }
              : { visibility: 'hidden' }
          }
        />
        {zoomed && (
          <svg class="mark-overlay" width={room.width} height={room.height} aria-hidden="true">
            <MarkShapes
              drawn={session.drawn}
              open={session.open}
              tool={session.tool}
              onScreen={(place) => onScreen(zoomed, place)}
              width={room.width}
            />
            {aim && (
              <path class="mark-aim" d={`M${aim[0] - 16} ${aim[1]}h11m10 0h11M${aim[0]} ${aim[1] - 16}v11m0 10v11`} />
            )}
          </svg>
        )}
        {aim && zoomed && photo && <Magnifier url={url} aim={aim} zoomed={zoomed} photo={photo} room={room} />}
      </div>
      <div class="mark-zoom" role="group" aria-label="Zoom">
        <button type="button" aria-label="Closer" onClick={() => closer(CLOSER, middle)}>
          +
        </button>
        <button type="button" aria-label="Farther" onClick={() => closer(1 / CLOSER, middle)}>
          −
        </button>
      </div>
      <p id="mark-keys" class="visually-hidden">
        Arrow keys move the cross, with Shift in large steps. Enter marks the place, Backspace takes the last step back,
        plus and minus come closer and go away.
      </p>
    </div>
  );
}
