import type { AnchorName } from '@stipple/core/vision/anchors.ts';
import type { DrawnOnPhoto } from '../workers/plan-messages.ts';
import { capital } from './capital.ts';
import { drawnAt, HeadDrawing, SIDE_OF_VIEW } from './head-drawing.tsx';
import { ENOUGH_POINTS, FEWEST_POINTS, HEAD_VIEWS, POINT_WORDS, type ViewName } from './views.ts';

interface PointGuideProps {
  readonly view: ViewName;
  readonly anchors: DrawnOnPhoto['anchors'];
  /** The point asked for. */
  readonly asked: AnchorName;
  readonly onAsk: (name: AnchorName) => void;
  readonly onTakeOff: (name: AnchorName) => void;
}

/** A small head that shows which point is asked for, and the points of this view as a list to choose from. */
export function PointGuide({ view, anchors, asked, onAsk, onTakeOff }: PointGuideProps) {
  const side = SIDE_OF_VIEW[view];
  const { points } = HEAD_VIEWS[view];
  const isMarked = (name: AnchorName): boolean => anchors.some((anchor) => anchor.name === name);
  const count = anchors.length;
  return (
    <div class="point-guide">
      <div class="point-map">
        <HeadDrawing side={side}>
          {points.map((name) => {
            const [x, y] = drawnAt(side, name);
            const state = name === asked ? 'asked' : isMarked(name) ? 'marked' : 'open';
            return (
              <g key={name} class={`guide-${state}`}>
                {name === asked && <circle class="guide-ring" cx={x} cy={y} r="19" />}
                <circle cx={x} cy={y} r={name === asked ? 8 : 6} />
              </g>
            );
          })}
        </HeadDrawing>
        <p class="hint" aria-live="polite">
          {count < FEWEST_POINTS
            ? `${count} of at least ${FEWEST_POINTS} points.`
            : count < ENOUGH_POINTS
              ? `${count} points: enough to begin with, ${ENOUGH_POINTS} are surer.`
              : `${count} points.`}{' '}
          Skip what is not in view; left and right are the client’s.
        </p>
      </div>
      <ul class="point-list">
        {points.map((name) => (
          <li key={name}>
            <button
              type="button"
              class={`point-choice ${name === asked ? 'on' : ''}`}
              aria-pressed={name === asked}
              onClick={() => onAsk(name)}
            >
              <span aria-hidden="true">{isMarked(name) ? '✓' : '○'}</span> {capital(POINT_WORDS[name][0])}
              {isMarked(name) && <span class="visually-hidden">, marked</span>}
            </button>
          </li>
        ))}
      </ul>
      {isMarked(asked) && (
        <button type="button" class="link" onClick={() => onTakeOff(asked)}>
          Take the point “{POINT_WORDS[asked][0]}” off
        </button>
      )}
    </div>
  );
}
