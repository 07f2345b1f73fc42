import { HeadDrawing, type Side } from './head-drawing.tsx';
import type { FieldKind } from './measure-fields.ts';

interface Laid {
  readonly side: Side;
  /** Where the tape or the calliper lies; a calliper's ends are `ends`. */
  readonly tape: string;
  readonly ends?: string;
}

const LAID: Readonly<Record<FieldKind, Laid>> = {
  circumference: { side: 'left', tape: 'M-97-48Q-10-20 103-40' },
  sagittal: { side: 'left', tape: 'M-95-40C-98-98-50-132.5 10-132.5 74-132.5 104-92 103-43 103-24 101-10 95 1' },
  coronal: { side: 'front', tape: 'M75 0C80-70 66-132.5 0-132.5S-80-70-75 0' },
  length: { side: 'left', tape: 'M-97-42H104', ends: 'M-97-62v40M104-62v40' },
  breadth: { side: 'top', tape: 'M-78-8H78', ends: 'M-78-26v36M78-26v36' },
  height: { side: 'left', tape: 'M0-2V-132', ends: 'M-22-132h44M-22-2h44' },
  pupils: { side: 'front', tape: 'M-31-17H31', ends: 'M-31-30v26M31-30v26' },
  'bald-length': { side: 'top', tape: 'M0 66V-74', ends: 'M-16 66h32M-16-74h32' },
  'bald-width': { side: 'top', tape: 'M-58-6Q0-24 58-6', ends: 'M-58-22v32M58-22v32' },
};

/** Where the tape runs. */
export function MeasureFigure({ kind }: { readonly kind: FieldKind }) {
  const { side, tape, ends } = LAID[kind];
  return (
    <HeadDrawing side={side} class="measure-figure">
      <path class="laid-edge" d={tape} />
      <path class="laid-tape" d={tape} />
      {ends && <path class="laid-ends" d={ends} />}
    </HeadDrawing>
  );
}
