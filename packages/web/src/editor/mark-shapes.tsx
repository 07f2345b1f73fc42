import type { PhotoPlace } from '@stipple/core/plan/plan-request.ts';
import type { DrawnOnPhoto } from '../workers/plan-messages.ts';
import { placesOfMark, readingNumber, type Tool } from './mark-session.ts';
import { POINT_WORDS } from './views.ts';

interface MarkShapesProps {
  readonly drawn: DrawnOnPhoto;
  readonly open: readonly PhotoPlace[];
  readonly tool: Tool;
  /** Where a place of the photo lies on the screen, px. */
  readonly onScreen: (place: PhotoPlace) => readonly [x: number, y: number];
  /** Of the frame, px. */
  readonly width: number;
}

/** A name this near to the right edge stands to the left of its point. */
const NAME_PX = 150;
/** In a narrower frame names would lie on each other: only the one that is asked for is written. */
const ROOM_FOR_NAMES_PX = 600;

/** What is drawn so far, in screen pixels, so that lines and handles stay as thick at every zoom. */
export function MarkShapes({ drawn, open, tool, onScreen, width }: MarkShapesProps) {
  const path = (places: readonly PhotoPlace[], isClosed: boolean): string =>
    `M${places.map((place) => onScreen(place).join(' ')).join('L')}${isClosed ? 'Z' : ''}`;
  const handles = (places: readonly PhotoPlace[], name = 'handle') =>
    places.map((place, k) => {
      const [x, y] = onScreen(place);
      return <circle key={k} class={name} cx={x} cy={y} r="6" />;
    });
  /** Of a reading, as the plan tells of it. */
  const number = (item: number) => {
    const n = readingNumber(drawn.marks, item);
    const [x, y] = onScreen(placesOfMark(drawn.marks[item]!)[0]!);
    return (
      n !== null && (
        <text class="mark-text" x={x + 10} y={y - 10}>
          {n}
        </text>
      )
    );
  };
  return (
    <>
      {drawn.marks.map((mark, k) => (
        <g key={`mark-${k}`} class={`mark mark-${mark.kind}`}>
          {!('at' in mark) && <path class="mark-edge" d={path(placesOfMark(mark), 'outline' in mark)} />}
          {!('at' in mark) && <path class="mark-line" d={path(placesOfMark(mark), 'outline' in mark)} />}
          {'at' in mark && <circle class="mark-line" cx={onScreen(mark.at)[0]} cy={onScreen(mark.at)[1]} r="13" />}
          {handles(placesOfMark(mark))}
          {number(k)}
        </g>
      ))}
      {drawn.distances.map(({ fromPx, toPx, mm }, k) => {
        const [[ax, ay], [bx, by]] = [onScreen(fromPx), onScreen(toPx)];
        return (
          <g key={`distance-${k}`} class="mark mark-distance">
            <path class="mark-edge" d={path([fromPx, toPx], false)} />
            <path class="mark-line" d={path([fromPx, toPx], false)} />
            {handles([fromPx, toPx])}
            <text class="mark-text" x={(ax + bx) / 2} y={(ay + by) / 2 - 10}>
              {mm} mm
            </text>
          </g>
        );
      })}
      {drawn.anchors.map(({ name, xPx, yPx }) => {
        const [x, y] = onScreen([xPx, yPx]);
        const isAtEdge = x > width - NAME_PX;
        const isAsked = tool.kind === 'point' && tool.name === name;
        return (
          <g key={name} class={`mark mark-point ${isAsked ? 'mark-asked' : ''}`}>
            <path class="mark-edge" d={`M${x - 11} ${y}h22M${x} ${y - 11}v22`} />
            <path class="mark-line" d={`M${x - 11} ${y}h22M${x} ${y - 11}v22`} />
            <circle class="handle" cx={x} cy={y} r="4" />
            {(isAsked || width > ROOM_FOR_NAMES_PX) && (
              <text class="mark-text" x={isAtEdge ? x - 13 : x + 13} y={y - 9} text-anchor={isAtEdge ? 'end' : 'start'}>
                {POINT_WORDS[name][0]}
              </text>
            )}
          </g>
        );
      })}
      {open.length > 0 && (
        <g class="mark mark-open">
          {open.length > 1 && <path class="mark-edge" d={path(open, false)} />}
          {open.length > 1 && <path class="mark-line" d={path(open, false)} />}
          {handles(open)}
        </g>
      )}
    </>
  );
}
