import { useRef } from 'preact/hooks';
import { appointmentName, STATUS_WORDS, type Appointment } from '../courses/course-words.ts';
import { clockOf } from '../parts/time-words.ts';
import { shownHours, type Block, type Column, type Span } from './grid-columns.ts';
import { judgeDrop } from './judge-drop.ts';
import { useRulesAnswer } from './use-rules-answer.ts';
import { useDrag, type Carried, type GridGeometry } from './use-drag.ts';

const PX_PER_MINUTE = 0.9;
/** Too low for two lines. */
const SHORT_MINUTES = 45;

interface DayGridProps {
  readonly columns: readonly Column[];
  readonly timeZone: string;
  /** Minute of the day now, and the day it is; a line is drawn there. */
  readonly now: { readonly day: string; readonly minute: number };
  readonly onOpen: (appointment: Appointment) => void;
  readonly onDrop: (carried: Carried) => void;
}

/** The grid: hours down the side, a column for each practitioner, room or day. Blocks open, and are carried to move. */
export function DayGrid({ columns, timeZone, now, onOpen, onDrop }: DayGridProps) {
  const hours = shownHours(columns);
  const columnBoxes = useRef(new Map<string, HTMLElement>());
  const geometry = (): GridGeometry => ({
    at: (x, y) => {
      for (const column of columns) {
        const box = columnBoxes.current.get(column.key)?.getBoundingClientRect();
        if (box && x >= box.left && x < box.right)
          return { column, minute: hours.from + (y - box.top) / PX_PER_MINUTE };
      }
      return null;
    },
  });
  const { over, pickUp } = useDrag(geometry, onDrop);
  const heightPx = (hours.to - hours.from) * PX_PER_MINUTE;
  const marks = Array.from({ length: (hours.to - hours.from) / 60 + 1 }, (_, i) => hours.from + i * 60);
  return (
    <div class="grid-scroll" tabIndex={0} role="region" aria-label="Hours">
      <div class={`grid ${columns.length === 7 ? 'grid-week' : ''} ${over ? 'grid-carrying' : ''}`}>
        <div class="grid-times" style={{ height: `${heightPx}px` }} aria-hidden="true">
          {marks.map((minute) => (
            <span key={minute} style={{ top: `${(minute - hours.from) * PX_PER_MINUTE}px` }}>
              {clockOf(minute)}
            </span>
          ))}
        </div>
        {columns.map((column) => (
          <section key={column.key} class="grid-column" aria-label={column.title}>
            <h2 class="grid-title">{column.title}</h2>
            <div
              class="grid-day"
              style={{ height: `${heightPx}px` }}
              ref={(box) => {
                if (box) columnBoxes.current.set(column.key, box);
                else columnBoxes.current.delete(column.key);
              }}
            >
              {column.working.map((span) => (
                <div key={span.from} class="grid-open" style={placeOf(span, hours)} />
              ))}
              {column.absences.map((absence) => (
                <div key={absence.id} class="grid-absence" style={placeOf(absence, hours)}>
                  {absence.reason || 'absent'}
                </div>
              ))}
              {column.day === now.day && now.minute > hours.from && now.minute < hours.to && (
                <div class="grid-now" style={{ top: `${(now.minute - hours.from) * PX_PER_MINUTE}px` }} />
              )}
              {column.blocks.map((block) => (
                <BlockBox
                  key={block.appointment.id}
                  block={block}
                  hours={hours}
                  isCarried={over?.block.appointment.id === block.appointment.id}
                  onOpen={() => onOpen(block.appointment)}
                  onPickUp={pickUp}
                />
              ))}
              {over?.column.key === column.key && <Ghost carried={over} hours={hours} timeZone={timeZone} />}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}

const placeOf = (span: Span, hours: Span) => ({
  top: `${(Math.max(span.from, hours.from) - hours.from) * PX_PER_MINUTE}px`,
  height: `${(Math.min(span.to, hours.to) - Math.max(span.from, hours.from)) * PX_PER_MINUTE}px`,
});

interface BlockBoxProps {
  readonly block: Block;
  readonly hours: Span;
  readonly isCarried: boolean;
  readonly onOpen: () => void;
  readonly onPickUp: (event: PointerEvent, block: Block, isGrip: boolean) => void;
}

function BlockBox({ block, hours, isCarried, onOpen, onPickUp }: BlockBoxProps) {
  const { appointment, aside, from, to, lane, lanes } = block;
  const mayMove = appointment.status === 'booked';
  const name = appointmentName(appointment);
  const width = 100 / lanes;
  return (
    <div
      class={`block block-${appointment.kind} block-${appointment.status} ${isCarried ? 'block-carried' : ''} ${to - from < SHORT_MINUTES ? 'block-short' : ''}`}
      style={{ ...placeOf(block, hours), left: `${lane * width}%`, width: `calc(${width}% - 3px)` }}
    >
      <button
        type="button"
        class="block-open"
        onClick={onOpen}
        onPointerDown={(event) => mayMove && onPickUp(event, block, false)}
      >
        <strong>{appointment.clientName ?? name}</strong>
        <span>
          {clockOf(from)} {appointment.clientName === null ? '' : name}
        </span>
        <small>{aside}</small>
        <span class="visually-hidden">
          to {clockOf(to)}, {STATUS_WORDS[appointment.status]}
        </span>
      </button>
      {mayMove && (
        <span class="block-grip" aria-hidden="true" onPointerDown={(event) => onPickUp(event, block, true)} />
      )}
    </div>
  );
}

interface GhostProps {
  readonly carried: Carried;
  readonly hours: Span;
  readonly timeZone: string;
}

/** Where the block would come to stand: what can be seen to stand against it, then what the rules say. */
function Ghost({ carried, hours, timeZone }: GhostProps) {
  const against = judgeDrop(carried.column, carried, carried.block.appointment.id);
  const answer = useRulesAnswer(carried, against === null, timeZone);
  const isRefused = against !== null || answer?.fits === false;
  return (
    <div class={`ghost ${isRefused ? 'ghost-no' : ''}`} style={placeOf(carried, hours)} role="status">
      <strong>
        {clockOf(carried.from)} to {clockOf(carried.to)}
      </strong>
      <span>{against ?? answer?.words ?? 'free, as far as seen here'}</span>
    </div>
  );
}
