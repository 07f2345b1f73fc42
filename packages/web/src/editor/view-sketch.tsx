import { HeadDrawing, SIDE_OF_VIEW } from './head-drawing.tsx';
import type { ViewName } from './views.ts';

/** The head as a view shows it, with the scalp that it is taken for dotted. */
const SCALP: Readonly<Record<ViewName, string>> = {
  front: 'M-58-72Q0-104 58-72',
  bowed: 'M-58-66Q0-100 58-66M-54-86Q0-118 54-86M-40-104Q0-126 40-104',
  left: 'M-84-74Q-60-60-48-30M-62-96Q-36-80-24-40M-30-114Q-6-90 2-50',
  right: 'M84-74Q60-60 48-30M62-96Q36-80 24-40M30-114Q6-90-2-50',
  back: 'M-56-96Q0-112 56-96M-64-68Q0-82 64-68M-64-38Q0-50 64-38',
  top: 'M-44 46Q0 74 44 46M-58 10Q0 36 58 10M-58-30Q0-8 58-30M-40-66Q0-46 40-66',
  crown: 'M0-84q14-2 14 10t-16 12-18-14 18-24 30 18-28 34',
  other: 'M10-118Q44-112 60-76M-4-96Q34-92 52-56M-8-70Q22-66 40-44',
};

export function ViewSketch({ view }: { readonly view: ViewName }) {
  return (
    <HeadDrawing side={SIDE_OF_VIEW[view]} class="view-sketch">
      <path class="head-scalp" d={SCALP[view]} />
    </HeadDrawing>
  );
}
