import { useEffect, useRef, useState } from 'preact/hooks';
import type { DrawnOnPhoto } from '../workers/plan-messages.ts';
import { capital } from './capital.ts';
import type { HeadPhoto } from './head-photo.ts';
import { MarkCanvas } from './mark-canvas.tsx';
import { MarkList } from './mark-list.tsx';
import {
  beginMarking,
  choose,
  finish,
  isFinishable,
  move,
  nextPoint,
  tap,
  undo,
  type MarkSession,
  type Tool,
} from './mark-session.ts';
import { MarkTools } from './mark-tools.tsx';
import { MARK_WORDS } from './mark-words.ts';
import { useLeaveQuestion } from './use-leave-question.ts';
import { HEAD_VIEWS, POINT_WORDS } from './views.ts';

interface MarkEditorProps {
  readonly photo: HeadPhoto;
  /** Whether points are what the photo is opened for. */
  readonly isForPoints: boolean;
  readonly onDone: (drawn: DrawnOnPhoto) => void;
}

/** One photo as large as the screen allows, to be marked: points of the head, known distances, and what is on the scalp. */
export function MarkEditor({ photo, isForPoints, onDone }: MarkEditorProps) {
  const { label, points } = HEAD_VIEWS[photo.view];
  const dialog = useRef<HTMLDialogElement>(null);
  const [session, setSession] = useState<MarkSession>(() => {
    const point = nextPoint(photo.drawn.anchors, points) ?? ({ kind: 'point', name: points[0]! } as const);
    return beginMarking(photo.drawn, isForPoints ? point : { kind: 'mark', mark: 'bald' });
  });
  useEffect(() => dialog.current?.showModal(), []);
  useLeaveQuestion(session.past.length > 0 || session.open.length > 0);
  // An outline that could be closed is not lost for not having been.
  const done = (): void => onDone(finish(session).drawn);
  const task = taskOf(session);
  return (
    <dialog
      ref={dialog}
      class="mark-editor"
      aria-labelledby="mark-title"
      onCancel={(event) => {
        // Escape first drops what is half drawn.
        event.preventDefault();
        if (session.open.length > 0) setSession(choose(session, session.tool));
        else done();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        setSession(undo(session));
      }}
    >
      <header class="mark-head">
        <h2 id="mark-title">{label}</h2>
        <p aria-live="polite">{task}</p>
        <button
          type="button"
          class="button"
          disabled={session.past.length === 0}
          onClick={() => setSession(undo(session))}
        >
          Undo
        </button>
        <button type="button" class="button button-solid" onClick={done}>
          Done
        </button>
      </header>
      <MarkCanvas
        url={photo.url}
        session={session}
        task={task}
        onTap={(place) => setSession((s) => tap(s, place, points))}
        onMove={(handle, to, isFirst) => setSession((s) => move(s, handle, to, isFirst))}
        onUndo={() => setSession(undo)}
        onFinish={() => setSession((s) => (isFinishable(s) ? finish(s) : s))}
      />
      <div class="mark-panel">
        <MarkTools view={photo.view} session={session} onSession={setSession} />
        <MarkList session={session} onSession={setSession} />
      </div>
    </dialog>
  );
}

/** What the next tap does. */
function taskOf({ tool, open }: { readonly tool: Tool; readonly open: MarkSession['open'] }): string {
  if (tool.kind === 'point') {
    const [name, where] = POINT_WORDS[tool.name];
    return `${capital(name)}: ${where}.`;
  }
  if (tool.kind === 'distance') {
    const said = ['Tap one end of a known distance.', 'Tap its other end.', 'Type how long it is.'];
    return said[Math.min(2, open.length)]!;
  }
  return MARK_WORDS[tool.mark].how;
}
