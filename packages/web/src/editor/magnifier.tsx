import type { Size, Zoomed } from './zoomed.ts';

interface MagnifierProps {
  readonly url: string;
  readonly aim: readonly [x: number, y: number];
  readonly zoomed: Zoomed;
  readonly photo: Size;
  readonly room: Size;
}

const SIDE_PX = 132;
const CLOSER = 3;
/** From the finger's tip to the glass. */
const AWAY_PX = 34;

/** What lies under the finger, three times as large, beside it: above where there is room, else to a side. */
export function Magnifier({ url, aim: [x, y], zoomed, photo, room }: MagnifierProps) {
  const scale = CLOSER * zoomed.scale;
  const half = SIDE_PX / 2;
  const isAbove = y > SIDE_PX + AWAY_PX;
  const held = (v: number, size: number): number => Math.max(0, Math.min(size - SIDE_PX, v));
  const left = isAbove
    ? held(x - half, room.width)
    : x > room.width / 2
      ? held(x - AWAY_PX - SIDE_PX, room.width)
      : held(x + AWAY_PX, room.width);
  const top = isAbove ? y - AWAY_PX - SIDE_PX : held(y - half, room.height);
  return (
    <div class="magnifier" style={{ left: `${left}px`, top: `${top}px` }} aria-hidden="true">
      <img
        src={url}
        alt=""
        style={{
          width: `${photo.width * scale}px`,
          height: `${photo.height * scale}px`,
          transform: `translate(${half - CLOSER * (x - zoomed.x)}px, ${half - CLOSER * (y - zoomed.y)}px)`,
        }}
      />
      <svg viewBox="-66 -66 132 132">
        <path d="M-30 0H-7M7 0H30M0-30V-7M0 7V30" />
      </svg>
    </div>
  );
}
