/**
 * Marking on a photo as a sequence of taps: what is drawn so far, what is being drawn, and every step back.
 *
 * Nothing here touches the screen: places are px of the upright photo, and each function gives a new session.
 */
import type { PhotoMark, PhotoPlace } from '@stipple/core/plan/plan-request.ts';
import type { AnchorName } from '@stipple/core/vision/anchors.ts';
import type { DrawnOnPhoto } from '../workers/plan-messages.ts';

export const NOTHING_DRAWN: DrawnOnPhoto = { anchors: [], distances: [], marks: [] };

export type MarkKind = PhotoMark['kind'];
export type Tool =
  | { readonly kind: 'point'; readonly name: AnchorName }
  | { readonly kind: 'distance' }
  | { readonly kind: 'mark'; readonly mark: MarkKind };

export interface MarkSession {
  readonly drawn: DrawnOnPhoto;
  readonly tool: Tool;
  /** Places of the line, outline or distance that is not finished yet. */
  readonly open: readonly PhotoPlace[];
  /** Earlier states, the last one first to come back. */
  readonly past: readonly Pick<MarkSession, 'drawn' | 'tool' | 'open'>[];
}

/** Of a printed marker or a ruler, read on a screen: within it the distance nearly always lies, mm. */
export const DISTANCE_ERROR_MM = 1;
/** As they usually are; each can be changed in the list. */
const MOLE_MM = 4;
const KEEP_OUT_MM = 15;
const SCAR_WIDTH_MM = 2;

export const beginMarking = (drawn: DrawnOnPhoto, tool: Tool): MarkSession => ({ drawn, tool, open: [], past: [] });

function step(session: MarkSession, change: Partial<MarkSession>): MarkSession {
  const { drawn, tool, open, past } = session;
  return { ...session, ...change, past: [...past, { drawn, tool, open }] };
}

export function undo(session: MarkSession): MarkSession {
  const last = session.past.at(-1);
  return last ? { ...last, past: session.past.slice(0, -1) } : session;
}

/** Another tool; what was not finished is dropped, and comes back by undo. */
export const choose = (session: MarkSession, tool: Tool): MarkSession =>
  session.open.length > 0 ? step(session, { tool, open: [] }) : { ...session, tool };

/** How many places the thing being drawn takes: null as many as wanted. */
const placesOf = (tool: Tool): 1 | 2 | null => {
  if (tool.kind === 'distance' || (tool.kind === 'mark' && tool.mark === 'tape')) return 2;
  if (tool.kind === 'point') return 1;
  return tool.mark === 'mole' || tool.mark === 'keep-out' || tool.mark === 'whorl' ? 1 : null;
};

/** Whether what is open can be finished by `finish`: an outline from three places on, a line from two. */
export const isFinishable = ({ tool, open }: MarkSession): boolean =>
  tool.kind === 'mark' && placesOf(tool) === null && open.length >= (tool.mark === 'fut-scar' ? 2 : 3);

/** Nearer than this, two places of a line or outline are one that was tapped twice, px. */
const TAPPED_TWICE_PX = 1;

/** One tap. `points` are those of the view in the order they are asked for; after one the next is asked. */
export function tap(session: MarkSession, place: PhotoPlace, points: readonly AnchorName[]): MarkSession {
  const { drawn, tool, open } = session;
  const before = open.at(-1);
  if (before && Math.hypot(place[0] - before[0], place[1] - before[1]) < TAPPED_TWICE_PX) return session;
  if (tool.kind === 'point') {
    const [xPx, yPx] = place;
    const anchors = [...drawn.anchors.filter(({ name }) => name !== tool.name), { name: tool.name, xPx, yPx }];
    return step(session, { drawn: { ...drawn, anchors }, tool: nextPoint(anchors, points) ?? tool });
  }
  if (tool.kind === 'distance') return open.length < 2 ? step(session, { open: [...open, place] }) : session;
  if (placesOf(tool) === 1) return step(session, { drawn: withMark(drawn, markAt(tool.mark, place)) });
  if (tool.mark === 'tape' && open[0])
    return step(session, { drawn: withMark(drawn, { kind: 'tape', line: [open[0], place] }), open: [] });
  return step(session, { open: [...open, place] });
}

/** The first point of the view that is not marked yet. */
export function nextPoint(anchors: DrawnOnPhoto['anchors'], points: readonly AnchorName[]): Tool | null {
  const name = points.find((point) => anchors.every((anchor) => anchor.name !== point));
  return name ? { kind: 'point', name } : null;
}

function markAt(kind: MarkKind, at: PhotoPlace): PhotoMark {
  switch (kind) {
    case 'mole':
      return { kind, at, diameterMm: MOLE_MM };
    case 'whorl':
      return { kind, at };
    default:
      return { kind: 'keep-out', at, diameterMm: KEEP_OUT_MM };
  }
}

/** There is one whorl. */
const withMark = (drawn: DrawnOnPhoto, mark: PhotoMark): DrawnOnPhoto => ({
  ...drawn,
  marks: [...drawn.marks.filter(({ kind }) => kind !== 'whorl' || mark.kind !== 'whorl'), mark],
});

export function finish(session: MarkSession): MarkSession {
  const { drawn, tool, open } = session;
  if (tool.kind !== 'mark' || !isFinishable(session)) return session;
  const mark: PhotoMark =
    tool.mark === 'fut-scar'
      ? { kind: tool.mark, line: open, widthMm: SCAR_WIDTH_MM }
      : { kind: tool.mark as 'patch', outline: open };
  return step(session, { drawn: withMark(drawn, mark), open: [] });
}

/** The two open places lie so far apart, nearly always within the error. */
export function finishDistance(session: MarkSession, mm: number, errorMm = DISTANCE_ERROR_MM): MarkSession {
  const [fromPx, toPx] = session.open;
  if (!fromPx || !toPx) return session;
  const distances = [...session.drawn.distances, { fromPx, toPx, mm, sdMm: errorMm / 2 }];
  return step(session, { drawn: { ...session.drawn, distances }, open: [] });
}

/** A place that can be taken hold of. */
export interface Handle {
  readonly at: PhotoPlace;
  readonly of: { readonly list: keyof DrawnOnPhoto | 'open'; readonly item: number; readonly place: number };
}

export function handlesOf({ drawn, open }: Pick<MarkSession, 'drawn' | 'open'>): Handle[] {
  const of = (list: Handle['of']['list'], item: number, places: readonly PhotoPlace[]): Handle[] =>
    places.map((at, place) => ({ at, of: { list, item, place } }));
  return [
    ...drawn.anchors.flatMap(({ xPx, yPx }, item) => of('anchors', item, [[xPx, yPx]])),
    ...drawn.distances.flatMap(({ fromPx, toPx }, item) => of('distances', item, [fromPx, toPx])),
    ...drawn.marks.flatMap((mark, item) => of('marks', item, placesOfMark(mark))),
    ...open.flatMap((at, item) => of('open', item, [at])),
  ];
}

export const placesOfMark = (mark: PhotoMark): readonly PhotoPlace[] =>
  'at' in mark ? [mark.at] : 'line' in mark ? mark.line : mark.outline;

/** Moves what the handle holds; a move in many small parts is one step back when only the first `isFirst`. */
export function move(
  session: MarkSession,
  { of: { list, item, place } }: Handle,
  to: PhotoPlace,
  isFirst: boolean,
): MarkSession {
  const { drawn, open } = session;
  const at = <T>(items: readonly T[], change: (one: T) => T): T[] =>
    items.map((one, k) => (k === item ? change(one) : one));
  const swapped = (places: readonly PhotoPlace[]): PhotoPlace[] => places.map((old, k) => (k === place ? to : old));
  const changed: Pick<MarkSession, 'drawn' | 'open'> =
    list === 'open'
      ? { drawn, open: at(open, () => to) }
      : list === 'anchors'
        ? { open, drawn: { ...drawn, anchors: at(drawn.anchors, ({ name }) => ({ name, xPx: to[0], yPx: to[1] })) } }
        : list === 'distances'
          ? {
              open,
              drawn: {
                ...drawn,
                distances: at(drawn.distances, (d) => ({ ...d, [place === 0 ? 'fromPx' : 'toPx']: to })),
              },
            }
          : {
              open,
              drawn: {
                ...drawn,
                marks: at(drawn.marks, (mark) =>
                  'at' in mark
                    ? { ...mark, at: to }
                    : 'line' in mark
                      ? { ...mark, line: swapped(mark.line) }
                      : { ...mark, outline: swapped(mark.outline) },
                ),
              },
            };
  return isFirst ? step(session, changed) : { ...session, ...changed };
}

export function remove(session: MarkSession, list: keyof DrawnOnPhoto, item: number): MarkSession {
  const { drawn } = session;
  return step(session, { drawn: { ...drawn, [list]: drawn[list].filter((_, k) => k !== item) } });
}

/** Another size, mm: of a mole or keep-out its diameter, of a scar its width, of a distance its length. */
export function resize(session: MarkSession, list: 'marks' | 'distances', item: number, mm: number): MarkSession {
  const { drawn } = session;
  if (list === 'distances') {
    return step(session, {
      drawn: { ...drawn, distances: drawn.distances.map((d, k) => (k === item ? { ...d, mm } : d)) },
    });
  }
  const marks = drawn.marks.map((mark, k): PhotoMark => {
    if (k !== item) return mark;
    if ('diameterMm' in mark) return { ...mark, diameterMm: mm };
    return 'widthMm' in mark ? { ...mark, widthMm: mm } : mark;
  });
  return step(session, { drawn: { ...drawn, marks } });
}

/** Which reading of its photo a mark is, from 1 on; null for one that is none. */
export function readingNumber(marks: DrawnOnPhoto['marks'], item: number): number | null {
  const isReading = ({ kind }: PhotoMark): boolean => kind === 'tape' || kind === 'area';
  return isReading(marks[item]!) ? marks.slice(0, item + 1).filter(isReading).length : null;
}

/** '4 points, 1 distance, 2 marks', or null for nothing. */
export function drawnInWords({ anchors, distances, marks }: DrawnOnPhoto): string | null {
  const count = (n: number, word: string): string[] => (n === 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`]);
  const parts = [
    ...count(anchors.length, 'point'),
    ...count(distances.length, 'distance'),
    ...count(marks.length, 'mark'),
  ];
  return parts.length > 0 ? parts.join(', ') : null;
}
