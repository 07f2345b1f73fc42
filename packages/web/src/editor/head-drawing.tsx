/**
 * A head in a few lines from five sides, in mm of the head frame, so that points and tapes lie on it where they lie on a
 * head: the template's own landmarks, seen straight on.
 */
import { ANCHORS, type AnchorName } from '@stipple/core/vision/anchors.ts';
import type { ComponentChildren } from 'preact';
import type { ViewName } from './views.ts';

export type Side = 'front' | 'left' | 'right' | 'back' | 'top';

export const SIDE_OF_VIEW: Readonly<Record<ViewName, Side>> = {
  front: 'front',
  bowed: 'front',
  left: 'left',
  right: 'right',
  back: 'back',
  top: 'top',
  crown: 'back',
  other: 'front',
};

const EAR_LEFT = 'M76-10C80-27 93-26 91-8 89 12 86 32 79 36 74 38 71 34 69 27';
const EAR_RIGHT = 'M-76-10C-80-27-93-26-91-8-89 12-86 32-79 36-74 38-71 34-69 27';
const SKULL = 'M-75-14C-79-70-66-132.5 0-132.5S79-70 75-14';
const PROFILE =
  'M-30 76Q-60 101-82 99-98 94-98 66-107 58-101 50-109 43-103 34L-105 27Q-121 26-116 14L-94-21Q-92-32-95-40C-98-98-50-132.5 10-132.5 74-132.5 104-92 103-43 103-24 101-10 95 1 88 32 84 46 77 61L82 112M-30 76-22 112';

const LINES: Readonly<Record<Exclude<Side, 'right'>, readonly string[]>> = {
  front: [
    `${SKULL}C73 30 62 72 30 96 14 105-14 105-30 96-62 72-73 30-75-14`,
    EAR_LEFT,
    EAR_RIGHT,
    'M17-14q13-9 27-1M-17-14q-13-9-27-1M14-37q17-8 36-2M-14-37q-17-8-36-2M4-8q2 18 8 27-6 8-12 3-6 5-12-3M-19 54q19 9 38 0',
  ],
  back: [
    `${SKULL}C72 20 62 44 47 62L53 112M-75-14C-72 20-62 44-47 62L-53 112`,
    EAR_LEFT,
    EAR_RIGHT,
    'M-46 60Q0 76 46 60',
  ],
  left: [PROFILE, 'M0-10C6-30 31-29 29-6 27 14 20 37 7 35 1 30 5 16 0 6', 'M-89-19q7-7 16 3M-94-42q8-6 20-3'],
  top: [
    'M0 95C40 95 70 52 76 5 81-50 52-103 0-103S-81-50-76 5C-70 52-40 95 0 95Z',
    'M76 3C90 1 96-12 92-23 88-30 80-27 77-18',
    'M-76 3C-90 1-96-12-92-23-88-30-80-27-77-18',
    'M-11 93 0 117 11 93',
  ],
};

/** Where the point lies in the drawing. */
export function drawnAt(side: Side, name: AnchorName): readonly [x: number, y: number] {
  const [x, y, z] = ANCHORS[name].templateMm;
  switch (side) {
    case 'front':
      return [x, -y];
    case 'back':
      return [-x, -y];
    case 'left':
      return [-z, -y];
    case 'right':
      return [z, -y];
    case 'top':
      return [x, z];
  }
}

interface HeadDrawingProps {
  readonly side: Side;
  readonly class?: string;
  /** The part that is shown, mm; the whole head when not given. */
  readonly box?: string;
  /** Drawn over the head, in the same mm. */
  readonly children?: ComponentChildren;
}

export function HeadDrawing({ side, class: name = '', box = '-130 -145 260 262', children }: HeadDrawingProps) {
  return (
    <svg class={`head-drawing ${name}`} viewBox={box} aria-hidden="true">
      <g transform={side === 'right' ? 'scale(-1 1)' : undefined}>
        {LINES[side === 'right' ? 'left' : side].map((d) => (
          <path key={d} d={d} />
        ))}
      </g>
      {children}
    </svg>
  );
}
