import { useEffect, useRef, useState } from 'preact/hooks';
import {
  choose,
  DISTANCE_ERROR_MM,
  finish,
  finishDistance,
  isFinishable,
  nextPoint,
  remove,
  type MarkSession,
  type Tool,
} from './mark-session.ts';
import { MARK_KINDS, MARK_WORDS, sizeOf } from './mark-words.ts';
import { PointGuide } from './point-guide.tsx';
import { HEAD_VIEWS, type ViewName } from './views.ts';

interface MarkToolsProps {
  readonly view: ViewName;
  readonly session: MarkSession;
  readonly onSession: (session: MarkSession) => void;
}

const GROUPS = { point: 'Points', distance: 'Distance', mark: 'On the scalp' } as const;
type Group = keyof typeof GROUPS;

/** What a tap is to mean: a named point, the end of a known distance, or something on the scalp. */
export function MarkTools({ view, session, onSession }: MarkToolsProps) {
  const { points } = HEAD_VIEWS[view];
  const { tool } = session;
  const first = (group: Group): Tool => {
    if (group === 'distance') return { kind: 'distance' };
    if (group === 'mark') return { kind: 'mark', mark: 'bald' };
    return nextPoint(session.drawn.anchors, points) ?? { kind: 'point', name: points[0]! };
  };
  return (
    <div class="mark-tools">
      <fieldset class="segmented segmented-wide">
        <legend class="visually-hidden">What to mark</legend>
        {(Object.keys(GROUPS) as Group[]).map((group) => (
          <label key={group} class={tool.kind === group ? 'on' : ''}>
            <input
              type="radio"
              name="mark-group"
              checked={tool.kind === group}
              onChange={() => onSession(choose(session, first(group)))}
            />
            {GROUPS[group]}
          </label>
        ))}
      </fieldset>
      {tool.kind === 'point' && (
        <PointGuide
          view={view}
          anchors={session.drawn.anchors}
          asked={tool.name}
          onAsk={(name) => onSession(choose(session, { kind: 'point', name }))}
          onTakeOff={(name) =>
            onSession(
              remove(
                session,
                'anchors',
                session.drawn.anchors.findIndex((anchor) => anchor.name === name),
              ),
            )
          }
        />
      )}
      {tool.kind === 'distance' && <DistanceTool session={session} onSession={onSession} />}
      {tool.kind === 'mark' && (
        <>
          <div class="mark-kinds" role="group" aria-label="Kind of mark">
            {MARK_KINDS.map((mark) => (
              <button
                key={mark}
                type="button"
                aria-pressed={tool.mark === mark}
                class={tool.mark === mark ? 'on' : ''}
                onClick={() => onSession(choose(session, { kind: 'mark', mark }))}
              >
                <span class={`mark-swatch mark-${mark}`} aria-hidden="true" />
                {MARK_WORDS[mark].label}
              </button>
            ))}
          </div>
          {session.open.length > 0 && tool.mark !== 'tape' && (
            <button
              type="button"
              class="button button-solid"
              disabled={!isFinishable(session)}
              onClick={() => onSession(finish(session))}
            >
              {tool.mark === 'fut-scar' ? 'End the line' : 'Close the outline'}
            </button>
          )}
        </>
      )}
    </div>
  );
}

function DistanceTool({ session, onSession }: Omit<MarkToolsProps, 'view'>) {
  const [text, setText] = useState('');
  const [error, setError] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const isReady = session.open.length === 2;
  useEffect(() => {
    if (isReady) field.current?.focus();
  }, [isReady]);
  const mm = sizeOf('distance', text);
  const errorMm = error.trim() === '' ? DISTANCE_ERROR_MM : sizeOf('error', error);
  return (
    <form
      class="mark-distance-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady || mm === null || errorMm === null) return;
        onSession(finishDistance(session, mm, errorMm));
        setText('');
      }}
    >
      <p class="hint">
        A ruler, a sticker or a marker on the skin, facing the camera: it gives the scale without a tape.
      </p>
      <label class="field">
        <span>Length between both ends</span>
        <span class="with-unit">
          <input
            ref={field}
            inputMode="decimal"
            autocomplete="off"
            value={text}
            placeholder="20"
            aria-invalid={text !== '' && mm === null}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <span class="unit">mm</span>
        </span>
        {text !== '' && mm === null && (
          <small class="fault" aria-live="polite">
            Expected 1 to 1,000 mm.
          </small>
        )}
      </label>
      <label class="field">
        <span>Nearly always within ±</span>
        <span class="with-unit">
          <input
            inputMode="decimal"
            autocomplete="off"
            value={error}
            placeholder={String(DISTANCE_ERROR_MM)}
            aria-invalid={errorMm === null}
            onInput={(event) => setError(event.currentTarget.value)}
          />
          <span class="unit">mm</span>
        </span>
        {errorMm === null && (
          <small class="fault" aria-live="polite">
            Expected 0.02 to 100 mm.
          </small>
        )}
      </label>
      <button type="submit" class="button button-solid" disabled={!isReady || mm === null || errorMm === null}>
        Keep the distance
      </button>
    </form>
  );
}
