/**
 * The calendar as columns of blocks: who or which room on which day, with everything in minutes of the local day.
 *
 * In: the API's answer for some days of one location. Out: columns in the order shown. Appointments that were cancelled
 * are left out; one that lasts past midnight is cut at the day's end.
 */
import { addDays, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import type { Answers } from '../../api/api.ts';
import { nameIn, type Studio } from '../parts/session.ts';
import { dayOf, minuteOf, shortDay } from '../parts/time-words.ts';
import type { Appointment } from '../courses/course-words.ts';

export type CalendarAnswer = Answers['calendar'];
export type CalendarBy = 'practitioner' | 'room';

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Block extends Span {
  readonly appointment: Appointment;
  /** Under the client's name: who and where, as far as the column does not say it. */
  readonly aside: string;
  readonly lane: number;
  readonly lanes: number;
}

export interface Column {
  readonly key: string;
  readonly title: string;
  readonly day: PlainDay;
  readonly practitionerId: string | null;
  readonly roomId: string | null;
  /** When there is work in this column. */
  readonly working: readonly Span[];
  readonly absences: readonly (Span & { readonly id: string; readonly reason: string })[];
  readonly blocks: readonly Block[];
}

export interface ColumnsQuestion {
  readonly answer: CalendarAnswer;
  readonly studio: Pick<Studio, 'practitioners' | 'rooms'>;
  readonly locationId: string;
  readonly timeZone: string;
  readonly by: CalendarBy;
  readonly firstDay: PlainDay;
  /** 1: a column for each practitioner or room. 7: a column a day, of one of them or of all. */
  readonly days: 1 | 7;
  /** Practitioner or room of a week; null: all. */
  readonly subjectId: string | null;
}

export function gridColumns(question: ColumnsQuestion): Column[] {
  const { studio, locationId, by, firstDay, days, subjectId } = question;
  const isHere = (one: { readonly active: boolean; readonly locationId: string }): boolean =>
    one.active && one.locationId === locationId;
  if (days === 7) {
    return Array.from({ length: 7 }, (_, i) => {
      const day = addDays(firstDay, i);
      return column(question, { key: day, title: shortDay(day), day, subjectId });
    });
  }
  const subjects: readonly { readonly id: string; readonly name: string }[] =
    by === 'practitioner' ? studio.practitioners.filter(isHere) : studio.rooms.filter(isHere);
  return subjects.map(({ id, name }) => column(question, { key: id, title: name, day: firstDay, subjectId: id }));
}

interface ColumnOf {
  readonly key: string;
  readonly title: string;
  readonly day: PlainDay;
  readonly subjectId: string | null;
}

function column({ answer, studio, by, timeZone }: ColumnsQuestion, { key, title, day, subjectId }: ColumnOf): Column {
  const spanOn = ({ start, end }: { readonly start: string; readonly end: string }): Span | null => {
    const [firstDay, lastDay] = [dayOf(start, timeZone), dayOf(end, timeZone)];
    if (firstDay > day || lastDay < day) return null;
    const from = firstDay < day ? 0 : minuteOf(start, timeZone);
    const to = lastDay > day ? 1440 : minuteOf(end, timeZone);
    return to > from ? { from, to } : null;
  };
  const spansOf = <T extends { readonly start: string; readonly end: string }>(items: readonly T[]) =>
    items.flatMap((item) => {
      const span = spanOn(item);
      return span ? [{ ...item, ...span }] : [];
    });
  const isPersons = by === 'practitioner' && subjectId !== null;
  const ofPerson = ({ practitionerId }: { readonly practitionerId: string }): boolean =>
    !isPersons || practitionerId === subjectId;
  const shown = answer.appointments.filter(
    (one) =>
      one.status !== 'cancelled' &&
      (subjectId === null || (by === 'practitioner' ? one.practitionerId : one.roomId) === subjectId),
  );
  return {
    key,
    title,
    day,
    practitionerId: by === 'practitioner' ? subjectId : null,
    roomId: by === 'room' ? subjectId : null,
    working: isPersons ? spansOf(answer.working.filter(ofPerson)) : spansOf(answer.open),
    absences: isPersons ? spansOf(answer.absences.filter(ofPerson)) : [],
    blocks: inLanes(
      spansOf(shown).map(({ from, to, ...appointment }) => ({
        from,
        to,
        appointment,
        aside: asideOf(appointment, studio, { who: !isPersons, where: by === 'practitioner' || subjectId === null }),
      })),
    ),
  };
}

/** What the column does not say by itself. */
function asideOf(
  { byVideo, roomId, practitionerId }: Appointment,
  { rooms, practitioners }: ColumnsQuestion['studio'],
  { who, where }: { readonly who: boolean; readonly where: boolean },
): string {
  const said = [
    ...(who ? [nameIn(practitioners, practitionerId)] : []),
    ...(where ? [byVideo ? 'by video' : nameIn(rooms, roomId)] : []),
  ];
  return said.filter(Boolean).join(', ');
}

/** Blocks that overlap stand side by side; a group of them shares its width evenly. */
export function inLanes<T extends Span>(
  blocks: readonly T[],
): (T & { readonly lane: number; readonly lanes: number })[] {
  const sorted = [...blocks].sort((a, b) => a.from - b.from || b.to - a.to);
  const placed: (T & { lane: number; lanes: number })[] = [];
  let group: (T & { lane: number; lanes: number })[] = [];
  let groupEnd = 0;
  let laneEnds: number[] = [];
  for (const block of sorted) {
    if (block.from >= groupEnd) {
      group = [];
      laneEnds = [];
    }
    const free = laneEnds.findIndex((end) => end <= block.from);
    const lane = free === -1 ? laneEnds.length : free;
    laneEnds[lane] = block.to;
    groupEnd = Math.max(groupEnd, block.to);
    const one = { ...block, lane, lanes: 1 };
    group.push(one);
    placed.push(one);
    for (const other of group) other.lanes = laneEnds.length;
  }
  return placed;
}

/** The hours worth showing: whole ones, an hour around all work and all blocks. */
export function shownHours(columns: readonly Column[]): Span {
  const all = columns.flatMap(({ working, blocks }) => [...working, ...blocks]);
  if (all.length === 0) return { from: 8 * 60, to: 20 * 60 };
  const from = Math.min(...all.map((span) => span.from));
  const to = Math.max(...all.map((span) => span.to));
  return { from: Math.max(0, Math.floor(from / 60) * 60 - 60), to: Math.min(1440, Math.ceil(to / 60) * 60 + 60) };
}
